import { display, literal, type Value } from "../commands/command.ts";
import type { Running } from "../knowledge/lookup.ts";
import type { Program } from "../knowledge/program.ts";
import { Composition } from "./compose.ts";
import type { FlagUse } from "./flags.ts";
import { joined } from "./image-ref.ts";
import { findNewFlag } from "./new-flags.ts";
import type { GadgetLine } from "./parse.ts";
import type { CommandLine, NewWord } from "./translation.ts";
import type { NewFlagUse } from "./values.ts";

/** A flag as it was written, and what takes its place. */
interface FlagChange {
  readonly use: FlagUse;
  readonly flags: readonly NewFlagUse[];
}

/** What the new command says, before it is known how. */
export interface Content {
  /** The image word. */
  readonly image: Value;
  /** One for each flag of the old command. */
  readonly changes: readonly FlagChange[];
  /** Flags that the old command had no word for. */
  readonly added: readonly NewFlagUse[];
  /** Indexes of words that no release read, and `run` does not either. */
  readonly dropped: readonly number[];
}

/**
 * The words of the new command. Each old word that can stay, stays where and as it is: `run` takes the place of the
 * category, the image that of the gadget; flags move behind the image only where `run` could not read them.
 */
export function writeCommand(
  line: CommandLine,
  parsed: Pick<GadgetLine, "path" | "announced">,
  { image, changes, added, dropped }: Content,
  program: Program,
  running: Running,
): readonly NewWord[] {
  const composition = new Composition();
  renameProgram(composition, line, program);
  const imageAt = placeImage(composition, parsed, image);
  for (const index of dropped) composition.drop(index);
  composition.insertAfter(
    imageAt,
    added.flatMap((flag) => render(flag, null, running)),
  );
  for (const group of byWord(changes)) {
    const moved = placeFlags(composition, group, imageAt, running);
    composition.insertAfter(imageAt, moved);
  }
  return composition.words(line.words.length);
}

/** `local-gadget` is called `ig` today; a folder before it and a platform behind it stay. */
function renameProgram(composition: Composition, line: CommandLine, program: Program): void {
  const [now] = program.now.words;
  const at = line.programWords - 1;
  if (program.now.id === program.id || now === undefined || at < 0) return;
  const rename = (text: string): string => {
    const spelling = program.spellings.find((known) => text.includes(known));
    return spelling === undefined ? text : text.replace(spelling, () => now);
  };
  const word = line.words[at] ?? [];
  const renamed = word.map((part) => (typeof part === "string" ? rename(part) : part));
  if (!sameValue(word, renamed)) composition.replace(at, renamed);
}

/** Puts `run` and the image in the place of the command's words; gives the index of the word that the image stands at. */
function placeImage(
  composition: Composition,
  { path, announced }: Pick<GadgetLine, "path" | "announced">,
  image: Value,
): number {
  const spare = [announced?.wordIndex, announced?.valueIndex].filter((index) => index != null);
  const [runAt = 0, imageAt, ...rest] = [...path, ...(path.length === 0 ? new Set(spare) : [])];
  composition.replace(runAt, ["run"]);
  if (imageAt === undefined) composition.insertAfter(runAt, [image]);
  else composition.replace(imageAt, image);
  for (const index of [...rest, ...(path.length === 0 ? [] : spare)]) composition.drop(index);
  return imageAt ?? runAt;
}

/** The flags by the words that they stand in (`-Av` holds two). */
function byWord(changes: readonly FlagChange[]): readonly (readonly FlagChange[])[] {
  const groups = new Map<number, FlagChange[]>();
  for (const change of changes) {
    const group = groups.get(change.use.wordIndex) ?? [];
    groups.set(change.use.wordIndex, [...group, change]);
  }
  return [...groups.values()];
}

/** Writes the flags of one word in place; gives the words of those that must move behind the image. */
function placeFlags(
  composition: Composition,
  group: readonly FlagChange[],
  imageAt: number,
  running: Running,
): readonly Value[] {
  const at = group[0]?.use.wordIndex ?? 0;
  const valueAt = group.map(({ use }) => use.valueIndex).find((index) => index !== null && index !== at);
  const isBefore = at < imageAt;
  const mayStay = !isBefore || group.every((change) => readsBeforeImage(change, running));
  if (mayStay && canStayWritten(group, running)) return [];

  const words = group.flatMap((change) => change.flags.flatMap((flag) => render(flag, change.use, running)));
  const [first, second, ...rest] = words;
  if (!mayStay || first === undefined) {
    composition.drop(at);
    if (valueAt != null) composition.drop(valueAt);
    return words;
  }
  composition.replace(at, first);
  if (valueAt == null || second === undefined || group.length > 1) {
    if (valueAt != null) composition.drop(valueAt);
    composition.insertAfter(at, words.slice(1));
    return [];
  }
  if (!sameValue(second, group[0]?.use.value ?? null)) composition.replace(valueAt, second);
  composition.insertAfter(valueAt, rest);
  return [];
}

/**
 * `run` looks for its image before it knows the flags of the image's operators: there, a bare flag it does not know takes
 * the next word, and letters behind one are read as flags of their own (spf13/pflag, `UnknownFlags`).
 */
function readsBeforeImage({ use, flags }: FlagChange, running: Running): boolean {
  return flags.every((flag) => {
    if (findNewFlag(flag.name, running)?.root === true) return true;
    if (flag.value === null || use.shared) return false;
    return use.form === "equals" || !display(flag.value).startsWith("-");
  });
}

/**
 * Whether a word can stay to the letter. Where a value stands behind a letter in the same word, or letters in one word take
 * values, `run` must know all of them before it has read the image (see {@link readsBeforeImage}).
 */
function canStayWritten(group: readonly FlagChange[], running: Running): boolean {
  const hasValues = group.some(
    ({ use }) => use.form === "attached" || (group.length > 1 && use.form !== "bare"),
  );
  return group.every(({ use, flags: [flag, ...more] }) => {
    if (flag === undefined || more.length > 0 || !sameValue(flag.value, use.value)) return false;
    const spec = findNewFlag(flag.name, running);
    const keepsName = use.short ? letterOf(flag, use, running) === use.name : flag.name === use.name;
    return keepsName && (!hasValues || spec?.early === true);
  });
}

/** The words of one flag, in the manner of the old one. */
function render(
  { name, value }: NewFlagUse,
  use: FlagChange["use"] | null,
  running: Running,
): readonly Value[] {
  const spec = findNewFlag(name, running);
  const shorthand = use?.short === true ? letterOf({ name, value }, use, running) : null;
  const written = shorthand === null ? `--${name}` : `-${shorthand}`;
  if (value === null) return [[written]];
  // A value that is known only at run time stays in its word.
  const keepsWord = use?.form === "separate" && literal(value) === null && sameValue(value, use.value);
  const separate = keepsWord || (use !== null && use.form !== "equals" && use.short === (shorthand !== null));
  const readable = spec?.flag.type !== "bool" && !display(value).startsWith("-");
  return separate && readable ? [[written], value] : [joined([`${written}=`, ...value])];
}

/** The letter that a flag can be written with; one that the command does not know keeps what it had. */
function letterOf({ name }: NewFlagUse, use: FlagChange["use"], running: Running): string | null {
  const spec = findNewFlag(name, running);
  return spec === null && use.spec === null && use.name === name ? name : (spec?.flag.shorthand ?? null);
}

export function sameValue(a: Value | null, b: Value | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
