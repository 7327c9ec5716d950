import { display, type Value } from "../../src/commands/command.ts";
import type { CommandLine, NewWord, ProgramId } from "../../src/translate/translation.ts";

const PROGRAMS: readonly (readonly [RegExp, ProgramId, number])[] = [
  [/^kubectl gadget(?= |$)/, "kubectl-gadget", 2],
  [/^kubectl --\S+ \S+ gadget(?= |$)/, "kubectl-gadget", 4],
  [/^\S*kubectl-gadget(?= |$)/, "kubectl-gadget", 1],
  [/^\S*local-gadget\S*(?= |$)/, "local-gadget", 1],
  [/^gadgetctl(?= |$)/, "gadgetctl", 1],
  [/^\S*ig(?= |$)/, "ig", 1],
];

/**
 * A command line as one types it in a shell: words with plain, single or double quotes; `$X` may be many words, `"$X"` is
 * one; `$X{a,b}` is a value that is one of a list (`+` for a blank). Pipes and redirects are given apart.
 */
export function lineOf(text: string, more: Partial<CommandLine> = {}): CommandLine {
  const known = PROGRAMS.find(([pattern]) => pattern.test(text));
  return {
    program: known?.[1] ?? "ig",
    words: valuesOf(text),
    programWords: known?.[2] ?? 0,
    output: { pipe: [], sink: "stdout" },
    role: "run",
    ...more,
  };
}

/** The words of a text, see {@link lineOf}. */
export function valuesOf(text: string): readonly Value[] {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map(valueOf);
}

function valueOf(word: string): Value {
  const parts: Value[number][] = [];
  for (const [piece] of word.matchAll(/"[^"]*"|'[^']*'|[^"']+/g)) {
    if (piece.startsWith("'")) parts.push(piece.slice(1, -1));
    else parts.push(...split(piece.replaceAll('"', ""), piece.startsWith('"')));
  }
  const merged: Value[number][] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else if (part !== "") merged.push(part);
  }
  return merged;
}

function split(text: string, quoted: boolean): Value {
  const words = quoted ? "one" : "any";
  return [...text.matchAll(/(\$(?:\w+|[@*]))(?:\{([^}]*)\})?|[^$]+|\$/g)].map(([all, code, list]) => {
    if (code === undefined) return all;
    if (/^\$[@*]$/.test(code)) return { code, words: "any" };
    return list === undefined
      ? { code, words }
      : { code, words, known: list.split(",").map((text) => text.replaceAll("+", " ")) };
  });
}

/** New words as people read them. */
export function show(words: readonly NewWord[] | null, line: CommandLine): string | null {
  if (words === null) return null;
  return words.map((word) => display("keep" in word ? (line.words[word.keep] ?? []) : word.write)).join(" ");
}
