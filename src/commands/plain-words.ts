import type { Value, Word, WordList } from "./command.ts";
import { stretchValue } from "./stretch-value.ts";
import type { Edit, Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";

/** Text that means itself, to a shell and to whoever cuts at blanks. */
export const SAFE_WORD = /^[\w@%+=:,./~-]+$/;

/** Words of a string that is cut at blanks and read by no shell (`execaCommand("...")`, `"...".split(" ")`). */
export class PlainWords implements WordList {
  readonly words: readonly Word[];

  /** @param isForShell whether a shell reads it in the end: then nothing is written that it would have to unquote */
  constructor(
    readonly fragment: Fragment,
    private readonly isForShell = false,
  ) {
    this.words = [...fragment.text.matchAll(/[^\s]+/g)].map(({ index, 0: text }): Word => {
      const range = { start: index, end: index + text.length };
      return { ...range, value: stretchValue(fragment, range), list: this };
    });
  }

  write(value: Value): string | null {
    const text = value.map((part) => (typeof part === "string" ? part : part.code)).join("");
    const allowed = this.isForShell ? SAFE_WORD : /^[^\s"'\\]*$/;
    const isOneWord = value.every((part) => typeof part !== "string" || allowed.test(part));
    return isOneWord && text !== "" ? text : null;
  }

  insertAfter(previous: Word, written: readonly string[]): Edit {
    return { start: previous.end, end: previous.end, text: written.map((word) => ` ${word}`).join("") };
  }

  cut(first: Word, last: Word): Range {
    const before = this.words[this.words.indexOf(first) - 1];
    if (before !== undefined) return { start: before.end, end: last.end };
    const after = this.words[this.words.indexOf(last) + 1];
    return { start: first.start, end: after?.start ?? last.end };
  }

  inside(): null {
    return null;
  }
}
