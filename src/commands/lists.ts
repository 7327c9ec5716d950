import type { Edit, Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";
import type { Value, Word, WordList } from "./command.ts";

/** A place that nothing can be written to. */
export class SealedList implements WordList {
  readonly write: WordList["write"] = () => null;
  readonly inside: WordList["inside"] = () => null;

  constructor(readonly fragment: Fragment) {}

  /** Nothing may follow; the empty edit says so by changing nothing. */
  insertAfter({ end }: Word): Edit {
    return { start: end, end, text: "" };
  }

  cut(): null {
    return null;
  }
}

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

/**
 * The rest of a word as a word of its own (`--image=REFERENCE`). It stands where the whole word does.
 * @param from length of what stands before it, all of it literal
 */
export function attached(word: Word, from: number): Word {
  const [first = "", ...rest] = word.value;
  const text = typeof first === "string" ? first : "";
  const prefix = text.slice(0, from);
  const value = text.length > from ? [text.slice(from), ...rest] : rest;
  const copies = behind([word], (list, originals) => new AttachedList(list, originals, prefix), value);
  return copies[0] ?? word;
}

/** The same words with another list before each of theirs, which knows the original of each. */
function behind(
  words: readonly Word[],
  wrap: (list: WordList, originals: ReadonlyMap<Word, Word>) => WordList,
  value?: Value,
): readonly Word[] {
  const originals = new Map<Word, Word>();
  const lists = new Map<WordList, WordList>();
  return words.map((word) => {
    const list = lists.get(word.list) ?? wrap(word.list, originals);
    lists.set(word.list, list);
    const copy = { ...word, list, value: value ?? word.value };
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

class AttachedList extends JoinedList {
  constructor(
    list: WordList,
    originals: ReadonlyMap<Word, Word>,
    private readonly prefix: string,
  ) {
    super(list, originals);
  }

  override write(value: Value, like?: Word): string | null {
    const [first, ...rest] = value;
    const whole = typeof first === "string" ? [this.prefix + first, ...rest] : [this.prefix, ...value];
    return this.list.write(whole, like && this.original(like));
  }

  override cut(): null {
    return null;
  }

  override inside(word: Word): Fragment | null {
    const whole = this.list.inside(this.original(word));
    return whole?.slice(this.prefix.length, whole.text.length) ?? null;
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
