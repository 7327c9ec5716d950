import { display, literal, type Value } from "../commands/command.ts";
import type { Running } from "../knowledge/lookup.ts";
import { compareReleases, within } from "../knowledge/releases.ts";
import type { AddedFlag, Gadget, GadgetMapping, Knowledge } from "../knowledge/types.ts";
import { changeFlags, type FlagChange } from "./change-flags.ts";
import { outputDoubt } from "./consumers.ts";
import { announcedGadget, writeImage } from "./image-ref.ts";
import { findNewFlag } from "./new-flags.ts";
import type { GadgetLine, LineProblem } from "./parse.ts";
import type { CommandLine, NewWord, Note, TranslateOptions, Translation } from "./translation.ts";
import type { NewFlagUse } from "./values.ts";
import { validate } from "./validate.ts";
import { writeCommand } from "./write-command.ts";

/**
 * What becomes of a line that calls a built-in gadget.
 * @param reasons why it cannot be rewritten whatever its flags are; none by default
 */
export function translateGadget(
  line: CommandLine,
  parsed: GadgetLine,
  options: TranslateOptions,
  knowledge: Knowledge,
  reasons: readonly Note[] = [],
): Translation {
  const { gadget } = parsed;
  const program = knowledge.programs.find(({ id }) => id === line.program);
  const row = gadget.to.find((candidate) => within(candidate, options.target));
  const image = knowledge.images.find((known) => known.name === row?.image && within(known, options.target));
  const found = {
    rule: "builtin-gadget",
    message: builtinMessage(gadget.command, options.target, knowledge),
    gadget: gadget.command,
  } as const;
  if (program === undefined || row === undefined || image === undefined) {
    const notes = [...reasons, noImage(gadget, row, options.target)];
    return { ...found, state: "manual", image: row?.image ?? null, nearest: null, notes };
  }

  const running: Running = { image, program: program.now.id, release: options.target, knowledge };
  const changes = changeFlags(parsed, line, running);
  const defaults = restoredDefaults(row, changes, options, running);
  const content = {
    image: writeImage([image.name], options),
    changes,
    added: [...requiredFlags(row, changes), ...defaults.flags],
    dropped: unreadWords(line, parsed, changes),
  };
  const words = writeCommand(line, parsed, content, program, running);
  const readReasons = [
    ...reasons,
    ...manualReasons(line, parsed, row, knowledge),
    ...changes.flatMap((change) => change.manual ?? []),
  ];
  const whyNot =
    readReasons.length > 0 ? readReasons : refusals(valuesOf(words, line), line.programWords, running);
  const doubts = [
    ...changes.flatMap((change) => change.doubts),
    ...tableDoubts(gadget, changes),
    ...lineDoubts(line, parsed, changes, knowledge),
    ...(row.state === "differs" && row.manual !== true ? [gadgetNote("gadget-differs", row)] : []),
    ...defaults.doubts,
  ];
  if (whyNot.length > 0) {
    return { ...found, state: "manual", image: image.name, nearest: words, notes: [...whyNot, ...doubts] };
  }
  const grade = doubts.length > 0 ? "unsafe" : "safe";
  return {
    ...found,
    state: "rewrite",
    grade,
    image: image.name,
    words,
    notes: [...doubts, ...droppedWords(line, content.dropped)],
  };
}

/** What is wrong with a built-in gadget at a release. @param gadget null when it is known only at run time */
export function builtinMessage(gadget: string | null, target: string, { milestones }: Knowledge): Note {
  const args = { gadget: gadget ?? "", ...milestones, target };
  if (compareReleases(target, milestones.removed) >= 0) return { messageId: "builtin-removed", args };
  if (compareReleases(target, milestones.deprecated) >= 0) return { messageId: "builtin-deprecated", args };
  return { messageId: "builtin-to-be-removed", args };
}

/** What the release would not take of the new command; nothing, unless the rules are wrong about something. */
function refusals(
  words: readonly Value[],
  programWords: number,
  { program, release, knowledge }: Running,
): readonly Note[] {
  const faults = validate(words, programWords, program, release, knowledge);
  return faults.map(({ messageId, args }) => ({ messageId, args: { ...args, release } }));
}

function noImage({ command }: Gadget, row: GadgetMapping | undefined, release: string): Note {
  if (row?.note !== undefined) return gadgetNote("gadget-manual", row);
  return { messageId: "no-image-known", args: { gadget: command, release } };
}

function gadgetNote(messageId: string, { note = "" }: GadgetMapping): Note {
  return { messageId, args: { note } };
}

/** Says which words went, though nothing depends on them. */
function droppedWords({ words }: CommandLine, dropped: readonly number[]): readonly Note[] {
  if (dropped.length === 0) return [];
  return [
    { messageId: "words-dropped", args: { words: dropped.map((i) => display(words[i] ?? [])).join(" ") } },
  ];
}

function manualReasons(
  line: CommandLine,
  parsed: GadgetLine,
  row: GadgetMapping,
  knowledge: Knowledge,
): readonly Note[] {
  const { gadget, problems } = parsed;
  const reasons: Note[] = problems.map((problem) => problemNote(problem, gadget));
  if (row.manual === true || row.state === "none") {
    reasons.push(gadgetNote("gadget-manual", row));
  }
  if (announcesAnother(parsed, line, knowledge)) {
    const reference = display(parsed.announced?.value ?? []);
    reasons.push({ messageId: "announced-another", args: { reference, gadget: gadget.command } });
  }
  const prose = line.role === "text" ? parsed.positionals.filter((i) => isProse(line.words[i])) : [];
  if (prose.length > 0) {
    const words = prose.map((i) => display(line.words[i] ?? [])).join(" ");
    reasons.push({ messageId: "words-around", args: { words } });
  }
  return reasons;
}

function problemNote(problem: LineProblem, gadget: Gadget): Note {
  switch (problem.kind) {
    case "flag-before-plugin":
    case "flag-takes-command":
      return { messageId: problem.kind, args: { flag: problem.flag, gadget: gadget.command } };
    case "not-on-program": {
      const programs = Object.keys(gadget.programs).join(", ");
      return { messageId: problem.kind, args: { gadget: gadget.command, programs } };
    }
  }
}

function announcesAnother(
  { announced, gadget }: GadgetLine,
  line: CommandLine,
  knowledge: Knowledge,
): boolean {
  if (announced === null) return false;
  const named = announcedGadget(display(announced.value ?? []), line.program, knowledge);
  return named?.gadget.id !== gadget.id;
}

/** Numbers and quoted identifiers were given on purpose; other words behind a command in a text may be its sentence. */
function isProse(word: Value | undefined): boolean {
  const text = literal(word ?? []);
  return text !== null && !/^\d+$/.test(text);
}

/** What else a person must look at before the new command takes the place of the old one. */
function lineDoubts(
  line: CommandLine,
  parsed: GadgetLine,
  changes: readonly FlagChange[],
  knowledge: Knowledge,
): readonly Note[] {
  const doubts: Note[] = [];
  if (parsed.announced !== null) doubts.push({ messageId: "announced-image", args: {} });
  for (const { wordIndex } of parsed.unclear) {
    doubts.push({ messageId: "may-hold-flags", args: { word: display(line.words[wordIndex] ?? []) } });
  }
  const output = outputDoubt(line.output, outputMode(parsed.gadget, changes), knowledge);
  if (output !== null) doubts.push(output);
  if (line.role === "text") doubts.push({ messageId: "shown-to-people", args: {} });
  return doubts;
}

/** A list of all fields to show names those that a table hides. */
function tableDoubts(gadget: Gadget, changes: readonly FlagChange[]): readonly Note[] {
  const mode = outputMode(gadget, changes);
  const shown = changes.flatMap(({ flags }) => flags).findLast(({ name }) => name === "fields")?.value;
  const listsAll = typeof shown?.[0] === "string" && !/^[+-]/.test(shown[0]);
  if (listsAll || (mode !== null && mode !== "columns")) return [];
  return changes.flatMap((change) => change.tableDoubts);
}

/** The mode of `-o` that the command ends up with; null when it is known only at run time. */
function outputMode({ defaultOutput }: Gadget, changes: readonly FlagChange[]): string | null {
  const given = changes.flatMap(({ flags }) => flags).findLast(({ name }) => name === "output");
  return given === undefined ? defaultOutput : literal(given.value ?? []);
}

/** Flags that make the image the same gadget. */
function requiredFlags(row: GadgetMapping, changes: readonly FlagChange[]): readonly NewFlagUse[] {
  return (row.add ?? []).filter((flag) => !isGiven(flag, changes)).map(toUse);
}

/** Flags that restore what the built-in did by default, or why they do not. */
function restoredDefaults(
  row: GadgetMapping,
  changes: readonly FlagChange[],
  { defaults }: TranslateOptions,
  running: Running,
): { readonly flags: readonly NewFlagUse[]; readonly doubts: readonly Note[] } {
  const missing = (row.defaults ?? []).filter((flag) => !isGiven(flag, changes));
  const kept = missing.filter(({ flag }) => defaults === "keep" && findNewFlag(flag, running) !== null);
  const doubts = missing
    .filter((flag) => !kept.includes(flag))
    .map(({ note }) => ({ messageId: "default-differs", args: { note } }));
  return { flags: kept.map(toUse), doubts };
}

function isGiven({ flag }: AddedFlag, changes: readonly FlagChange[]): boolean {
  return changes.some((change) => change.flags.some(({ name }) => name === flag));
}

function toUse({ flag, value }: AddedFlag): NewFlagUse {
  return { name: flag, value: value === "true" ? null : [value] };
}

/** Words behind the gadget that no release read; what they hide at run time may be flags, and stays. */
function unreadWords(
  { words }: CommandLine,
  { positionals, dashIndex }: GadgetLine,
  changes: readonly FlagChange[],
): readonly number[] {
  const read = new Set(changes.map(({ use }) => use.wordIndex));
  const unread = positionals.filter((i) => !read.has(i) && literal(words[i] ?? []) !== null);
  const behindDash = positionals.filter((i) => dashIndex !== null && i > dashIndex);
  return dashIndex !== null && behindDash.every((i) => unread.includes(i)) ? [dashIndex, ...unread] : unread;
}

function valuesOf(words: readonly NewWord[], line: CommandLine): readonly Value[] {
  return words.map((word) => ("keep" in word ? (line.words[word.keep] ?? []) : word.write));
}
