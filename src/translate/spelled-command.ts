import type { Value } from "../commands/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { shownChoice } from "./gadget-choices.ts";
import { parseLine } from "./parse.ts";
import { translateGadget } from "./translate-gadget.ts";
import type { CommandLine, NewWord, Note, TranslateOptions, Translation } from "./translation.ts";

/** What is found about a line whose command words all stand in one variable. */
export type Spelled =
  | Translation
  | {
      readonly state: "listed";
      readonly manual: {
        readonly state: "manual";
        readonly image: null;
        readonly nearest: null;
        readonly notes: readonly Note[];
      };
    };

/**
 * The finding about a word that stands for whole commands (`CMD="trace exec -A"`, `for c in "trace exec" "top file"`),
 * which no fix reaches; null when it does not.
 */
export function translateSpelled(
  line: CommandLine,
  at: number,
  options: TranslateOptions,
  knowledge: Knowledge,
): Spelled | null {
  const [part, more] = line.words[at] ?? [];
  if (typeof part !== "object" || part.words === "one" || more !== undefined) return null;
  const texts = part.known ?? [];
  const [only, other] = texts;
  if (only === undefined) return null;
  if (other === undefined) return spelledOut(line, at, only, part.code, options, knowledge);
  if (!texts.some((text) => /\S\s+\S/.test(text))) return null;
  const values = texts.map((text) => valueNote(line, at, text, options, knowledge));
  const notes: readonly Note[] = [{ messageId: "gadget-in-list", args: { word: part.code } }, ...values];
  return { state: "listed", manual: { state: "manual", image: null, nearest: null, notes } };
}

/** What one value of a list of commands becomes. */
function valueNote(
  line: CommandLine,
  at: number,
  text: string,
  options: TranslateOptions,
  knowledge: Knowledge,
): Note {
  const { concrete, count } = spell(line, at, text);
  const parsed = parseLine(concrete, knowledge);
  const result =
    parsed.kind === "gadget"
      ? translateGadget(concrete, parsed, options, knowledge)
      : { state: "fine" as const };
  if (result.state === "fine") return { messageId: "choice-unknown", args: { gadgets: text } };
  const next = result.state === "rewrite" ? result.words : result.nearest;
  if (next === null) return { messageId: "choice-without-image", args: { gadgets: text } };
  // What stays behind the value stands in the line itself.
  const rest = next.findIndex((word) => "keep" in word && word.keep >= at + count);
  const isKept = rest >= 0 && next.slice(rest).every((word) => "keep" in word);
  const shown = shownChoice(concrete, isKept ? next.slice(0, rest) : next);
  return { messageId: "choice-differs", args: { gadgets: text, line: shown } };
}

function spelledOut(
  line: CommandLine,
  at: number,
  text: string,
  code: string,
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation | null {
  const { concrete, count } = spell(line, at, text);
  const parsed = parseLine(concrete, knowledge);
  if (parsed.kind !== "gadget") return null;
  const note = { messageId: "gadget-in-constant", args: { word: code, text } };
  const result = translateGadget(concrete, parsed, options, knowledge, [note]);
  if (result.state !== "manual" || result.nearest === null) return result;
  return { ...result, nearest: backInLine(result.nearest, concrete.words, at, count) };
}

/** The line with the words that a text is cut into at its blanks. */
function spell(
  line: CommandLine,
  at: number,
  text: string,
): { readonly concrete: CommandLine; readonly count: number } {
  const texts = text.trim().split(/\s+/);
  const words = line.words.toSpliced(at, 1, ...texts.map((word) => [word]));
  return { concrete: { ...line, words }, count: texts.length };
}

/** New words of a line in which word `at` was spelled out as `count` words, as new words of that line. */
function backInLine(
  next: readonly NewWord[],
  words: readonly Value[],
  at: number,
  count: number,
): readonly NewWord[] {
  let isPlaced = false;
  return next.map((word) => {
    const index = "keep" in word ? word.keep : word.replaces;
    if (index === undefined || index < at) return word;
    if (index >= at + count) {
      const moved = index - count + 1;
      return "keep" in word ? { keep: moved } : { ...word, replaces: moved };
    }
    const write = "keep" in word ? (words[index] ?? []) : word.write;
    if (isPlaced) return { write };
    isPlaced = true;
    return { write, replaces: at };
  });
}
