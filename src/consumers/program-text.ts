import type { Value } from "../commands/command.ts";
import { HOLE } from "../jq/tree.ts";
import type { Edit } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";

/** The text of a word with one unit for each value that is known only at run time. */
export function programText(value: Value): string {
  return value.map((part) => (typeof part === "string" ? part : HOLE)).join("");
}

/** The word with other text around the values that are known only at run time, which all stay, in order. */
export function withText(value: Value, text: string): Value {
  const holes = value.filter((part) => typeof part !== "string");
  const pieces = text.split(HOLE);
  return pieces.flatMap((piece, i): Value => {
    const hole = holes[i - 1];
    return [...(i > 0 && hole !== undefined ? [hole] : []), ...(piece === "" ? [] : [piece])];
  });
}

/**
 * Edits of a word's text (see {@link programText}) as edits of the fragment inside the word; null when the two do not
 * have the same text.
 */
export function editsInside(
  fragment: Fragment,
  value: Value,
  edits: readonly Edit[],
): readonly Edit[] | null {
  const text = programText(value);
  const offsets: number[] = [];
  let at = 0;
  let built = "";
  const { holes } = fragment;
  let next = 0;
  for (const unit of text) {
    offsets.push(...Array.from(unit, () => at));
    if (unit === HOLE) {
      const hole = holes[next++];
      if (hole?.start !== at) return null;
      built += HOLE;
      at = hole.end;
    } else {
      built += fragment.text.slice(at, at + unit.length);
      if (unit.length === 2) offsets[offsets.length - 1] = at + 1;
      at += unit.length;
    }
  }
  offsets.push(at);
  if (built !== text || at !== fragment.text.length || next !== holes.length) return null;
  return edits.map(({ start, end, text: written }) => ({
    start: offsets[start] ?? at,
    end: offsets[end] ?? at,
    text: written,
  }));
}
