import { display, literal, type Value } from "../commands/command.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { findPath, type DynamicPath, type FoundPath, type LineProblem } from "./command-path.ts";
import { parseFlags, type FlagUse, type ParsedFlags, type UnclearWord } from "./flags.ts";
import { announcedGadget } from "./image-ref.ts";
import { isCommand, type SpelledGadget } from "./old-commands.ts";
import { ANNOUNCED_FLAG, fits, flagTables, type OldSpec } from "./old-flags.ts";
import type { CommandLine, ProgramId } from "./translation.ts";

/** What an old command line says. Word indexes count all words of the line, the program's included. */
export type ParsedLine =
  | ({ readonly kind: "gadget" } & GadgetLine)
  | DynamicPath
  /** A category without a gadget (`kubectl gadget trace`): shows its help. */
  | { readonly kind: "category"; readonly category: string; readonly path: readonly number[] }
  /** Asks for the help of a gadget or a category. */
  | {
      readonly kind: "help";
      readonly command: string;
      readonly gadget: GadgetLine | null;
      readonly path: readonly number[];
    }
  /** Another command of the program, or none. */
  | { readonly kind: "other" }
  /** No release of any program had this gadget. */
  | {
      readonly kind: "unknown-gadget";
      /** As written, split at the words: the category is known. */
      readonly category: string;
      readonly name: string;
      readonly path: readonly number[];
      /** Words behind the path that are no flags; empty where they are known only at run time. */
      readonly operands: readonly string[];
    };

export interface GadgetLine {
  readonly gadget: Gadget;
  /** The command words, in order; empty when only the announced `--image` names the gadget. */
  readonly path: readonly number[];
  readonly uses: readonly FlagUse<OldSpec>[];
  /** The `--image` of the announced form; not among `uses`. */
  readonly announced: FlagUse<OldSpec> | null;
  /** Words that are neither the command's nor flags nor their values. */
  readonly positionals: readonly number[];
  /** The `--` behind which all words are positional. */
  readonly dashIndex: number | null;
  readonly unclear: readonly UnclearWord[];
  readonly problems: readonly LineProblem[];
}

/**
 * Reads a command line as the releases with built-in gadgets did. The writer's release is not known: the newest release
 * that accepts the whole line decides what its flags mean; where none does, each flag has its newest meaning.
 */
export function parseLine(line: CommandLine, knowledge: Knowledge): ParsedLine {
  const program = knowledge.programs.find(({ id }) => id === line.program);
  if (program === undefined) return { kind: "other" };
  const found = findPath(line, program, knowledge);
  switch (found.kind) {
    case "other":
    case "dynamic-gadget":
      return found;
    case "path":
      return readPath(line, found, knowledge);
  }
}

function readPath(line: CommandLine, found: FoundPath, knowledge: Knowledge): ParsedLine {
  const { path, words, node, help } = found;
  const command = words.join(" ");
  const read = readFlags(line, node.gadgets, found, knowledge);
  const isLeaf = read !== null && (isCommand(node) || hasLeafFlags(read));
  const gadget = isLeaf ? read : announcedLine(line, found, knowledge);

  const asks = help || asksForHelp(line, found, gadget);
  if (asks) return words.length === 0 ? { kind: "other" } : { kind: "help", command, gadget, path };
  if (gadget !== null) return { kind: "gadget", ...gadget };
  if (found.rest === null) {
    return words.length === 0 ? { kind: "other" } : { kind: "category", category: command, path };
  }
  const name = literal(line.words[found.rest] ?? []) ?? "";
  const behind = line.words.slice(found.rest + 1).filter((word) => isOperand(word));
  const operands = behind.map((word) => literal(word) ?? "");
  return { kind: "unknown-gadget", category: command, name, path: [...path, found.rest], operands };
}

/** Whether a word that was a gadget before it became a category is used as the gadget (`profile -K`). */
function hasLeafFlags({ uses, positionals }: GadgetLine): boolean {
  const hasOwn = uses.some(({ spec }) => spec?.row != null && !spec.root);
  return hasOwn && positionals.length === 0 && uses.every((use) => accepted(use));
}

function asksForHelp(line: CommandLine, { path }: FoundPath, gadget: GadgetLine | null): boolean {
  if (gadget !== null) return gadget.uses.some(({ spec }) => spec?.row === null);
  return line.words.some((word, i) => !path.includes(i) && /^(?:-h|--help)$/.test(display(word)));
}

function isOperand(word: Value): boolean {
  const text = literal(word);
  return text !== null && !text.startsWith("-");
}

/** The words besides the command's, read with the flags of the newest release of the gadget that accepts them all. */
function readFlags(
  line: CommandLine,
  gadgets: readonly SpelledGadget[],
  { path, skipped, problems }: FoundPath,
  knowledge: Knowledge,
): GadgetLine | null {
  const order = line.words.map((_, i) => i).filter((i) => i >= line.programWords && !path.includes(i));
  const words = order.map((i) => line.words[i] ?? []);
  const indexes = (list: readonly number[]): readonly number[] => list.map((i) => order[i] ?? i);

  const best = bestReading(words, gadgets, line.program, knowledge);
  if (best === null) return null;
  const { gadget, parsed } = best;
  const moved = parsed.uses.map((use) => ({
    ...use,
    wordIndex: order[use.wordIndex] ?? use.wordIndex,
    valueIndex: use.valueIndex === null ? null : (order[use.valueIndex] ?? use.valueIndex),
  }));
  const isAnnounced = (use: FlagUse<OldSpec>): boolean =>
    use.name === ANNOUNCED_FLAG && use.spec?.row === null;
  const unclear = parsed.unclear.map((word) => ({
    ...word,
    wordIndex: order[word.wordIndex] ?? word.wordIndex,
  }));
  return {
    gadget,
    path,
    uses: moved.filter((use) => !isAnnounced(use)),
    announced: moved.find(isAnnounced) ?? null,
    positionals: indexes(parsed.positionals).filter((i) => !skipped.includes(i)),
    dashIndex: parsed.dashIndex === null ? null : (order[parsed.dashIndex] ?? null),
    unclear,
    problems,
  };
}

interface Reading {
  readonly gadget: Gadget;
  readonly parsed: ParsedFlags<OldSpec>;
}

function bestReading(
  words: readonly Value[],
  gadgets: readonly SpelledGadget[],
  program: ProgramId,
  knowledge: Knowledge,
): Reading | null {
  let fallback: Reading | null = null;
  for (const { gadget, span } of gadgets) {
    for (const specs of flagTables(gadget, program, span, knowledge)) {
      const reading = { gadget, parsed: parseFlags(words, specs) };
      if (reading.parsed.uses.every((use) => accepted(use))) return reading;
      // The last table unites all releases.
      fallback = reading;
    }
  }
  return fallback;
}

function accepted({ spec, value }: FlagUse<OldSpec>): boolean {
  return spec !== null && fits(spec, value);
}

/** The gadget that only an announced `--image .../gadget-trace-exec` names, whatever words stand before. */
function announcedLine(line: CommandLine, found: FoundPath, knowledge: Knowledge): GadgetLine | null {
  const { rest, path } = found;
  const at = line.words.findIndex((word) => /^--image(?:=|$)/.test(display(word)));
  if (at < line.programWords) return null;
  const written = display(line.words[at] ?? []);
  const reference = written.includes("=")
    ? written.slice("--image=".length)
    : display(line.words[at + 1] ?? []);
  const spelled = announcedGadget(reference, line.program, knowledge);
  if (spelled === null) return null;
  const words = [...found.words, ...(rest === null ? [] : [literal(line.words[rest] ?? []) ?? ""])];
  if (words.length > 0 && !` ${spelled.gadget.command} `.includes(` ${words.join(" ")} `)) return null;
  return readFlags(line, [spelled], { ...found, path: rest === null ? path : [...path, rest] }, knowledge);
}
