import { display, type Invocation, type Reading, type Value } from "../commands/command.ts";
import { findCommands, type FoundCommand } from "../commands/find.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Finding, Fix } from "../rules/finding.ts";
import { applyEdits, normalizeEdits, overlaps, type Edit, type Range } from "../text/edits.ts";
import type { ReaderChange } from "../translate/translation.ts";
import type { Document } from "./analyse.ts";
import { stageOf } from "./output-readers.ts";
import { placeOf } from "./places.ts";
import { provenValues } from "./values.ts";

/** What should become of one command. */
export interface Intent {
  /** Null: there is nothing to say about it. */
  readonly finding: Finding | null;
  /** Where each of its words stands in the source. */
  readonly places: readonly Range[];
  /** The words (and its container's image) that it has once its fix is made; those that it has now when it has none. */
  readonly values: readonly Value[];
  /** Words of the readers of its output that its fix changes, and what they become. */
  readonly readers: readonly ReaderChange[];
  /** What there is to say of those who read its output, each by itself. */
  readonly behind?: readonly Intent[];
  /** The same by a plainer fix, for a place that does not take this one. */
  readonly otherwise?: () => Intent;
}

/**
 * The intents whose fixes, made together, lead to the words that were meant; any other loses its fix and says so. For this
 * the fixed text is read again: nothing that a language, a quote or a neighbour does to a fix goes unseen.
 */
export function prove(
  document: Document,
  reading: Reading,
  intents: readonly Intent[],
  knowledge: Knowledge,
): readonly Intent[] {
  let current = agreeOnSharedWords(withoutClashes(intents));
  while (current.some(isFixed)) {
    const failing = failures(document, reading, current, knowledge);
    if (failing.size === 0) return current;
    const alone = [...failing].filter((intent) => failures(document, reading, [intent], knowledge).size > 0);
    const guilty = new Set(alone.length > 0 ? alone : failing);
    const rest = current.map((intent) =>
      guilty.has(intent) ? (intent.otherwise?.() ?? withoutFix(intent, "cannot-write-here")) : intent,
    );
    current = agreeOnSharedWords(rest);
  }
  return current;
}

/** Of two fixes that change the same place differently, the later one goes. */
function withoutClashes(intents: readonly Intent[]): readonly Intent[] {
  const taken: Edit[] = [];
  return intents.map((intent) => {
    const edits = fixOf(intent)?.edits ?? [];
    const clash = edits.some((edit) =>
      taken.some((other) => overlaps(edit, other) && !sameEdit(edit, other)),
    );
    if (clash) return withoutFix(intent, "fix-clashes");
    taken.push(...edits);
    return intent;
  });
}

/**
 * Commands may share words (an array that two calls spread). A fix that changes a shared word changes the other command
 * too: without a fix of that one it goes, and it is no safer than that one.
 */
function agreeOnSharedWords(intents: readonly Intent[]): readonly Intent[] {
  const sharers = sharersByPlace(intents);
  if (sharers.size === 0) return intents;
  let current = intents;
  for (let changed = true; changed;) {
    const next = current.map((intent) => {
      const others = touchedOthers(intent, sharers).map((index) => fixOf(current[index]));
      if (others.includes(null)) return withoutFix(intent, "words-are-shared");
      return others.some((fix) => fix?.grade === "unsafe") ? asUnsafe(intent) : intent;
    });
    changed = next.some((intent, index) => intent !== current[index]);
    current = next;
  }
  return current;
}

/** Places of words that stand in several commands, with the indexes of those. */
function sharersByPlace(intents: readonly Intent[]): ReadonlyMap<string, ReadonlySet<number>> {
  const sharers = new Map<string, Set<number>>();
  for (const [index, { places }] of intents.entries()) {
    for (const place of places) {
      const at = sharers.get(placeKey(place)) ?? new Set();
      sharers.set(placeKey(place), at.add(index));
    }
  }
  return new Map([...sharers].filter(([, indexes]) => indexes.size > 1));
}

/** Indexes of all commands (its own among them) that have a word in common with this one which its fix changes. */
function touchedOthers(intent: Intent, sharers: ReadonlyMap<string, ReadonlySet<number>>): readonly number[] {
  const edits = fixOf(intent)?.edits ?? [];
  return intent.places
    .filter((place) =>
      edits.some((edit) => edit.start <= place.end && place.start < Math.max(edit.end, edit.start + 1)),
    )
    .flatMap((place) => [...(sharers.get(placeKey(place)) ?? [])]);
}

function failures(
  document: Document,
  before: Reading,
  intents: readonly Intent[],
  knowledge: Knowledge,
): ReadonlySet<Intent> {
  const fixed = intents.filter(isFixed);
  const edits = normalizeEdits(fixed.flatMap((intent) => fixOf(intent)?.edits ?? []));
  const after = document.readText(applyEdits(document.text, edits));
  if (after.problems.length > before.problems.length) return new Set(fixed);
  const lines = new Map<string, FoundCommand[]>();
  for (const command of findCommands(after.invocations, knowledge, document.read)) {
    const key = lineKey(placeOf(command).start, provenValues(command));
    lines.set(key, [...(lines.get(key) ?? []), command]);
  }
  return new Set(
    fixed.filter(({ places, values, readers }) => {
      const found = lines.get(lineKey(moved(places[0]?.start ?? 0, edits), values)) ?? [];
      return !found.some((command) => hasReaders(command, readers, after.invocations));
    }),
  );
}

/** Whether the readers of a command came out as they were meant. */
function hasReaders(
  command: FoundCommand,
  readers: readonly ReaderChange[],
  all: readonly Invocation[],
): boolean {
  return readers.every((change) => {
    const found = stageOf(command, change, all)?.[change.word];
    return found !== undefined && lineKey(0, [found.value]) === lineKey(0, [change.value]);
  });
}

/** Where an offset of the text before stands after the edits. */
function moved(offset: number, edits: readonly Edit[]): number {
  return edits
    .filter((edit) => edit.end <= offset && edit.start < offset)
    .reduce((at, edit) => at + edit.text.length - (edit.end - edit.start), offset);
}

/** `$NAME` and `${NAME}` are the same value. */
function lineKey(place: number, values: readonly Value[]): string {
  const words = values.map((value) => display(value).replace(/\$\{(\w+)\}/g, "$$$1"));
  return JSON.stringify([place, ...words]);
}

function placeKey({ start, end }: Range): string {
  return `${start}-${end}`;
}

function fixOf(intent: Intent | undefined): Fix | null {
  return intent?.finding?.fix ?? null;
}

function isFixed(intent: Intent): boolean {
  return fixOf(intent) !== null;
}

function withoutFix(intent: Intent, messageId: string): Intent {
  const { finding } = intent;
  if (finding?.fix == null) return intent;
  return {
    ...intent,
    finding: { ...finding, fix: null, notes: [{ messageId, args: {} }, ...finding.notes] },
  };
}

function asUnsafe(intent: Intent): Intent {
  const { finding } = intent;
  if (finding?.fix?.grade !== "safe") return intent;
  const note = { messageId: "shared-with-unsafe", args: {} };
  return {
    ...intent,
    finding: { ...finding, fix: { ...finding.fix, grade: "unsafe" }, notes: [...finding.notes, note] },
  };
}

function sameEdit(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
