import type { Edit, Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";
import type { Value, Word, WordList } from "./command.ts";

/** Words in a place that nothing may change: other commands use it too, or it is a part of a larger word. */
export function frozen(words: readonly Word[]): readonly Word[] {
  return behind(words, (list, originals) => new FrozenList(list, originals));
}

/**
 * Words that are read twice, once where they stand and once more by a shell that gets them joined by blanks (`ssh host ig
 * trace exec`): only what needs no quotes may be written.
 */
export function joined(words: readonly Word[]): readonly Word[] {
  return behind(words, (list, originals) => new JoinedList(list, originals));
}

/** The same words with another list before each of theirs, which knows the original of each. */
function behind(
  words: readonly Word[],
  wrap: (list: WordList, originals: ReadonlyMap<Word, Word>) => WordList,
): readonly Word[] {
  const originals = new Map<Word, Word>();
  const lists = new Map<WordList, WordList>();
  return words.map((word) => {
    const list = lists.get(word.list) ?? wrap(word.list, originals);
    lists.set(word.list, list);
    const copy = { ...word, list };
    originals.set(copy, word);
    return copy;
  });
}

class JoinedList implements WordList {
  readonly fragment: Fragment;

  constructor(
    protected readonly list: WordList,
    private readonly originals: ReadonlyMap<Word, Word>,
  ) {
    this.fragment = list.fragment;
  }

  write(value: Value, like?: Word): string | null {
    const isPlain = value.every((part) => typeof part !== "string" || /^[\w@%+=:,./-]+$/.test(part));
    return isPlain && value.length > 0 ? this.list.write(value, like && this.original(like)) : null;
  }

  insertAfter(previous: Word, written: readonly string[]): Edit {
    return this.list.insertAfter(this.original(previous), written);
  }

  cut(first: Word, last: Word): Range | null {
    return this.list.cut(this.original(first), this.original(last));
  }

  inside(word: Word): Fragment | null {
    return this.list.inside(this.original(word));
  }

  protected original(word: Word): Word {
    return this.originals.get(word) ?? word;
  }
}

class FrozenList extends JoinedList {
  override write(): null {
    return null;
  }

  override cut(): null {
    return null;
  }

  override inside(): null {
    return null;
  }
}
