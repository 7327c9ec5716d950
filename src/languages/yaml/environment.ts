import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Constant } from "../../commands/command.ts";
import type { Fields, YamlDocument } from "./document.ts";
import type { KnownValues } from "./known.ts";
import { ENVIRONMENT_KEYS } from "./keys.ts";
import { isPluginName } from "./mention.ts";

/** A variable that a mapping sets for everything in it. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** Set as Kubernetes does, which also fills in `$(NAME)` in words. */
  readonly inWords: boolean;
}

/** The variables that a mapping's `env:` (or the like) sets to literal text. */
export function variablesOf(fields: Fields, document: YamlDocument): readonly Variable[] {
  return ENVIRONMENT_KEYS.flatMap((key) => {
    const node = document.resolve(fields.get(key));
    if (isMap(node)) {
      return [...document.fields(node)].flatMap(([name, value]) => variable(name, value, document, false));
    }
    if (!isSeq(node)) return [];
    return node.items.flatMap((item) => {
      const entry = document.resolve(item);
      if (!isMap(entry)) return [];
      const pair = document.fields(entry);
      const name = document.resolve(pair.get("name"));
      return isScalar(name) ? variable(name.source, pair.get("value"), document, true) : [];
    });
  });
}

function variable(
  name: string,
  node: ParsedNode | undefined,
  document: YamlDocument,
  inWords: boolean,
): readonly Variable[] {
  const value = document.resolve(node);
  if (!isScalar(value) || !/^[A-Za-z_]\w*$/.test(name)) return [];
  const [start, end] = value.range;
  const isKnown = /^[^\s${}]+$/.test(value.source) || isPluginName(value.source);
  const isLiteral = isKnown && document.fragment.holesIn({ start, end }).length === 0;
  return isLiteral ? [{ name, value: value.source, inWords }] : [];
}

/** The variables as a shell script sees them. */
export function shellConstants(variables: readonly Variable[]): readonly Constant[] {
  return latest(variables).map(({ name, value }) => ({
    name,
    value,
    reference: { code: `$${name}`, words: isPluginName(value) ? "any" : "one" },
  }));
}

/** What `$(NAME)` in words of a list stands for. */
export function wordValues(variables: readonly Variable[]): KnownValues {
  return new Map(wordConstants(variables).map(({ name, value }) => [name, [value]]));
}

/** The variables as words in a list see them. */
export function wordConstants(variables: readonly Variable[]): readonly Constant[] {
  return latest(variables)
    .filter(({ inWords }) => inWords)
    .map(({ name, value }) => ({ name, value, reference: { code: `$(${name})`, words: "one" } }));
}

/** Inner settings hide outer ones. */
function latest(variables: readonly Variable[]): readonly Variable[] {
  return [...new Map(variables.map((variable) => [variable.name, variable])).values()];
}
