import { literal, type Dynamic, type Value } from "../commands/command.ts";
import { shownLine } from "../commands/shown.ts";
import { compareReleases } from "../knowledge/releases.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Span } from "../knowledge/releases.ts";
import { writeImage } from "./image-ref.ts";
import { knownTexts } from "./known-texts.ts";
import { commandsBelow, commandTree } from "./old-commands.ts";
import { parseLine, type ParsedLine } from "./parse.ts";
import { translateGadget } from "./translate-gadget.ts";
import type { CommandLine, NewWord, Note, TranslateOptions, ReaderChange } from "./translation.ts";

export type DynamicLine = ParsedLine & { readonly kind: "dynamic-gadget" };

/** One gadget that a line with dynamic command words may run, and what the line becomes then. */
export interface Choice {
  /** The words that were put in, with blanks. */
  readonly gadget: string;
  readonly kind: "rewrite" | "manual" | "no-image" | "unknown";
  /** The new line, or the nearest to it. */
  readonly words: readonly NewWord[] | null;
  readonly image: string | null;
  /** How the image's name comes from the words: as they are, without their dashes, or not at all. */
  readonly name: "plain" | "dashless" | "other";
  /** Indexes of the name's words that have dashes. */
  readonly dashes: readonly number[];
  /** The new line with the image left open; equal for gadgets that one text can run. */
  readonly shape: string;
  /** What must change with it behind it in its pipeline. */
  readonly readers: readonly ReaderChange[];
  readonly notes: readonly Note[];
}

export interface Choices {
  /** True: the file gives the words these values only; else they are all gadgets that fit. */
  readonly isListed: boolean;
  readonly all: readonly Choice[];
}

/** More values than that are no list that somebody wrote. */
const MAX_CHOICES = 100;

/** Indexes of the words that make up the gadget's name: those that are dynamic, and what stands beside them. */
export function nameWords({ words }: CommandLine, { category, gadgetWord }: DynamicLine): readonly number[] {
  if (category.length > 0) return [gadgetWord];
  const next = words[gadgetWord + 1];
  return next !== undefined && isNamePart(next) ? [gadgetWord, gadgetWord + 1] : [gadgetWord];
}

/**
 * The image's name as the place would put it together; null where it cannot.
 * @param dashless indexes of the words that may have dashes, which no image's name has
 */
export function nameForm(
  line: CommandLine,
  parsed: DynamicLine,
  dashless: readonly number[] = [],
): Value | null {
  const { category } = parsed;
  const parts = nameWords(line, parsed).map((index) => {
    const word = line.words[index] ?? [];
    if (!dashless.includes(index)) return word;
    return word.map((part) => (typeof part === "string" ? part : { ...part, dashless: true }));
  });
  if (category.length + parts.length !== 2) return null;
  // What a wrapper puts there has no text to write (`xargs`).
  if (parts.flat().some((part) => typeof part !== "string" && part.code === "...")) return null;
  const [first = [], second = []] = [...category.map((word) => [word]), ...parts];
  return [...first, "_", ...second].map((part) => (typeof part === "string" ? part : braced(part)));
}

/** What the line becomes with each gadget that it may run. */
export function choicesOf(
  line: CommandLine,
  parsed: DynamicLine,
  options: TranslateOptions,
  knowledge: Knowledge,
): Choices {
  const at = nameWords(line, parsed);
  const known = at.flatMap((index) => {
    const texts = knownTexts(line.words[index] ?? []);
    return texts === null ? [] : [texts];
  });
  const isListed = known.length === at.length;
  const names = isListed ? product(known) : commandsThatFit(line, parsed, at, knowledge);
  const all = names.slice(0, MAX_CHOICES).map((texts) => choose(line, parsed, at, texts, options, knowledge));
  return { isListed: isListed && names.length <= MAX_CHOICES && names.length > 0, all };
}

/** A new line as one would type it, without the words that name the program. */
export function shownChoice(line: CommandLine, words: readonly NewWord[]): string {
  const values = words.map((word): Value => ("keep" in word ? (line.words[word.keep] ?? []) : word.write));
  return shownLine(values.slice(line.programWords));
}

function isNamePart(word: Value): boolean {
  const [first] = word;
  if (typeof first === "string") return !first.startsWith("-");
  return first !== undefined && word.every((part) => typeof part === "string" || !isArgumentList(part));
}

/** `"$@"`, `...args`, `*args`, `args...`: the words that a function or script got. */
export function isArgumentList({ code, words }: Dynamic): boolean {
  return words === "any" && /^(?:\$(?:[@*]|\{[@*].*\})|\.\.\..+|\*\w.*|.*\w\.\.\.)$/.test(code);
}

/** A name keeps its end whatever is put behind it. */
function braced(part: Dynamic): Dynamic {
  return { ...part, code: part.code.replace(/^\$(\w+)$/, "${$1}") };
}

function product(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (rows, texts) => rows.flatMap((row) => texts.map((text) => [...row, text])).slice(0, MAX_CHOICES + 1),
    [[]],
  );
}

/** The words of every gadget that may stand there, as far as the line says. */
function commandsThatFit(
  { words, program }: CommandLine,
  { category }: DynamicLine,
  at: readonly number[],
  knowledge: Knowledge,
): readonly (readonly string[])[] {
  const given = at.map((index) => literal(words[index] ?? []));
  const commands = [...commandsBelow(commandTree(program, knowledge))]
    .filter(({ node }) => node.gadgets.some(({ span }) => wasLast(span, knowledge)))
    .map((command) => command.words);
  return commands
    .filter((command) => category.every((word, i) => command[i] === word))
    .map((command) => command.slice(category.length))
    .filter((names) => names.length === at.length)
    .filter((names) => given.every((text, i) => text === null || text === names[i]));
}

/** Whether the last release with built-in gadgets still had it: nobody means the others by a variable. */
function wasLast({ until }: Span, { milestones, releases }: Knowledge): boolean {
  const last = releases.findLast(({ tag }) => compareReleases(tag, milestones.removed) < 0);
  return until === null || until === last?.tag;
}

function choose(
  line: CommandLine,
  { category }: DynamicLine,
  at: readonly number[],
  texts: readonly string[],
  options: TranslateOptions,
  knowledge: Knowledge,
): Choice {
  const gadget = [...category, ...texts].join(" ");
  const none = {
    gadget,
    words: null,
    image: null,
    name: "other",
    dashes: [],
    shape: "",
    readers: [],
    notes: [],
  } as const;
  const words = line.words.map((word, i) => (at.includes(i) ? [texts[at.indexOf(i)] ?? ""] : word));
  const concrete = { ...line, words };
  const parsed = parseLine(concrete, knowledge);
  if (parsed.kind !== "gadget") return { ...none, kind: "unknown" };
  const result = translateGadget(concrete, parsed, options, knowledge);
  if (result.state === "fine") return { ...none, kind: "unknown" };
  const next = result.state === "rewrite" ? result.words : result.nearest;
  if (next === null || result.image === null) return { ...none, kind: "no-image" };
  const plain = gadget.replaceAll(" ", "_");
  const name =
    result.image === plain ? "plain" : result.image === plain.replaceAll("-", "") ? "dashless" : "other";
  const image = JSON.stringify(writeImage([result.image], options));
  const { notes, image: imageName, state } = result;
  const shape = JSON.stringify(next).replace(image, '"IMAGE"');
  const dashes = at.filter((_, i) => texts[i]?.includes("-"));
  const readers = result.state === "rewrite" ? (result.readers ?? []) : [];
  return { gadget, kind: state, words: next, image: imageName, name, dashes, shape, readers, notes };
}
