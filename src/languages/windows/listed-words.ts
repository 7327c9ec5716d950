import type { Value, Word, WordList } from "../../commands/command.ts";
import type { Edit, Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";

/** Words with commas between them: `'gadget', "trace", $kind`. */
export class ListedWords implements WordList {
  readonly words: readonly Word[];

  constructor(
    readonly fragment: Fragment,
    range: Range,
  ) {
    const text = fragment.text.slice(range.start, range.end);
    this.words = [...text.matchAll(ELEMENT)].map(({ index, 0: all }): Word => {
      const start = range.start + index;
      return { start, end: start + all.length, value: valueOf(all), list: this };
    });
  }

  write(value: Value): string | null {
    const [only, more] = value;
    if (only === undefined || more !== undefined) return null;
    if (typeof only !== "string") return only.code;
    return /["\n]/.test(only) ? null : `'${only.replaceAll("'", "''")}'`;
  }

  insertAfter(previous: Word, written: readonly string[]): Edit {
    const separator = this.#separator();
    return { start: previous.end, end: previous.end, text: written.map((word) => separator + word).join("") };
  }

  cut(first: Word, last: Word): Range | null {
    const before = this.words[this.words.indexOf(first) - 1];
    const after = this.words[this.words.indexOf(last) + 1];
    if (before !== undefined) return { start: before.end, end: last.end };
    return after === undefined ? null : { start: first.start, end: after.start };
  }

  inside(): null {
    return null;
  }

  /** As the list has it between its first two words. */
  #separator(): string {
    const [first, second] = this.words;
    const gap =
      first === undefined || second === undefined ? "" : this.fragment.text.slice(first.end, second.start);
    return /^[ \t]*,[ \t]*$/.test(gap) ? gap : ", ";
  }
}

const ELEMENT = /'(?:[^'\n]|'')*'|"[^"\n]*"|[^\s,'"]+/g;

function valueOf(element: string): Value {
  if (element.startsWith("'")) return [element.slice(1, -1).replaceAll("''", "'")];
  const inner = element.startsWith('"') ? element.slice(1, -1) : element;
  return /[$`]/.test(inner) ? [{ code: element, words: "one" }] : [inner];
}
