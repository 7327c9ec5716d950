import { editsInside } from "../consumers/program-text.ts";
import type { Edit } from "../text/edits.ts";
import type { ReaderChange } from "../translate/translation.ts";
import type { Word } from "./command.ts";

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
  const placed = inside === null ? undefined : inner?.map((edit) => inside.toSourceEdit(edit));
  if (placed?.every((edit) => edit !== null) === true) return placed;
  const text = word.list.write(value, word);
  const whole =
    text === null ? null : word.list.fragment.toSourceEdit({ start: word.start, end: word.end, text });
  return whole === null ? null : [whole];
}
