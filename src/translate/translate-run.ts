import { display, literal, type Value } from "../commands/command.ts";
import { earlyFlags, findImage, imageReleases, rootFlags, type Running } from "../knowledge/lookup.ts";
import { compareReleases, within } from "../knowledge/releases.ts";
import type { Image } from "../knowledge/image.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { ImageChangeRow } from "../knowledge/mapping.ts";
import { findCommandWord } from "./flags.ts";
import { pinDynamic, pinFloating } from "./floating.ts";
import { isFloating, readImage, withTag, type ImageWord } from "./image-word.ts";
import type { ReadOutput } from "./consumers.ts";
import type { RunChange, WrittenRun } from "./run-change.ts";
import { absentFlags, changeUse, writtenSpecs, type RunFlagUse } from "./run-changes.ts";
import { RunLine, specsOf } from "./run-line.ts";
import { outputModes, outputMoves } from "./run-output.ts";
import { goneFlags, imageByFlag } from "./run-without-image.ts";
import { staleReaders } from "./stale-readers.ts";
import type { CommandLine, NewWord, Note, TranslateOptions, Translation } from "./translation.ts";
import { unknownImage } from "./unknown-image.ts";
import { unpulledNotes } from "./unpulled.ts";
import { validate, type Fault } from "./validate.ts";
import { writeCommand } from "./write-command.ts";

const FINE: Translation = { state: "fine" };

/**
 * What becomes of a command that runs an image already: nothing where the target takes it as it is and its image cannot
 * change under it.
 */
export function translateRun(
  line: CommandLine,
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  const program = knowledge.programs.find(({ id }) => id === line.program);
  const place = { knowledge, program: line.program, release: options.target };
  const runAt = findCommandWord(line.words, line.programWords, specsOf(rootFlags(place)));
  if (program === undefined || runAt === null || literal(line.words[runAt] ?? []) !== "run") return FINE;
  const words = new RunLine(line.words, line.programWords, runAt);
  const early = words.parse(specsOf(earlyFlags(place)), "early");
  const [imageAt] = early.positionals;
  if (imageAt === undefined) {
    const asRun = (other: CommandLine): Translation => translateRun(other, options, knowledge);
    const moved = imageByFlag(line, runAt, early.uses, options, knowledge, asRun);
    return moved ?? goneFlags(line, early.uses, options, knowledge);
  }

  const word = readImage(line.words[imageAt] ?? [], options.registry);
  const written: WrittenRun = { line, program, runAt, imageAt, word };
  if (word.name === null) return pinDynamic(written, options, knowledge);
  // Of an image of one's own the releases are not known.
  if (findImage(knowledge, word.path)?.reference !== undefined) return pinFloating(written, options, null);
  const image = findImage(knowledge, word.name);
  const isMirror = image !== null && isKnownTarget(word.tag, knowledge);
  if (!word.isOfficial && !isMirror) return pinFloating(written, options, null);
  if (image === null) return unknownImage(written, knowledge);
  return translateKnown(written, image, options, knowledge);
}

const REMOVED = { rule: "removed-option", gadget: null } as const;

function translateKnown(
  written: WrittenRun,
  image: Image,
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  const { line, word } = written;
  const faults = reportable(validate(line.words, line.programWords, line.program, options.target, knowledge));
  const release = writtenAt(written, faults.length === 0, options, knowledge);
  const change = changeOf(image, release, line, options, knowledge);
  if (change === null) return gone(image, faults, options);

  const parsed = new RunLine(line.words, line.programWords, written.runAt).parse(writtenSpecs(change));
  if (parsed.positionals[0] !== written.imageAt) return FINE;
  // In a text, more words are most likely the rest of a sentence.
  if (line.role === "text" && parsed.positionals.length > 1) return FINE;
  const uses = parsed.uses.map((use) => changeUse(use, change));
  const renamed = change.to.image === image ? null : (renameOf(image, options.target) ?? null);
  const printing = printingAt(written, change);
  const readerFindings = printing === null ? [] : staleReaders(line.output, outputModes(uses), printing);
  if (faults.length === 0 && renamed === null && !uses.some(({ isChanged }) => isChanged)) {
    return { ...pinFloating(written, options, change.to), readerFindings };
  }
  const found = { ...REMOVED, image: change.to.image.name, message: messageOf(faults, uses, change) };
  const canMove = isFloating(word) || isKnownTarget(word.tag, knowledge) || isOlder(word, knowledge);
  const words = rewritten(written, uses, renamed, change, canMove ? options : null);
  const manual = [
    ...uses.flatMap((use) => use.manual),
    ...(word.isHere || (renamed === null && !canMove) ? [] : [{ messageId: "image-in-constant", args: {} }]),
    ...(word.hasDigest ? [{ messageId: "image-has-digest", args: { release: options.target } }] : []),
  ];
  const left = reportable(
    validate(valuesOf(words, line), line.programWords, line.program, options.target, knowledge),
  );
  const whyNot = [...manual, ...left.map((fault) => faultNote(fault, options.target))];
  const output = outputMoves(line, uses, change);
  const doubts = doubtsOf(
    written,
    output,
    parsed.unclear.map(({ wordIndex }) => wordIndex),
    uses,
    renamed,
    change,
    canMove,
  );
  if (whyNot.length > 0) {
    const isNearer = words.some((next) => "write" in next);
    const notes = [...whyNot, ...doubts].filter(
      (note) => note.messageId !== "tag-stays" && !isSameNote(note, found.message),
    );
    return { ...found, state: "manual", nearest: isNearer ? words : null, notes };
  }
  const grade = doubts.length > 0 ? "unsafe" : "safe";
  const isMoved = !isFloating(word) && word.tag !== options.target;
  const { readers } = output;
  return {
    ...found,
    state: "rewrite",
    grade,
    words,
    readers,
    notes: doubts,
    readerFindings: isMoved ? output.findings : readerFindings,
  };
}

/** The image whose output is read where the command runs; null where another release may print it than its readers know. */
function printingAt({ word }: WrittenRun, { from, to }: RunChange): Running | null {
  if (isFloating(word)) return to;
  return from.release === null || word.tag !== from.release ? null : { ...from, release: from.release };
}

/**
 * The release that the command was written for: that of its tag; the target where it takes all of it; else the oldest that
 * does. Null where nothing tells.
 */
function writtenAt(
  { line, word }: WrittenRun,
  isFine: boolean,
  { target }: TranslateOptions,
  knowledge: Knowledge,
): string | null {
  if (word.tag !== null && isKnownTarget(word.tag, knowledge)) return word.tag;
  if (isFine) return target;
  if (!isFloating(word)) return null;
  const accepts = (tag: string): boolean =>
    reportable(validate(line.words, line.programWords, line.program, tag, knowledge)).length === 0;
  return imageReleases(knowledge).find(accepts) ?? null;
}

/** From the release of the command to the target; null where the target has no such image. */
function changeOf(
  image: Image,
  release: string | null,
  { program: id }: CommandLine,
  { target }: TranslateOptions,
  knowledge: Knowledge,
): RunChange | null {
  const row = renameOf(image, target);
  const next = within(image, target) ? image : findImage(knowledge, row?.image ?? "");
  if (next === null) return null;
  // A tag that the image never had tells nothing.
  const known = release !== null && within(image, release) ? release : null;
  return {
    from: { knowledge, image, program: id, release: known },
    to: { knowledge, image: next, program: id, release: target },
    dataSources: next === image ? {} : (row?.dataSources ?? {}),
  };
}

function renameOf(image: Image, target: string): ImageChangeRow | undefined {
  return image.to?.find((row) => row.image !== null && within(row, target));
}

function gone(image: Image, faults: readonly Fault[], { target }: TranslateOptions): Translation {
  const [fault] = faults;
  if (fault === undefined) return FINE;
  const message = faultNote(fault, target);
  return { ...REMOVED, state: "manual", message, notes: [], image: image.name, nearest: null };
}

/** The words for the target. @param pin null where it must stay as it is */
function rewritten(
  { line, program, runAt, imageAt }: WrittenRun,
  uses: readonly RunFlagUse[],
  renamed: ImageChangeRow | null,
  change: RunChange,
  pin: TranslateOptions | null,
): readonly NewWord[] {
  const old = line.words[imageAt] ?? [];
  const image = pin === null ? old : withTag(old, pin, renamed?.image ?? null);
  const given = new Set(uses.flatMap(({ flags }) => flags.map(({ name }) => name)));
  const required = (renamed?.add ?? []).filter(({ flag }) => !given.has(flag));
  const added = required.map(({ flag, value }) => ({ name: flag, value: value === "true" ? null : [value] }));
  const absent = pin === null ? [] : absentFlags(uses, change);
  const content = { image, changes: uses, added: [...added, ...absent], dropped: [] };
  const words = writeCommand(line, { path: [runAt, imageAt], announced: null }, content, program, change.to);
  return words.map((word) => {
    const at = "write" in word ? word.replaces : undefined;
    const isSame =
      "write" in word && at !== undefined && JSON.stringify(word.write) === JSON.stringify(line.words[at]);
    return isSame ? { keep: at } : word;
  });
}

function messageOf(faults: readonly Fault[], uses: readonly RunFlagUse[], { from, to }: RunChange): Note {
  const [fault] = faults;
  if (fault !== undefined) return faultNote(fault, to.release);
  const changed = uses.find(({ isChanged }) => isChanged);
  const flag = `--${changed?.use.spec?.name ?? ""}`;
  const args = { flag, image: from.image.name, before: from.release ?? "", release: to.release };
  return { messageId: "flag-means-other", args };
}

function doubtsOf(
  { line, word, imageAt }: WrittenRun,
  output: ReadOutput,
  unclear: readonly number[],
  uses: readonly RunFlagUse[],
  renamed: ImageChangeRow | null,
  change: RunChange,
  canMove: boolean,
): readonly Note[] {
  const doubts = uses.flatMap((use) => use.doubts);
  if (renamed?.state === "differs")
    doubts.push({ messageId: "image-differs", args: { note: renamed.note ?? "" } });
  if (!canMove)
    doubts.push({
      messageId: "tag-stays",
      args: { image: display(line.words[imageAt] ?? []), release: change.to.release },
    });
  if (isOlder(word, change.to.knowledge)) {
    const [first = ""] = imageReleases(change.to.knowledge);
    doubts.push({ messageId: "image-older", args: { image: display(line.words[imageAt] ?? []), first } });
  }
  if (!word.isOfficial)
    doubts.push({
      messageId: "mirror-needs-image",
      args: { image: change.to.image.name, release: change.to.release },
    });
  if (canMove && (renamed !== null || word.tag !== change.to.release)) doubts.push(...unpulledNotes(line));
  for (const at of unclear) {
    doubts.push({ messageId: "may-hold-flags", args: { word: display(line.words[at] ?? []) } });
  }
  doubts.push(...output.doubts);
  if (line.role === "text") doubts.push({ messageId: "shown-to-people", args: {} });
  return doubts;
}

/** Faults that are about what the target has; the others were there at every release. */
function reportable(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ messageId }) => REPORTED.includes(messageId));
}

const REPORTED: readonly Fault["messageId"][] = [
  "image-not-at",
  "flag-not-at",
  "unknown-flag",
  "unknown-field",
  "bad-value",
];

function faultNote({ messageId, args }: Fault, release: string): Note {
  return { messageId, args: { ...args, release } };
}

function valuesOf(words: readonly NewWord[], line: CommandLine): readonly Value[] {
  return words.map((word) => ("keep" in word ? (line.words[word.keep] ?? []) : word.write));
}

function isKnownTarget(tag: string | null, knowledge: Knowledge): tag is string {
  return tag !== null && imageReleases(knowledge).includes(tag);
}

/** Published before the releases whose flags and fields are known. */
function isOlder({ tag, isOfficial }: ImageWord, knowledge: Knowledge): boolean {
  const [first = ""] = imageReleases(knowledge);
  return (
    isOfficial &&
    knowledge.releases.some((release) => release.tag === tag) &&
    compareReleases(tag ?? "", first) < 0
  );
}

function isSameNote(a: Note, b: Note): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
