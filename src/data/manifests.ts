import { yamlWays } from "../languages/helm/ways.ts";
import type { Part } from "../languages/registry.ts";
import { dataIn, textsIn } from "../languages/yaml/data.ts";
import type { Fragment } from "../text/fragment.ts";
import type { Datum } from "./datum.ts";

/**
 * What the YAML and JSON of a file holds as data, templates on every way through them, and texts in it that are YAML
 * themselves.
 * @param sign what a text must match to be looked into
 */
export function manifestsIn(parts: readonly Part[], sign: RegExp): readonly Datum[] {
  return parts.flatMap(({ language, fragment }) => {
    if (!sign.test(fragment.text)) return [];
    if (language === "helm") return yamlWays(fragment).flatMap((way) => documentsOf(way, sign, 0));
    return language === "yaml" ? documentsOf(fragment, sign, 0) : [];
  });
}

/** A text in a text in a text is as deep as it gets. */
const MAX_DEPTH = 3;

function documentsOf(fragment: Fragment, sign: RegExp, depth: number): readonly Datum[] {
  const inner = depth < MAX_DEPTH ? textsIn(fragment).filter(({ text }) => sign.test(text)) : [];
  return [...dataIn(fragment), ...inner.flatMap((text) => documentsOf(text, sign, depth + 1))];
}
