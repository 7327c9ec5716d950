import { display, literal, type Value } from "../commands/command.ts";
import type { Running } from "../knowledge/lookup.ts";
import { compareReleases, within } from "../knowledge/releases.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Image } from "../knowledge/image.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { GadgetMapping } from "../knowledge/mapping.ts";
import { addedFlags } from "./added-flags.ts";
import { announcedWords } from "./announced.ts";
import { changeFlags, type FlagChange } from "./change-flags.ts";
import { isPinned, withDigest, writeImage } from "./image-ref.ts";
import { insteadNotes } from "./instead.ts";
import type { GadgetLine } from "./parse.ts";
import { doubtsOf, gadgetNote, manualReasons, readersOf, roleDoubts } from "./reasons.ts";
import type { CommandLine, NewWord, Note, TranslateOptions, Translation } from "./translation.ts";
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
    const flags = parsed.uses.map(({ spec, name, value }) => ({ name: spec?.name ?? name, value }));
    const instead = insteadNotes(row?.instead, { line, flags, tag: options.tag });
    const notes = [...reasons, noImage(gadget, row, options.target), ...instead];
    return { ...found, state: "manual", image: row?.image ?? null, nearest: null, notes };
  }

  const running: Running = { image, program: program.now.id, release: options.target, knowledge };
  const changes = changeFlags(parsed, line, running);
  const added = addedFlags(row, changes, options, running);
  const dropped = unreadWords(line, parsed, changes);
  const content = { image: imageWord(image, row, options), changes, added: added.flags, dropped };
  const words = writeCommand(line, parsed, content, program, running);

  const given = [...reasons, ...manualReasons(line, parsed, row, knowledge)];
  if (row.manual === true) {
    const notes = [
      ...given,
      ...changes.flatMap(({ manual, doubts }) => [...(manual === null ? [] : [manual]), ...doubts]),
    ];
    return { ...found, state: "manual", image: image.name, nearest: words, notes };
  }
  // The words of a workflow have no such form.
  if (options.form === "announced" && given.length === 0 && gadget.workflow === undefined) {
    const announced = announcedWords(line, parsed, options);
    if (announced === null) return { state: "fine" };
    const notes = [{ messageId: "announced-written", args: {} }, ...roleDoubts(line)];
    return { ...found, state: "rewrite", grade: "unsafe", image: image.name, words: announced, notes };
  }
  given.push(...changes.flatMap((change) => change.manual ?? []));
  const whyNot = given.length > 0 ? given : refusals(words, line, running);
  const output = readersOf(line, parsed, changes, running);
  const captured = output.captured === undefined ? {} : { captured: output.captured };
  const doubts = [...doubtsOf(line, parsed, changes, row, output, knowledge), ...added.doubts];
  if (whyNot.length > 0) {
    const notes = [...whyNot, ...doubts];
    return {
      ...found,
      state: "manual",
      image: image.name,
      nearest: words,
      notes,
      readerFindings: output.findings,
      ...captured,
    };
  }
  const notes = [...assumedDoubts(image), ...doubts, ...droppedDoubts(line, dropped)];
  const grade = notes.length > 0 ? "unsafe" : "safe";
  return {
    ...found,
    state: "rewrite",
    grade,
    image: image.name,
    words,
    readers: output.readers,
    notes,
    readerFindings: output.findings,
    ...captured,
  };
}

/** An image that is not Inspektor Gadget's is written as it was given. */
function imageWord(image: Image, row: GadgetMapping, options: TranslateOptions): Value {
  const { reference } = image;
  if (reference === undefined) return writeImage([image.name], options);
  const given = row.reference !== undefined && isPinned(row.reference) ? row.reference : reference;
  return given.includes("@") ? [given] : withDigest([given], options);
}

function assumedDoubts({ isAssumed, name }: Image): readonly Note[] {
  return isAssumed === true ? [{ messageId: "image-not-described", args: { image: name } }] : [];
}

/** What is wrong with a built-in gadget at a release. @param gadget null when it is known only at run time */
export function builtinMessage(gadget: string | null, target: string, { milestones }: Knowledge): Note {
  const args = { gadget: gadget ?? "", ...milestones, target };
  if (compareReleases(target, milestones.removed) >= 0) return { messageId: "builtin-removed", args };
  if (compareReleases(target, milestones.deprecated) >= 0) return { messageId: "builtin-deprecated", args };
  return { messageId: "builtin-to-be-removed", args };
}

function noImage({ command }: Gadget, row: GadgetMapping | undefined, release: string): Note {
  if (row?.note !== undefined) return gadgetNote("gadget-manual", row);
  return { messageId: "no-image-known", args: { gadget: command, release } };
}

/** What the release would not take of the new command; nothing, unless the old one had a wrong value. */
function refusals(
  words: readonly NewWord[],
  { words: old, programWords }: CommandLine,
  { program, release, knowledge }: Running,
): readonly Note[] {
  const values = words.map((word): Value => ("keep" in word ? (old[word.keep] ?? []) : word.write));
  const faults = validate(values, programWords, program, release, knowledge);
  return faults.map(({ messageId, args }) => ({ messageId, args: { ...args, release } }));
}

/** Words behind the gadget that no release read; one that is known only at run time may hold flags, and stays. */
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

/** No release read these words, but what stands around the command may (`parallel ... ::: a b`). A `--` alone says nothing. */
function droppedDoubts({ words }: CommandLine, dropped: readonly number[]): readonly Note[] {
  if (dropped.every((i) => literal(words[i] ?? []) === "--")) return [];
  const text = dropped.map((i) => display(words[i] ?? [])).join(" ");
  return [{ messageId: "words-dropped", args: { words: text } }];
}
