import { overlaps, type Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { UnitMap } from "../../text/unit-map.ts";
import type { Action } from "./actions.ts";
import { Canvas } from "./canvas.ts";
import { extentOf, linesOf, type Line } from "./lines.ts";
import { BLOCK_HEADER, keyColumn, openQuote, QUOTED_VALUE } from "./yaml-line.ts";
import { definitionEnds, printsList, repeatedIn } from "./repeats.ts";

/** What the masked text is parsed as. */
type Inner = "yaml" | "lines";

/**
 * A template as a parser of what it makes needs it, without moving anything. Inline values are letters, known as holes.
 * Lines of nothing but actions are comments, or vanish where a comment would be text; a list or a value that comes from
 * elsewhere is one word of letters in its place.
 * @param leftOut text that this way through the template does not print, see `waysThrough`
 */
export function mask(
  file: Fragment,
  actions: readonly Action[],
  leftOut: readonly Range[],
  inner: Inner,
): Fragment {
  const canvas = new Painter(file.text, actions, leftOut, inner).paint();
  const { holes, guarded } = canvas;
  const text = canvas.text();
  const units = new UnitMap();
  units.copy(0, text.length);
  return file.child({
    text,
    units,
    holes,
    // An edit over something hidden would take `{{ if }}` away and leave its `{{ end }}`.
    encode: (written, at) =>
      guarded.some(
        (range) => overlaps(range, at) && !written.includes(file.text.slice(range.start, range.end)),
      )
        ? null
        : written,
  });
}

/** The block scalar that a line is in: `indent` is the column of what holds it. */
interface Block {
  readonly indent: number;
  readonly folded: boolean;
}

class Painter {
  readonly #source: string;
  readonly #canvas: Canvas;
  readonly #lines: readonly Line[];
  readonly #inner: Inner;
  readonly #repeated: ReadonlySet<Action>;
  readonly #separators: ReadonlySet<number>;
  #block: Block | null;
  /** Offset of the backslash that ends the last line. */
  #continuedAt = -1;
  /** The quote that a scalar over several lines is in. */
  #quote: string | null = null;
  /** Column of the dash that begins the last line outside of block scalars, -1 when there is none. */
  #dash = -1;
  /** Column of the key that the last line leaves without a value, -1 when there is none. */
  #openKey = -1;

  constructor(source: string, actions: readonly Action[], leftOut: readonly Range[], inner: Inner) {
    this.#source = source;
    this.#canvas = new Canvas(source);
    this.#lines = linesOf(source, actions, leftOut);
    this.#inner = inner;
    this.#block = inner === "lines" ? { indent: -1, folded: false } : null;
    this.#repeated = repeatedIn(actions);
    this.#separators = definitionEnds(actions);
  }

  paint(): Canvas {
    for (const [i, line] of this.#lines.entries()) {
      if (line.column !== -1) this.#textLine(line, i);
      else if (line.values.length > 0) this.#valueLine(line, i);
      else if (line.hidden.length > 0) this.#hide(line);
    }
    return this.#canvas;
  }

  #textLine(line: Line, index: number): void {
    for (const value of line.values) this.#fillInline(value, line);
    for (const range of line.hidden) this.#canvas.blank(range);
    const start = this.#moveToOwnLine(line);
    const shown = this.#canvas.slice({ start, end: line.end });
    this.#continuedAt = /(?:^|[^\\])(?:\\\\)*\\\s*$/.test(shown) ? start + shown.lastIndexOf("\\") : -1;
    if (this.#inner === "lines" || (this.#block !== null && line.column > this.#block.indent)) return;
    this.#block = null;
    if (this.#quote !== null) {
      this.#quote = openQuote(this.#quote + shown);
      return;
    }
    if (/^\s*#/.test(shown)) return;
    const key = keyColumn(shown);
    this.#dash = /^\s*-(?=\s|$)/.test(shown) ? shown.indexOf("-") : -1;
    this.#openKey = /:\s*(?:#.*)?$/.test(shown) ? key : -1;
    this.#quote = openQuote(QUOTED_VALUE.exec(shown)?.[1] ?? "");
    if (BLOCK_HEADER.test(shown)) this.#block = { indent: key, folded: shown.includes(">") };
    this.#dropMapping(line, start, index);
  }

  #fillInline(value: Action, line: Line): void {
    const before = this.#source.slice(line.start, value.start);
    const isItem = /^\s*-\s*$/.test(before + this.#source.slice(value.end, line.end));
    const isAny = line.hasControl || printsList(value) || (isItem && this.#repeated.has(value));
    if (this.#inner === "yaml" && this.#block === null && BLOCK_HEADER.test(before)) {
      // `key: |- {{ ... | nindent 2 }}` prints the text of the block scalar.
      this.#canvas.commentOut(value);
      return;
    }
    // `key:{{ ... | nindent 2 }}` prints a line end first.
    const isGlued = before.endsWith(":") && /\bnindent\b/.test(value.body);
    if (isGlued) this.#canvas.blank({ start: value.start, end: value.start + 1 });
    this.#canvas.fill({ start: value.start + (isGlued ? 1 : 0), end: value.end }, isAny ? "any" : "one");
  }

  /**
   * `{{ if .x }}key: value{{ end }}`: line ends in the place of the action let the text begin where it will.
   * @returns where the line as the parser sees it begins
   */
  #moveToOwnLine({ start, column, textColumn }: Line): number {
    const isPlace = this.#inner === "yaml" && this.#block?.folded !== true && this.#continuedAt === -1;
    if (textColumn === column || !isPlace) return start;
    const from = start + textColumn - column;
    this.#canvas.write({ start, end: from }, "\n");
    this.#canvas.write({ start: from, end: start + textColumn }, " ");
    this.#canvas.guarded.push({ start, end: start + textColumn });
    return from;
  }

  /** `key: {{ ... }}` and `- {{ ... }}` before deeper lines print the first fields of a mapping. */
  #dropMapping(line: Line, start: number, index: number): void {
    const [value, more] = line.values;
    if (value === undefined || more !== undefined || this.#block !== null) return;
    const before = this.#canvas.slice({ start, end: value.start });
    const behind = this.#canvas.slice({ start: value.end, end: line.end });
    if (behind.trim() !== "" || !/(?:^|\s)(?:-|\S+:)\s+$/.test(before)) return;
    const column = /-\s+$/.test(before) ? before.lastIndexOf("-") : keyColumn(before);
    if (this.#next(index).column <= column) return;
    const hole = this.#canvas.holes.findIndex((each) => each.end === value.end);
    this.#canvas.holes.splice(hole, 1);
    this.#canvas.blank(value);
  }

  /** A line that is nothing but what is filled in. */
  #valueLine(line: Line, index: number): void {
    const [first] = line.values;
    if (first === undefined) return;
    const column = first.start - line.start;
    const isText = this.#quote !== null || this.#continuedAt !== -1;
    if (isText || (this.#block !== null && column > this.#block.indent)) {
      for (const value of line.values) this.#canvas.fill(value, "any");
      for (const range of line.hidden) this.#canvas.blank(range);
      this.#continuedAt = -1;
      return;
    }
    if (this.#block !== null) {
      this.#hide(line);
      return;
    }
    const next = this.#next(index);
    const inList = this.#columnOfItem(line, column, next);
    if (inList !== -1) this.#lay(line, inList, "- ");
    else if (this.#openKey !== -1 && next.column <= this.#openKey) this.#lay(line, this.#openKey + 1, "");
    else this.#comment(line);
  }

  /** Column of the dashes of the list that a line prints items of, -1 when it prints something else. */
  #columnOfItem({ values }: Line, column: number, next: Line | typeof END): number {
    const indentation = /\|\s*n?indent\s+(\d+)/.exec(values.at(-1)?.body ?? "")?.[1];
    const printed = indentation === undefined ? column : Number(indentation);
    if (this.#dash !== -1 && this.#dash === printed) return this.#dash;
    const startsList = this.#openKey !== -1 && next.column >= this.#openKey && this.#isItem(next);
    return startsList ? next.column : -1;
  }

  #isItem({ start, end }: Range): boolean {
    return /^\s*-(?=\s|$)/.test(this.#source.slice(start, end));
  }

  /** Lays one word of letters, behind `marker`, at a column of a line; a comment where it is too short. */
  #lay(line: Line, column: number, marker: string): void {
    const all = extentOf(line);
    const start = line.start + column + marker.length;
    if (start >= all.end) {
      this.#comment(line);
      return;
    }
    this.#canvas.write({ start: line.start, end: all.end }, " ");
    this.#canvas.put(line.start + column, marker);
    this.#canvas.write({ start, end: all.end }, "x");
    this.#canvas.holes.push({
      start,
      end: all.end,
      code: this.#source.slice(all.start, all.end),
      words: "any",
    });
    this.#canvas.guarded.push({ start: line.start, end: start });
    if (marker === "") this.#openKey = -1;
    else this.#dash = column;
  }

  /** A line of which nothing is seen. */
  #hide(line: Line): void {
    const [first] = line.hidden;
    if (first !== undefined && this.#separators.has(first.start) && first.start === line.start) {
      this.#separate(line);
    } else if (this.#block === null) {
      if (line.hasControl && this.#quote === null) this.#comment(line);
      else this.#empty(line);
    } else if (this.#block.folded) this.#joinToLast(line);
    else if (this.#continuedAt !== -1) this.#continueThrough(line);
    else this.#empty(line);
  }

  /** Each `{{ define }}` is a document of its own. */
  #separate(line: Line): void {
    this.#comment(line);
    this.#canvas.put(line.start, "--- #");
    if (this.#inner === "yaml") this.#block = null;
    this.#dash = -1;
    this.#openKey = -1;
  }

  #comment(line: Line): void {
    this.#canvas.commentOut(extentOf(line));
  }

  /** Line ends are the one filler that never means anything in a block scalar's first lines, nor in a script. */
  #empty(line: Line): void {
    this.#canvas.write(line, "\n");
    this.#canvas.guarded.push(line);
  }

  /** In a folded scalar an empty line would break the line that goes on. */
  #joinToLast(line: Line): void {
    const start = Math.max(0, line.start - (this.#source[line.start - 2] === "\r" ? 2 : 1));
    this.#canvas.write({ start, end: line.end }, " ");
    this.#canvas.guarded.push({ start, end: line.end });
  }

  /** `\`, then a line of actions, then the rest of the command: the backslash moves behind the actions. */
  #continueThrough(line: Line): void {
    const hidden = { start: this.#continuedAt, end: line.end };
    this.#canvas.write(hidden, " ");
    this.#continuedAt = line.end - 1;
    this.#canvas.put(this.#continuedAt, "\\");
    this.#canvas.guarded.push(hidden);
  }

  /** The next line with text. */
  #next(index: number): Line | typeof END {
    for (let i = index + 1; i < this.#lines.length; i++) {
      const line = this.#lines[i];
      if (line === undefined || line.column === -1) continue;
      if (this.#source[line.start + line.column] !== "#") return line;
    }
    return END;
  }
}

const END = { column: -1, start: 0, end: 0 };
