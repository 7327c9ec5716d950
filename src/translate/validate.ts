import { display, literal, type Value } from "../commands/command.ts";
import {
  earlyFlags,
  findImageAt,
  flagsOf,
  rootFlags,
  type KnownFlag,
  type Running,
} from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { Image } from "../knowledge/image.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Span } from "../knowledge/releases.ts";
import { nearest } from "../text/nearest.ts";
import { findCommandWord, type FlagUse } from "./flags.ts";
import { flagThatWas } from "./former-names.ts";
import { readImage } from "./image-word.ts";
import { RunLine, specsOf, type RunLook, type RunSpec } from "./run-line.ts";
import { checkValue } from "./run-values/check.ts";
import type { ValueFault } from "./run-values/fault.ts";
import type { Note, ProgramId } from "./translation.ts";
import { nearestName } from "./unknown.ts";

/** Something that the target refuses, ignores or takes for something else, as a sentence to be. */
export interface Fault extends Note {
  readonly messageId: FaultId;
  /** Index of the word, counted over all words of the command; null when a word is missing. */
  readonly word: number | null;
}

export type FaultId =
  /** The command is not `run`. */
  | "not-run"
  | "no-image"
  /** `-f FILE` names an image already. */
  | "image-and-manifest"
  /** Args: image, nearest (may be empty). */
  | "unknown-image"
  /** Args: image, release, since, until (empty: still there). */
  | "image-not-at"
  /** Args: image, program. */
  | "image-not-on"
  /** `run` reads its words once before it knows the flags of the image, and then takes this word for another. Args: word. */
  | "misread-word"
  /** Args: flag, image, nearest (may be empty). */
  | "unknown-flag"
  /** Args: flag, image, release, since, until. */
  | "flag-not-at"
  /** Args: flag. */
  | "missing-value"
  /** Only the last one counts. Args: flag. */
  | "repeated-flag"
  /** Args: flag, value, expected (see `Expected`), allowed (joined with `, `). */
  | "bad-value"
  /** Args: flag, field, nearest (may be empty). */
  | "unknown-field"
  /** An operand behind the image, which nothing reads. Args: word. */
  | "stray-word";

/**
 * Reads an image-based command as the programs do (spf13/cobra and pflag, twice: before and after the image is known) and
 * tells what the target's tables refuse. What is known only at run time counts as right, and so does an image that
 * Inspektor Gadget does not publish. Never throws.
 * @param programWords how many of the first words name the program
 * @param target a release tag, `vX.Y.Z`
 */
export function validate(
  words: readonly Value[],
  programWords: number,
  program: ProgramId,
  target: string,
  knowledge: Knowledge,
): readonly Fault[] {
  const place = { knowledge, program, release: target };
  const runAt = findCommandWord(words, programWords, specsOf(rootFlags(place)));
  const command = runAt === null ? "" : literal(words[runAt] ?? []);
  if (runAt === null || command !== "run") {
    return command === null ? [] : [{ messageId: "not-run", word: runAt, args: { word: command } }];
  }

  // Flags before `run` are read along with those behind it.
  const line = new RunLine(words, programWords, runAt);
  const early = line.parse(specsOf(earlyFlags(place)), "early");
  const imageAt = early.positionals[0];
  if (imageAt === undefined) return withoutImage(early, words);
  const { name, path, isOfficial } = readImage(words[imageAt] ?? []);
  if (name === null) return [];
  const image = findImageAt(knowledge, path);
  if (image === null) return isOfficial ? [unknownImage(name, imageAt, knowledge)] : [];
  const wrongPlace = checkPlace(image, imageAt, program, target);
  if (wrongPlace !== null) return [wrongPlace];

  const running: Running = { ...place, image };
  const parsed = line.parse(specsOf(flagsOf(running)));
  const taken = findMisread(early, parsed, words);
  if (taken !== null) return [taken];
  const manifest = parsed.uses.find(({ spec }) => spec?.name === "file");
  if (manifest !== undefined) {
    return [{ messageId: "image-and-manifest", word: manifest.wordIndex, args: {} }];
  }
  return [...checkUses(parsed.uses, running), ...strayWords(parsed.positionals.slice(1), words)];
}

/** `run -f FILE` takes image and flags from an instance manifest, and knows no other flags than the early ones. */
function withoutImage({ uses }: RunLook, words: readonly Value[]): readonly Fault[] {
  const unknown = uses.filter(({ spec }) => spec === null);
  if (uses.some(({ spec }) => spec?.name === "file")) {
    return unknown.map((use) => ({
      messageId: "unknown-flag",
      word: use.wordIndex,
      args: { flag: written(use), image: "", nearest: "" },
    }));
  }
  const taken = unknown.find(({ form }) => form === "separate")?.valueIndex;
  if (taken != null) return [misread(taken, words)];
  return [{ messageId: "no-image", word: null, args: {} }];
}

function unknownImage(image: string, word: number, { images }: Knowledge): Fault {
  const near =
    nearest(
      image,
      images.map(({ name }) => name),
    ) ?? "";
  return { messageId: "unknown-image", word, args: { image, nearest: near } };
}

function checkPlace(image: Image, word: number, program: ProgramId, release: string): Fault | null {
  const { name } = image;
  if (!within(image, release)) {
    return { messageId: "image-not-at", word, args: { image: name, release, ...spanArgs(image) } };
  }
  if (!image.programs.includes(program))
    return { messageId: "image-not-on", word, args: { image: name, program } };
  return null;
}

function spanArgs({ since, until }: Span): { readonly since: string; readonly until: string } {
  return { since, until: until ?? "" };
}

/** The first word that the early look takes for something that it is not. */
function findMisread(early: RunLook, parsed: RunLook, words: readonly Value[]): Fault | null {
  const known = early.uses.filter(({ spec }) => spec !== null);
  const stray = known.find((use) => !parsed.uses.some((other) => isSameUse(use, other)));
  if (stray !== undefined) return misread(stray.wordIndex, words);
  const [imageAt] = parsed.positionals;
  return imageAt === early.positionals[0] || imageAt === undefined ? null : misread(imageAt, words);
}

function misread(word: number, words: readonly Value[]): Fault {
  return { messageId: "misread-word", word, args: { word: display(words[word] ?? []) } };
}

function isSameUse(a: FlagUse<RunSpec>, b: FlagUse<RunSpec>): boolean {
  return a.wordIndex === b.wordIndex && a.spec?.name === b.spec?.name && a.valueIndex === b.valueIndex;
}

function checkUses(uses: readonly FlagUse<RunSpec>[], running: Running): readonly Fault[] {
  return uses.flatMap((use, i) => {
    const { spec, value, wordIndex: word } = use;
    if (spec === null) return [unknownFlag(use, running)];
    const flag = spec.name;
    if (value === null)
      return spec.takesValue ? [{ messageId: "missing-value", word, args: { flag } } as const] : [];
    const faults = checkValue(spec.flag, value, running).map((fault) =>
      toFault(fault, flag, use.valueIndex ?? word),
    );
    const isLost = !isList(spec) && uses.slice(i + 1).some((later) => later.spec?.name === flag);
    return isLost ? [...faults, { messageId: "repeated-flag", word, args: { flag } } as const] : faults;
  });
}

function isList({ flag }: RunSpec): boolean {
  return flag.type === "stringSlice" || flag.type === "stringArray";
}

function unknownFlag(use: FlagUse<RunSpec>, running: Running): Fault {
  const { name, short, wordIndex: word } = use;
  const { image, knowledge, program, release } = running;
  const isNamed = (flag: KnownFlag): boolean => (short ? flag.shorthand === name : flag.name === name);
  const operators = [...knowledge.commonOperators, ...image.operators];
  const run = knowledge.runFlags.filter(
    (flag) => operators.includes(flag.operator) && flag.programs.includes(program),
  );
  const elsewhere = [...image.flags, ...run].find((flag) => isNamed(flag) && !within(flag, release));
  const flag = written(use);
  if (elsewhere !== undefined) {
    return {
      messageId: "flag-not-at",
      word,
      args: { flag, image: image.name, release, ...spanArgs(elsewhere) },
    };
  }
  const names = short ? [] : flagsOf(running).map((known) => known.name);
  const near = flagThatWas(name, short, running) ?? nearestName(name, names);
  return {
    messageId: "unknown-flag",
    word,
    args: { flag, image: image.name, nearest: near === null ? "" : `--${near}` },
  };
}

function written({ name, short }: FlagUse<RunSpec>): string {
  return `${short ? "-" : "--"}${name}`;
}

function toFault(fault: ValueFault, flag: string, word: number): Fault {
  if (fault.kind === "unknown-field") {
    return { messageId: fault.kind, word, args: { flag, field: fault.field, nearest: fault.nearest ?? "" } };
  }
  const { value, expected, allowed } = fault;
  return { messageId: fault.kind, word, args: { flag, value, expected, allowed: allowed.join(", ") } };
}

function strayWords(indexes: readonly number[], words: readonly Value[]): readonly Fault[] {
  return indexes.flatMap((word) => {
    const text = literal(words[word] ?? []);
    return text === null ? [] : [{ messageId: "stray-word", word, args: { word: text } } as const];
  });
}
