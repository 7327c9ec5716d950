import { overlaps, type Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { type Hole } from "../../text/fragment.ts";
import type { Action } from "./actions.ts";

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
  const painter = new Painter(file.text, actions, leftOut, inner);
  painter.paint();
  const { holes, guarded } = painter;
  const text = painter.text();
  const starts = Uint32Array.from({ length: text.length }, (_, i) => i);
  const ends = starts.map((i) => i + 1);
  return file.child({
    text,
    starts,
    ends,
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

/** A line of the template; one that an action spans is one line with the next. */
interface Line extends Range {
  readonly values: readonly Action[];
  /** What must not be seen: actions that print nothing, text that is left out. */
  readonly hidden: readonly Range[];
  readonly hasControl: boolean;
  /** Column where its text would begin without the actions before it, -1 when it has none. */
  readonly column: number;
  /** Column where its text stands. */
  readonly textColumn: number;
}

/** The block scalar that a line is in: `indent` is the column of what holds it. */
interface Block {
  readonly indent: number;
  readonly folded: boolean;
}

class Painter {
  readonly holes: Hole[] = [];
  readonly guarded: Range[] = [];
  readonly #source: string;
  readonly #chars: string[];
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
    this.#chars = Array.from({ length: source.length }, (_, i) => source.charAt(i));
    this.#lines = linesOf(source, actions, leftOut);
    this.#inner = inner;
    this.#block = inner === "lines" ? { indent: -1, folded: false } : null;
    this.#repeated = repeatedIn(actions);
    this.#separators = definitionEnds(actions);
  }

  text(): string {
    return this.#chars.join("");
  }

  paint(): void {
    for (const [i, line] of this.#lines.entries()) {
      if (line.column !== -1) this.#textLine(line, i);
      else if (line.values.length > 0) this.#valueLine(line, i);
      else if (line.hidden.length > 0) this.#hide(line);
    }
  }

  #textLine(line: Line, index: number): void {
    for (const value of line.values) this.#fillInline(value, line);
    for (const range of line.hidden) this.#blank(range);
    const start = this.#moveToOwnLine(line);
    const shown = this.#slice({ start, end: line.end });
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
      this.#commentOut(value);
      return;
    }
    // `key:{{ ... | nindent 2 }}` prints a line end first.
    const isGlued = before.endsWith(":") && /\bnindent\b/.test(value.body);
    if (isGlued) this.#blank({ start: value.start, end: value.start + 1 });
    this.#fill({ start: value.start + (isGlued ? 1 : 0), end: value.end }, isAny ? "any" : "one");
  }

  /**
   * `{{ if .x }}key: value{{ end }}`: line ends in the place of the action let the text begin where it will.
   * @returns where the line as the parser sees it begins
   */
  #moveToOwnLine({ start, column, textColumn }: Line): number {
    const isPlace = this.#inner === "yaml" && this.#block?.folded !== true && this.#continuedAt === -1;
    if (textColumn === column || !isPlace) return start;
    const from = start + textColumn - column;
    this.#write({ start, end: from }, "\n");
    this.#write({ start: from, end: start + textColumn }, " ");
    this.guarded.push({ start, end: start + textColumn });
    return from;
  }

  /** `key: {{ ... }}` and `- {{ ... }}` before deeper lines print the first fields of a mapping. */
  #dropMapping(line: Line, start: number, index: number): void {
    const [value, more] = line.values;
    if (value === undefined || more !== undefined || this.#block !== null) return;
    const before = this.#slice({ start, end: value.start });
    const behind = this.#slice({ start: value.end, end: line.end });
    if (behind.trim() !== "" || !/(?:^|\s)(?:-|\S+:)\s+$/.test(before)) return;
    const column = /-\s+$/.test(before) ? before.lastIndexOf("-") : keyColumn(before);
    if (this.#next(index).column <= column) return;
    const hole = this.holes.findIndex((each) => each.end === value.end);
    this.holes.splice(hole, 1);
    this.#blank(value);
  }

  /** A line that is nothing but what is filled in. */
  #valueLine(line: Line, index: number): void {
    const [first] = line.values;
    if (first === undefined) return;
    const column = first.start - line.start;
    const isText = this.#quote !== null || this.#continuedAt !== -1;
    if (isText || (this.#block !== null && column > this.#block.indent)) {
      for (const value of line.values) this.#fill(value, "any");
      for (const range of line.hidden) this.#blank(range);
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
    this.#write({ start: line.start, end: all.end }, " ");
    this.#put(line.start + column, marker);
    this.#write({ start, end: all.end }, "x");
    this.holes.push({ start, end: all.end, code: this.#source.slice(all.start, all.end), words: "any" });
    this.guarded.push({ start: line.start, end: start });
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
    this.#put(line.start, "--- #");
    if (this.#inner === "yaml") this.#block = null;
    this.#dash = -1;
    this.#openKey = -1;
  }

  #comment(line: Line): void {
    this.#commentOut(extentOf(line));
  }

  #commentOut({ start, end }: Range): void {
    this.#write({ start, end }, "x");
    this.#put(start, "#");
    this.holes.push({ start, end, code: this.#source.slice(start, end), words: "any" });
    this.guarded.push({ start, end });
  }

  /** Line ends are the one filler that never means anything in a block scalar's first lines, nor in a script. */
  #empty(line: Line): void {
    this.#write(line, "\n");
    this.guarded.push(line);
  }

  /** In a folded scalar an empty line would break the line that goes on. */
  #joinToLast(line: Line): void {
    const start = Math.max(0, line.start - (this.#source[line.start - 2] === "\r" ? 2 : 1));
    this.#write({ start, end: line.end }, " ");
    this.guarded.push({ start, end: line.end });
  }

  /** `\`, then a line of actions, then the rest of the command: the backslash moves behind the actions. */
  #continueThrough(line: Line): void {
    const hidden = { start: this.#continuedAt, end: line.end };
    this.#write(hidden, " ");
    this.#continuedAt = line.end - 1;
    this.#chars[this.#continuedAt] = "\\";
    this.guarded.push(hidden);
  }

  #fill({ start, end }: Range, words: Hole["words"]): void {
    this.#write({ start, end }, "x");
    this.holes.push({ start, end, code: this.#source.slice(start, end), words });
  }

  #blank({ start, end }: Range): void {
    this.#write({ start, end }, " ");
    this.holes.push({ start, end, code: this.#source.slice(start, end), words: "any" });
    this.guarded.push({ start, end });
  }

  #write({ start, end }: Range, char: string): void {
    this.#chars.fill(char, start, end);
  }

  #put(at: number, text: string): void {
    for (let i = 0; i < text.length; i++) this.#chars[at + i] = text.charAt(i);
  }

  #slice({ start, end }: Range): string {
    return this.#chars.slice(start, end).join("");
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

const QUOTED_VALUE = /^\s*(?:-\s+)*(?:[^\s"'#][^:"']*:\s+)?(["'].*)$/;
const BLOCK_HEADER = /(?::|(?:^|\s)-)\s+(?:[!&]\S*\s+)*[|>][-+0-9]*\s*(?:#.*)?$/;

/** Column of the key of a line, or of its last dash when an item without a key follows. */
function keyColumn(line: string): number {
  const dashes = /^\s*(?:-\s+)*/.exec(line)?.[0].length ?? 0;
  const isItem = /^(?:[!&]\S*\s+)*[|>][-+0-9]*\s*(?:#.*)?$/.test(line.slice(dashes));
  return isItem ? line.lastIndexOf("-", dashes) : dashes;
}

/** From the first to the last action of a line that is nothing else. */
function extentOf({ start, values, hidden }: Line): Range {
  const parts = [...values, ...hidden];
  return {
    start: Math.max(start, Math.min(...parts.map((range) => range.start))),
    end: Math.max(start, ...parts.map((range) => range.end)),
  };
}

/** The quote that text which begins with one leaves open. */
function openQuote(text: string): string | null {
  if (text.startsWith("'")) return /^'(?:[^']|'')*'(?!')/.test(text) ? null : "'";
  if (text.startsWith('"')) return /^"(?:[^"\\]|\\.)*"/.test(text) ? null : '"';
  return null;
}

/** Whether an action prints a list, of which nobody knows how many words it has. */
function printsList({ body }: Action): boolean {
  return /\b(?:toYaml|toJson)\b|\bjoin\s+"\s+"/.test(body);
}

/** Actions that print once for each round of a `range`. */
function repeatedIn(actions: readonly Action[]): ReadonlySet<Action> {
  const open: boolean[] = [];
  const repeated = new Set<Action>();
  for (const action of actions) {
    if (action.kind === "open") open.push(/^range\b/.test(action.body));
    else if (action.kind === "end") open.pop();
    else if (open.includes(true)) repeated.add(action);
  }
  return repeated;
}

/** Offsets of `{{ define }}` and of its `{{ end }}`. */
function definitionEnds(actions: readonly Action[]): ReadonlySet<number> {
  const open: boolean[] = [];
  const ends = new Set<number>();
  for (const { kind, body, start } of actions) {
    const isDefinition = kind === "open" ? /^define\b/.test(body) : kind === "end" && open.pop() === true;
    if (kind === "open") open.push(isDefinition);
    if (isDefinition) ends.add(start);
  }
  return ends;
}

function linesOf(source: string, actions: readonly Action[], leftOut: readonly Range[]): readonly Line[] {
  const isLeftOut = rangesAlong(leftOut);
  const visible = actions.filter((action) => isLeftOut(action).length === 0);
  const spanning = rangesAlong(visible);
  const parts = {
    values: rangesAlong(visible.filter(({ kind }) => kind === "value")),
    controls: rangesAlong(visible.filter(({ kind }) => kind !== "value")),
    leftOut: rangesAlong(leftOut),
  };
  const lines: Line[] = [];
  for (let start = 0; start <= source.length;) {
    let newline = source.indexOf("\n", start);
    while (newline !== -1) {
      const [over] = spanning({ start: newline, end: newline + 1 });
      if (over === undefined) break;
      newline = source.indexOf("\n", over.end);
    }
    const stop = newline === -1 ? source.length : newline;
    const end = source[stop - 1] === "\r" && newline > start ? stop - 1 : stop;
    lines.push(lineAt(source, { start, end }, parts));
    start = stop + 1;
  }
  return lines;
}

/** Finds ranges that overlap; asked for places in ascending order. `ranges` are in order and apart. */
function rangesAlong<T extends Range>(ranges: readonly T[]): (place: Range) => readonly T[] {
  let from = 0;
  return (place) => {
    while ((ranges[from]?.end ?? Infinity) <= place.start) from += 1;
    let to = from;
    while ((ranges[to]?.start ?? Infinity) < place.end) to += 1;
    return ranges.slice(from, to);
  };
}

interface Parts {
  readonly values: (line: Range) => readonly Action[];
  readonly controls: (line: Range) => readonly Action[];
  readonly leftOut: (line: Range) => readonly Range[];
}

function lineAt(source: string, line: Range, parts: Parts): Line {
  const values = parts.values(line);
  const controls = parts.controls(line);
  const cut = parts.leftOut(line).map(({ start, end }) => ({
    start: Math.max(start, line.start),
    end: Math.min(end, line.end),
  }));
  const hidden = merged([...controls, ...cut]);
  const covered = [...values, ...hidden];
  let textColumn = -1;
  for (let i = line.start; i < line.end && textColumn === -1; i++) {
    const cover = covered.find((range) => range.start <= i && i < range.end);
    if (cover !== undefined) i = cover.end - 1;
    else if (!/\s/.test(source.charAt(i))) textColumn = i - line.start;
  }
  const hasText = textColumn !== -1;
  const firstValue = values[0];
  if (hasText && firstValue !== undefined) textColumn = Math.min(textColumn, firstValue.start - line.start);
  const indentation = source.slice(line.start, line.end).search(/\S/);
  const column = hasText ? Math.min(textColumn, indentation) : -1;
  return {
    start: line.start,
    end: line.end,
    values,
    hidden,
    hasControl: controls.length > 0,
    column,
    textColumn,
  };
}

/** Ranges in order, those that touch as one. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
