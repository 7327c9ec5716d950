import { display, literal, type Value } from "../commands/command.ts";
import { within } from "../knowledge/releases.ts";
import type { RunFlag } from "../knowledge/flag.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { FlagUse } from "./flags.ts";
import { announcedGadget, writeImage } from "./image-ref.ts";
import { insteadNotes } from "./instead.ts";
import { ANNOUNCED_FLAG } from "./old-flags.ts";
import type { RunSpec } from "./run-line.ts";
import type { CommandLine, NewWord, TranslateOptions, Translation } from "./translation.ts";

const REMOVED = { rule: "removed-option", gadget: null } as const;

/** Flags that `run` had in place of an image, up to v0.21.0 (`--prog`); a command without these either is a manifest, or help. */
export function goneFlags(
  line: CommandLine,
  uses: readonly FlagUse<RunSpec>[],
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  const { target, tag } = options;
  const isGone = ({ until, to }: RunFlag): boolean => until !== null && to?.[0]?.flag === null;
  const rows = knowledge.runFlags.filter((flag) => isGone(flag) && !within(flag, target));
  const gone = rows.find((flag) => uses.some(({ name }) => name === flag.name));
  if (gone === undefined) return { state: "fine" };
  const name = `--${gone.name}`;
  const span = { since: gone.since, until: gone.until ?? "" };
  const row = gone.to?.[0];
  const out = new Set(
    uses
      .filter((use) => rows.some((flag) => flag.name === use.name))
      .flatMap((use) => [use.wordIndex, use.valueIndex ?? use.wordIndex]),
  );
  const rest = line.words.slice(line.programWords).filter((word, i) => {
    return !out.has(i + line.programWords) && literal(word) !== "run";
  });
  return {
    ...REMOVED,
    state: "manual",
    message: { messageId: "flag-not-at", args: { flag: name, image: "run", release: target, ...span } },
    notes: [
      { messageId: "flag-manual", args: { flag: name, note: row?.note ?? "" } },
      ...insteadNotes(row?.instead, { line, flags: uses, rest, tag }),
    ],
    image: null,
    nearest: null,
  };
}

/** A word of a command that is put together from another one: where it stood, or which one it takes the place of. */
type Placed = { readonly value: Value } & ({ readonly from: number } | { readonly replaces: number | null });

/**
 * `run --image REF`, which no release took either: what becomes of `run REF`.
 * @param runAt index of the word `run`, @param asRun what becomes of a command with its image as a word
 */
export function imageByFlag(
  line: CommandLine,
  runAt: number,
  uses: readonly FlagUse<RunSpec>[],
  options: TranslateOptions,
  knowledge: Knowledge,
  asRun: (line: CommandLine) => Translation,
): Translation | null {
  const use = uses.find(
    ({ name, spec, value }) => name === ANNOUNCED_FLAG && spec === null && value !== null,
  );
  if (use?.value == null) return null;
  // Before it, a flag that comes with the image would take it as its value (`-A`).
  const written = imageWords(use.value, line, options, knowledge);
  const gone = [use.wordIndex, use.valueIndex ?? use.wordIndex];
  const keep = (at: number): Placed => ({ value: line.words[at] ?? [], from: at });
  const placed: readonly Placed[] = [
    ...[...line.words.keys()].filter((at) => at <= runAt).map(keep),
    ...written.map((value, i) => ({ value, replaces: i === 0 ? use.wordIndex : null })),
    ...[...line.words.keys()].filter((at) => at > runAt && !gone.includes(at)).map(keep),
  ];
  const run = asRun({ ...line, words: placed.map(({ value }) => value) });
  const back = (word: NewWord): NewWord => {
    const place = placed["keep" in word ? word.keep : (word.replaces ?? -1)];
    if (place === undefined) return word;
    const write = "keep" in word ? place.value : word.write;
    if ("from" in place) return "keep" in word ? { keep: place.from } : { write, replaces: place.from };
    return place.replaces === null ? { write } : { write, replaces: place.replaces };
  };
  const args = { flag: `--${ANNOUNCED_FLAG}`, image: "run", release: options.target };
  const found = { ...REMOVED, message: { messageId: "unknown-flag", args } };
  const note = { messageId: "announced-image", args: {} };
  if (run.state === "fine") {
    const kept = placed.map((_, at) => back({ keep: at }));
    return { ...found, state: "rewrite", grade: "unsafe", image: null, words: kept, notes: [note] };
  }
  if (run.state === "manual") {
    const nearest = (run.nearest ?? placed.map((_, at) => ({ keep: at }))).map(back);
    return { ...found, state: "manual", image: run.image, nearest, notes: [note, run.message, ...run.notes] };
  }
  const { image, readers, notes } = run;
  const changed = run.words.map(back);
  return {
    ...found,
    state: "rewrite",
    grade: "unsafe",
    image,
    words: changed,
    notes: [note, ...notes],
    ...(readers && { readers }),
  };
}

/** The image that the flag names; the announcement's names stand for those of built-in gadgets. */
function imageWords(
  value: Value,
  line: CommandLine,
  options: TranslateOptions,
  knowledge: Knowledge,
): readonly Value[] {
  if (!/(?:^|\/)gadget-[a-z-]+(?:[:@]|$)/.test(display(value))) return [value];
  const named = announcedGadget(display(value), line.program, knowledge);
  const row = named?.gadget.to.find((candidate) => within(candidate, options.target));
  if (row?.image == null) return [value];
  const added = (row.add ?? []).map(({ flag, value: set }) => [
    set === "true" ? `--${flag}` : `--${flag}=${set}`,
  ]);
  return [writeImage([row.image], options), ...added];
}
