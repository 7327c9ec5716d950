/** A half-open stretch of text; offsets are UTF-16 code units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Replaces `[start, end)` by `text`; an insertion has `start === end`. */
export interface Edit extends Range {
  readonly text: string;
}

/** Whether two ranges share a code unit, or are insertions at one spot. */
export function overlaps(a: Range, b: Range): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}

/** Sorted by place, equal edits once (two commands may share the word that both must change). */
export function normalizeEdits(edits: readonly Edit[]): readonly Edit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.filter((edit, i) => {
    const before = sorted[i - 1];
    return before?.start !== edit.start || before.end !== edit.end || before.text !== edit.text;
  });
}

/**
 * The text with all edits made; bytes outside of them stay.
 * @throws RangeError when two edits overlap or one lies outside the text: the caller did not resolve conflicts
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of normalizeEdits(edits)) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`edit ${edit.start}-${edit.end} overlaps another or leaves the text`);
    }
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
