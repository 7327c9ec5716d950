import { display, type Value } from "../commands/command.ts";
import { overlaps, type Range } from "../text/edits.ts";
import type { NewWord, Note, Translation } from "../translate/translation.ts";

/**
 * Words of a command that a template may leave out (`{{ if .Values.sort }}--sort reads{{ end }}`): the fix must be right
 * without them too.
 * @param places of the command's words, in offsets of the source
 * @param conditions stretches of the source that may not be there
 * @param translate what becomes of the command with only the words of some indexes
 * @returns a note for each stretch whose absence would need another fix
 */
export function conditionDoubts(
  places: readonly Range[],
  conditions: readonly Range[],
  words: readonly Value[],
  next: readonly NewWord[],
  translate: (kept: readonly number[]) => Translation,
): readonly Note[] {
  const [head] = places;
  if (head === undefined || conditions.length === 0) return [];
  const own = conditions.filter(
    (range) => !overlaps(range, head) && places.some((place) => overlaps(range, place)),
  );
  return own.flatMap((range) => {
    const kept = [...places.keys()].filter((index) => !overlaps(range, places[index] ?? head));
    const without = translate(kept);
    const isRight =
      without.state === "rewrite" &&
      JSON.stringify(valuesOf(words, next, new Set(kept))) ===
        JSON.stringify(
          valuesOf(
            words,
            without.words.map((word) => moved(word, kept)),
            new Set(kept),
          ),
        );
    if (isRight) return without.grade === "unsafe" ? without.notes : [];
    const left = words.filter((_, index) => !kept.includes(index));
    return [{ messageId: "under-condition", args: { words: left.map(display).join(" ") } }];
  });
}

/** A word of a shorter command as one of the whole command. */
function moved(word: NewWord, kept: readonly number[]): NewWord {
  if ("keep" in word) return { keep: kept[word.keep] ?? 0 };
  return word.replaces === undefined ? word : { ...word, replaces: kept[word.replaces] ?? 0 };
}

/** The values of the new words that are there when only some old ones are: what is put behind a lost word is lost with it. */
function valuesOf(
  words: readonly Value[],
  next: readonly NewWord[],
  kept: ReadonlySet<number>,
): readonly Value[] {
  let isThere = true;
  return next.flatMap((word) => {
    const index = "keep" in word ? word.keep : word.replaces;
    if (index !== undefined) isThere = kept.has(index);
    if (!isThere) return [];
    return ["keep" in word ? (words[word.keep] ?? []) : word.write];
  });
}
