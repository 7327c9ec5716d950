import { normalizeEdits, overlaps, type Edit } from "../text/edits.ts";
import type { NewWord } from "../translate/translation.ts";
import type { Value, Word } from "./command.ts";

/**
 * The edits of the source that turn a command into its new words; null when one of its places cannot hold them.
 * @param words the command's words, wherever each stands
 * @param next the new command; what it keeps or replaces comes in the order of `words`
 */
export function rewrite(words: readonly Word[], next: readonly NewWord[]): readonly Edit[] | null {
  const edits: (Edit | null)[] = [];
  const kept = new Set<number>();
  let previous: Word | undefined;
  let inserted: string[] = [];
  /** What the previous word becomes, until it is known what stands behind it. */
  let replaced: Edit | undefined;

  const flush = (): void => {
    if (previous !== undefined) {
      const insertion = inserted.length > 0 ? previous.list.insertAfter(previous, inserted) : undefined;
      edits.push(...together(previous, replaced, insertion));
    }
    inserted = [];
    replaced = undefined;
  };

  for (const word of next) {
    const index = "keep" in word ? word.keep : word.replaces;
    if (index === undefined) {
      const written = previous?.list.write(newValue(words, word), previous) ?? null;
      if (written === null) return null;
      inserted.push(written);
      continue;
    }
    flush();
    const old = words[index];
    if (old === undefined) return null;
    kept.add(index);
    previous = old;
    if ("keep" in word) continue;
    if (old.isFixed === true) return null;
    const text = old.list.write(word.write, old);
    if (text === null) return null;
    replaced = aroundValues(old, text);
  }
  flush();
  for (const [first, last] of dropped(words, kept)) {
    const cut = first.list.cut(first, last);
    edits.push(cut === null ? null : toSource(first, { ...cut, text: "" }));
  }
  return settled(edits);
}

/**
 * A word's replacement and what is put behind it, as one edit where they touch: both belong to the literal that the word
 * stands in, not to the one behind it.
 */
function together(
  word: Word,
  replaced: Edit | undefined,
  insertion: Edit | undefined,
): readonly (Edit | null)[] {
  const touch = insertion?.start === replaced?.end && insertion?.end === insertion?.start;
  if (replaced !== undefined && insertion !== undefined && touch && isBehindAnother(word)) {
    const whole = toSource(word, { ...replaced, text: replaced.text + insertion.text });
    if (whole !== null) return [whole];
  }
  return [replaced, insertion].flatMap((edit) => (edit === undefined ? [] : [toSource(word, edit)]));
}

/** Whether a word stands behind another in the same literal, which then may hold several. */
function isBehindAnother(word: Word): boolean {
  const { fragment } = word.list;
  const { start } = fragment.toSource(word);
  return /[ \t]/.test(fragment.source[start - 1] ?? "");
}

/** The value that a word of the new command has. */
export function newValue(words: readonly Word[], word: NewWord): Value {
  return "keep" in word ? (words[word.keep]?.value ?? []) : word.write;
}

/** A word's new text, without what it keeps at one end: a value that another program puts there may have to stay (`%d`). */
function aroundValues({ list: { fragment }, start, end }: Word, text: string): Edit {
  const old = fragment.holesIn({ start, end }).length > 0 ? fragment.code({ start, end }) : "";
  if (old !== "" && text.startsWith(old)) return { start: end, end, text: text.slice(old.length) };
  if (old !== "" && text.endsWith(old)) return { start, end: start, text: text.slice(0, -old.length) };
  return { start, end, text };
}

/** Runs of neighbours in one list that the new command does without, as [first, last]. */
function dropped(words: readonly Word[], kept: ReadonlySet<number>): readonly (readonly [Word, Word])[] {
  const runs: [Word, Word][] = [];
  let open: [Word, Word] | undefined;
  for (const [index, word] of words.entries()) {
    if (kept.has(index)) open = undefined;
    else if (open?.[1].list === word.list) open[1] = word;
    else runs.push((open = [word, word]));
  }
  return runs;
}

function toSource(word: Word, edit: Edit): Edit | null {
  return word.list.fragment.toSourceEdit(edit);
}

function settled(edits: readonly (Edit | null)[]): readonly Edit[] | null {
  const possible = edits.filter((edit) => edit !== null);
  if (possible.length < edits.length) return null;
  const sorted = normalizeEdits(possible);
  const clash = sorted.some((edit, i) => {
    const before = sorted[i - 1];
    return before !== undefined && overlaps(before, edit);
  });
  return clash ? null : sorted;
}
