import type { Dynamic, Value, Word, WordList } from "../../commands/command.ts";
import type { Edit, Range } from "../../text/edits.ts";
import { type Fragment, type Hole, PieceBuilder } from "../../text/fragment.ts";
import { decode, decoded, type Quotes, type Segment } from "./decode.ts";
import { braced, encode, encodeAcross, writeWord } from "./quote.ts";

/** What is known of the value of an expansion: a constant's, a list's of a loop. */
export type Known = (code: string) => readonly string[] | undefined;

/** What a word stands for, literal text unquoted. */
export function valueOf(segments: readonly Segment[], fragment: Fragment, known: Known): Value {
  const value: (string | Dynamic)[] = [];
  const add = (part: string | Dynamic): void => {
    const last = value.at(-1);
    if (typeof part !== "string" || typeof last !== "string") value.push(part);
    else value[value.length - 1] = last + part;
  };
  for (const segment of segments) {
    if (segment.kind === "text") {
      for (const part of textValue(segment, fragment)) add(part);
      continue;
    }
    const code = fragment.code(segment);
    const values = known(code);
    add({ code, words: segment.words, ...(values === undefined ? {} : { known: values }) });
  }
  return value;
}

/** Literal text, with the holes in it as dynamic values: between quotes a hole is never several words. */
function textValue(segment: Segment, fragment: Fragment): Value {
  const { start, end, quotes } = segment;
  const holes = fragment.holesIn(segment);
  const value: (string | Dynamic)[] = [];
  let at = start;
  const addText = (to: number): void => {
    const text = decoded({ ...segment, start: at, end: to }, fragment.text);
    if (text !== "") value.push(text);
  };
  for (const { start: from, end: to, code, words, known } of holes) {
    addText(Math.max(at, from));
    value.push({ code, words: quotes === "bare" ? words : "one", ...(known === undefined ? {} : { known }) });
    at = Math.min(end, Math.max(at, to));
  }
  addText(end);
  return value;
}

interface Entry {
  readonly word: Word;
  readonly segments: readonly Segment[];
  /** What the word is put together from as a text, that of variables included. */
  readonly script: readonly Segment[];
}

/** The words of one simple command (or of one array), with blanks between them. */
export class ShellWords implements WordList {
  readonly #entries: Entry[] = [];
  /** Everything that stands between words or is one, in order. */
  readonly #items: Range[] = [];

  constructor(
    readonly fragment: Fragment,
    private readonly known: Known,
  ) {}

  get words(): readonly Word[] {
    return this.#entries.map((entry) => entry.word);
  }

  /**
   * The next word.
   * @param script what its text is put together from, where that is more than its own segments
   */
  add(range: Range, segments: readonly Segment[], script = segments): Word {
    const value = valueOf(segments, this.fragment, this.known);
    const word: Word = { start: range.start, end: range.end, value, list: this };
    this.#entries.push({ word, segments, script });
    this.#items.push(word);
    return word;
  }

  /** The next thing that is no word: a redirect. */
  skip({ start, end }: Range): void {
    this.#items.push({ start, end });
  }

  write(value: Value, like?: Word): string | null {
    return writeWord(value, this.fragment.holes, like === undefined ? undefined : this.#quotesOf(like));
  }

  insertAfter(previous: Word, written: readonly string[]): Edit {
    return { start: previous.end, end: previous.end, text: written.map((word) => ` ${word}`).join("") };
  }

  dashless(code: string): string | null {
    const name = /^\$(?:(\w+)|\{(\w+)\})$/.exec(code)?.slice(1).join("") ?? "";
    const isFilledIn = this.fragment.holes.some((hole) => hole.code === code);
    return name === "" || isFilledIn ? null : `\${${name}//-/}`;
  }

  cut(first: Word, last: Word): Range | null {
    const from = this.#items.findIndex((item) => item.start === first.start);
    const to = this.#items.findIndex((item) => item.start === last.start);
    const words = this.#entries.filter(({ word }) => first.start <= word.start && word.start <= last.start);
    if (from < 0 || words.length !== to - from + 1) return null;
    const before = this.#items[from - 1];
    const after = this.#items[to + 1];
    if (before !== undefined && this.#isBlank({ start: before.end, end: first.start })) {
      return { start: before.end, end: last.end };
    }
    if (after !== undefined && this.#isBlank({ start: last.end, end: after.start })) {
      return { start: first.start, end: after.start };
    }
    return this.#sharesLine(before, first) ? { start: first.start, end: last.end } : null;
  }

  inside(word: Word): Fragment | null {
    const script = this.#entryOf(word)?.script;
    return script === undefined ? null : insideOf(script, this.fragment, this.known);
  }

  #entryOf({ start }: Word): Entry | undefined {
    return this.#entries.find((entry) => entry.word.start === start);
  }

  /** The quotes that the whole word stands in. */
  #quotesOf(word: Word): Quotes | undefined {
    const segments = this.#entryOf(word)?.segments ?? [];
    const [first] = segments;
    return segments.every((segment) => segment.part === first?.part) ? first?.quotes : undefined;
  }

  /** Whether only blanks and continued line ends stand there: no comment, no template action. */
  #isBlank(gap: Range): boolean {
    const { start, end } = this.fragment.toSource(gap);
    return /^(?:[ \t]|\\?\r?\n)*$/.test(this.fragment.source.slice(start, end));
  }

  #sharesLine(before: Range | undefined, word: Word): boolean {
    return before !== undefined && !this.fragment.text.slice(before.end, word.start).includes("\n");
  }
}

/** The text that a word stands for as a fragment; the expansions of the shell around it are holes there. */
export function insideOf(segments: readonly Segment[], fragment: Fragment, known: Known): Fragment {
  const builder = new PieceBuilder();
  const areas: Area[] = [];
  for (const segment of segments) {
    const from = builder.length;
    if (segment.kind === "text") decode(segment, fragment.text, builder);
    else builder.hole(holeOf(fragment.code(segment), known), segment.start, segment.end);
    const { part, quotes, origin } = segment;
    const area = areas.at(-1);
    if (area?.part === part && area.origin === origin) area.to = builder.length;
    else areas.push({ part, quotes, origin, from, to: builder.length });
  }
  const areaAt = (unit: number): Area | undefined => areas.find(({ from, to }) => from <= unit && unit < to);
  return fragment.child(
    builder.build((text, at) => {
      const last = areas.findLast(({ from, to }) => from < to);
      const first = areaAt(at.start) ?? last;
      const end = at.end > at.start ? areaAt(at.end - 1) : first;
      if (first === undefined || end === undefined || first.origin !== end.origin) return null;
      return first === end ? encode(text, first.quotes) : encodeAcross(text, first.quotes, end.quotes);
    }),
  );
}

/** An expansion as a script sees it that the shell around it puts together. */
export function holeOf(code: string, known: Known): Omit<Hole, "start" | "end"> {
  const values = known(code);
  const areWords = values?.every((value) => /^\S+$/.test(value)) === true;
  return { code: braced(code), words: "any", ...(areWords ? { known: values } : {}) };
}

/** What stands in one pair of quotes, as offsets of the decoded text. */
interface Area {
  readonly part: number;
  readonly quotes: Quotes;
  readonly origin: number | undefined;
  readonly from: number;
  to: number;
}
