import { yamlWays } from "../languages/helm/ways.ts";
import type { Part } from "../languages/registry.ts";
import { YamlText } from "../languages/yaml/data.ts";
import type { Fragment } from "../text/fragment.ts";
import type { Datum } from "./datum.ts";

/**
 * What the YAML and JSON of a file holds as data, templates on every way through them, and texts in it that are YAML
 * themselves.
 * @param sign what a text must match to be looked into
 */
export function manifestsIn(parts: readonly Part[], sign: RegExp): readonly Datum[] {
  return parts
    .filter(({ fragment }) => sign.test(fragment.text))
    .flatMap((part) => textsOf(part, parts).flatMap((text) => dataIn(text, sign, 0)));
}

/** A text in a text in a text is as deep as it gets. */
const MAX_DEPTH = 3;

function dataIn(text: YamlText, sign: RegExp, depth: number): readonly Datum[] {
  const inner = depth < MAX_DEPTH ? text.inner.filter(({ fragment }) => sign.test(fragment.text)) : [];
  return [...text.data, ...inner.flatMap((one) => dataIn(one, sign, depth + 1))];
}

/** The checks of a file ask for the same, one after the other; with the list of its parts, its data go too. */
const known = new WeakMap<readonly Part[], Map<Part, readonly YamlText[]>>();

function textsOf(part: Part, parts: readonly Part[]): readonly YamlText[] {
  const texts = known.get(parts) ?? new Map<Part, readonly YamlText[]>();
  known.set(parts, texts);
  const own = texts.get(part) ?? waysOf(part).map((fragment) => new YamlText(fragment));
  texts.set(part, own);
  return own;
}

function waysOf({ language, fragment }: Part): readonly Fragment[] {
  if (language === "helm") return yamlWays(fragment);
  return language === "yaml" ? [fragment] : [];
}
