import type { FoundCommand } from "../commands/find.ts";
import type { Edit, Range } from "../text/edits.ts";

/** Where the command's first word stands in the source. */
export function placeOf({ words: [first] }: FoundCommand): Range {
  return first === undefined ? { start: 0, end: 0 } : first.list.fragment.toSource(first);
}

/** From the program's word to the last; where the words stand apart, the first stretch that is edited. */
export function rangeOf(command: FoundCommand, edits: readonly Edit[] | null): Range {
  const { head, words } = command;
  const places = [head, ...words].map((word) => word.list.fragment.toSource(word));
  const isTogether =
    words.every(({ list }) => list === head.list) &&
    places.every(({ start }, i) => start >= (places[i - 1]?.start ?? start));
  const [first] = places;
  if (first !== undefined && isTogether) return { start: first.start, end: places.at(-1)?.end ?? first.end };
  const edit = edits?.find(({ start, end }) => end > start) ?? edits?.[0];
  return edit === undefined ? placeOf(command) : { start: edit.start, end: edit.end };
}
