import { isOwnName } from "../languages/own-names.ts";
import type { Edit, Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";
import { literal, type Value, type Word, type WordList } from "./command.ts";

/** The words that a reference (`$(GADGET)`) stands for, where the file sets it. */
export interface Expansion {
  readonly words: readonly Word[];
  /** Other places use them too, or nobody knows which: they may not change. */
  readonly isHeld: boolean;
}

/**
 * A command's words, with those that a reference stands for in its place.
 * @param expansionOf what the code of a word that is all reference stands for; undefined when it is to stay
 */
export function expand(
  words: readonly Word[],
  expansionOf: (code: string) => Expansion | undefined,
): readonly Word[] {
  const expansions = words.map((word) => {
    const code = referenceIn(word);
    return code === null ? undefined : expansionOf(code);
  });
  if (expansions.every((expansion) => expansion === undefined)) return words;
  const lists = new Map<WordList, HoldingList>();
  return words.flatMap((word, i) => {
    const list = lists.get(word.list) ?? new HoldingList(word.list);
    lists.set(word.list, list);
    const expansion = expansions[i];
    if (expansion === undefined) return [list.pass(word)];
    return expansion.isHeld ? expansion.words.map(({ value }) => list.hold(word, value)) : expansion.words;
  });
}

/** The code of the reference that a word is; null when there is more to it. */
export function referenceIn({ value }: Word): string | null {
  const [only, more] = value;
  return only !== undefined && more === undefined && typeof only !== "string" ? only.code : null;
}

/** Whether words end where the name of a program does, so that what is to change stands behind them. */
export function endWithProgram(words: readonly Word[]): boolean {
  const last = words.at(-1);
  const text = last === undefined ? "" : (literal(last.value) ?? "");
  return /^(?:\S*[/-])?(?:gadget|ig|gadgetctl)$/.test(text) || isOwnName(text);
}

/** A list in which some words stand together in the place of one, and stay as they are. */
class HoldingList implements WordList {
  readonly fragment: Fragment;
  readonly #originals = new Map<Word, Word>();
  readonly #held = new Set<Word>();

  constructor(private readonly list: WordList) {
    this.fragment = list.fragment;
  }

  pass(word: Word): Word {
    const copy = { ...word, list: this };
    this.#originals.set(copy, word);
    return copy;
  }

  hold(word: Word, value: Value): Word {
    const copy = { ...this.pass(word), value, isFixed: true };
    this.#originals.set(copy, word);
    this.#held.add(copy);
    return copy;
  }

  write(value: Value, like?: Word): string | null {
    return this.list.write(value, like && this.#original(like));
  }

  insertAfter(previous: Word, written: readonly string[]): Edit {
    return this.list.insertAfter(this.#original(previous), written);
  }

  cut(first: Word, last: Word): Range | null {
    const isHeld = [...this.#held].some(({ start }) => first.start <= start && start <= last.start);
    return isHeld ? null : this.list.cut(this.#original(first), this.#original(last));
  }

  inside(word: Word): Fragment | null {
    return this.#held.has(word) ? null : this.list.inside(this.#original(word));
  }

  #original(word: Word): Word {
    return this.#originals.get(word) ?? word;
  }
}
