import type { Reading } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import type { Edit, Range } from "../text/edits.ts";

/**
 * Places of words that stand apart from what they are part of (in a variable, in an array), of everything that is none of
 * the commands (`kubectl get pods $FLAGS`).
 */
export function wordsOfOthers(
  { invocations }: Reading,
  commands: readonly FoundCommand[],
): ReadonlySet<string> {
  if (commands.length === 0) return new Set();
  const own = new Set(commands.map(({ invocation }) => invocation.words));
  const others = invocations
    .filter(({ words }) => !own.has(words))
    .flatMap(({ words }) => words.filter(({ list }) => list !== words[0]?.list));
  return new Set(others.map((word) => keyOf(word.list.fragment.toSource(word))));
}

/** Whether edits change a word that is also one of others. */
export function touches(
  places: readonly Range[],
  edits: readonly Edit[],
  others: ReadonlySet<string>,
): boolean {
  return places.some(
    (place) =>
      others.has(keyOf(place)) &&
      edits.some((edit) => edit.start <= place.end && place.start < Math.max(edit.end, edit.start + 1)),
  );
}

function keyOf({ start, end }: Range): string {
  return `${start}-${end}`;
}
