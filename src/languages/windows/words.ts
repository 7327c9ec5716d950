import type { Value, Word, WordList } from "../../commands/command.ts";
import type { Edit, Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Dialect } from "./dialect.ts";

/** The words of one command line. */
export class LineWords implements WordList {
  readonly words: Word[] = [];

  constructor(
    readonly fragment: Fragment,
    private readonly dialect: Dialect,
  ) {}

  add(range: Range, value: Value): void {
    this.words.push({ ...range, value, list: this });
  }

  write(value: Value): string | null {
    const [only, more] = value;
    if (only === undefined) return null;
    const { plain, compose } = this.dialect;
    if (more !== undefined)
      return value.every((part) => typeof part !== "string" || plain.test(part)) ? compose(value) : null;
    if (typeof only !== "string") return only.code;
    if (this.dialect.plain.test(only)) return only;
    return this.dialect.unwritable.test(only) ? null : this.dialect.quote(only);
  }

  insertAfter({ end }: Word, written: readonly string[]): Edit {
    return { start: end, end, text: written.map((word) => ` ${word}`).join("") };
  }

  dashless(code: string): string | null {
    return this.dialect.dashless(code);
  }

  cut(first: Word, last: Word): Range | null {
    const before = this.words[this.words.indexOf(first) - 1];
    if (before === undefined) return null;
    const gaps = this.words.slice(this.words.indexOf(first), this.words.indexOf(last) + 1);
    const isBlank = [before, ...gaps.slice(0, -1)].every((word, i) =>
      /^[ \t]*$/.test(this.fragment.text.slice(word.end, gaps[i]?.start)),
    );
    return isBlank ? { start: before.end, end: last.end } : null;
  }

  /** The text between quotes, where no unit of it is an escape. */
  inside({ start, end }: Word): Fragment | null {
    const text = this.fragment.text.slice(start, end);
    const quote = text[0] ?? "";
    const inner = text.slice(1, -1);
    const isWhole = this.dialect.quotes.includes(quote) && text.length > 1 && text.endsWith(quote);
    if (!isWhole || inner.includes(quote) || inner.includes(this.dialect.escape)) return null;
    return this.fragment.slice(start + 1, end - 1, (written) =>
      /["'`^%!$\n]/.test(written) ? null : written,
    );
  }
}
