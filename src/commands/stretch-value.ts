import type { Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";
import type { Dynamic, Value } from "./command.ts";

/** What a stretch of a fragment's text says: its text, with the holes in it as values that nobody knows. */
export function stretchValue(fragment: Fragment, { start, end }: Range): Value {
  const value: (string | Dynamic)[] = [];
  let at = start;
  for (const { start: from, end: to, ...hole } of fragment.holesIn({ start, end })) {
    if (from > at) value.push(fragment.text.slice(at, from));
    value.push(hole);
    at = to;
  }
  if (at < end) value.push(fragment.text.slice(at, end));
  return value;
}
