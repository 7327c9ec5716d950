import { display, type Reading, type Value } from "../commands/command.ts";
import { findCommands } from "../commands/find.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Finding } from "../rules/finding.ts";
import { applyEdits, normalizeEdits, overlaps, type Edit } from "../text/edits.ts";
import type { Note } from "../translate/translation.ts";
import { placeOf, type Document } from "./analyse.ts";

/** A finding, and the words that its command has once the fix is made. */
export interface Intent {
  readonly finding: Finding;
  /** Source offset of the command's first word. */
  readonly place: number;
  readonly values: readonly Value[];
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
  let current = withoutClashes(intents);
  while (current.some(({ finding }) => finding.fix !== null)) {
    const failing = failures(document, reading, current, knowledge);
    if (failing.size === 0) return current;
    const alone = [...failing].filter((intent) => failures(document, reading, [intent], knowledge).size > 0);
    const guilty = new Set(alone.length > 0 ? alone : failing);
    current = current.map((intent) => (guilty.has(intent) ? withoutFix(intent, "cannot-write-here") : intent));
  }
  return current;
}

/** Of two fixes that change the same place differently, the later one goes. */
function withoutClashes(intents: readonly Intent[]): readonly Intent[] {
  const taken: Edit[] = [];
  return intents.map((intent) => {
    const edits = intent.finding.fix?.edits ?? [];
    const clash = edits.some((edit) => taken.some((other) => overlaps(edit, other) && !sameEdit(edit, other)));
    if (clash) return withoutFix(intent, "fix-clashes");
    taken.push(...edits);
    return intent;
  });
}

function failures(
  document: Document,
  before: Reading,
  intents: readonly Intent[],
  knowledge: Knowledge,
): ReadonlySet<Intent> {
  const fixed = intents.filter(({ finding }) => finding.fix !== null);
  const edits = normalizeEdits(fixed.flatMap(({ finding }) => finding.fix?.edits ?? []));
  const after = document.readText(applyEdits(document.text, edits));
  if (after.problems.length > before.problems.length) return new Set(fixed);
  const lines = new Set<string>();
  for (const command of findCommands(after.invocations, knowledge, document.read)) {
    const values = command.words.map((word) => word.value);
    lines.add(key(placeOf(command).start, values));
  }
  return new Set(fixed.filter(({ place, values }) => !lines.has(key(moved(place, edits), values))));
}

/** Where an offset of the text before stands after the edits. */
function moved(offset: number, edits: readonly Edit[]): number {
  return edits
    .filter((edit) => edit.end <= offset && edit.start < offset)
    .reduce((at, edit) => at + edit.text.length - (edit.end - edit.start), offset);
}

function key(place: number, values: readonly Value[]): string {
  const words = values.map((value) => display(value).replace(/\$\{(\w+)\}/g, "$$$1"));
  return JSON.stringify([place, ...words]);
}

function withoutFix(intent: Intent, messageId: string): Intent {
  const note: Note = { messageId, args: {} };
  return { ...intent, finding: { ...intent.finding, fix: null, notes: [note, ...intent.finding.notes] } };
}

function sameEdit(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
