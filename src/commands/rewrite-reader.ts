import { editsInside } from "../consumers/program-text.ts";
import type { Edit } from "../text/edits.ts";
import type { ReaderChange } from "../translate/translation.ts";
import type { Value, Word } from "./command.ts";

/**
 * The edits of the source that change a word of a command that reads the output; null when its place cannot hold the new
 * text. What need not change in the word stays byte for byte, where the place allows.
 */
export function rewriteReader(
  word: Word,
  { edits, value }: Pick<ReaderChange, "edits" | "value">,
): readonly Edit[] | null {
  if (word.isFixed === true) return null;
  const inside = word.list.inside(word);
  const inner = inside === null ? null : editsInside(inside, word.value, edits);
  const placed = inner?.map((edit) => inside?.toSourceEdit(edit) ?? null) ?? [null];
  const isAsWritten = placed.every((edit, i) => edit?.text === edits[i]?.text);
  // Where single units would have to be escaped, quotes around the whole read better.
  return (isAsWritten ? allOf(placed) : null) ?? whole(word, value) ?? allOf(placed);
}

function whole({ start, end, list }: Word, value: Value): readonly Edit[] | null {
  const text = list.write(value);
  return text === null ? null : allOf([list.fragment.toSourceEdit({ start, end, text })]);
}

function allOf(edits: readonly (Edit | null)[]): readonly Edit[] | null {
  const made = edits.filter((edit) => edit !== null);
  return made.length === edits.length ? made : null;
}
