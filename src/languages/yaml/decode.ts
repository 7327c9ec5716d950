import type { PieceBuilder } from "../../text/fragment.ts";

/*
 * What a scalar's text decodes to, with the place of each unit. The rules are those of package `yaml` (2.9), whose value
 * is the measure: `scalar.ts` compares. `[start, end)` is the scalar in `text`, quotes included.
 */

/** A plain scalar: itself, its lines folded. */
export function decodePlain(text: string, start: number, end: number, into: PieceBuilder): void {
  foldLines(text, start, end, into, (from, to) => {
    into.copy(text, from, to);
  });
}

/** A single-quoted scalar: lines folded, `''` is one quote. */
export function decodeSingle(text: string, start: number, end: number, into: PieceBuilder): void {
  foldLines(text, start + 1, end - 1, into, (from, to) => {
    let at = from;
    for (
      let quote = text.indexOf("''", at);
      quote !== -1 && quote + 2 <= to;
      quote = text.indexOf("''", at)
    ) {
      into.copy(text, at, quote);
      into.escape("'", quote, quote + 2);
      at = quote + 2;
    }
    into.copy(text, at, to);
  });
}

/** A double-quoted scalar: lines folded, escapes resolved. */
export function decodeDouble(text: string, start: number, end: number, into: PieceBuilder): void {
  const last = end - 1;
  let at = start + 1;
  while (at < last) {
    const char = text[at];
    const newline = lineEndAfterBlanks(text, at, last);
    if (newline !== -1) at = foldNewlines(text, at, newline, last, into);
    else if (char === "\\") at = decodeEscape(text, at, last, into);
    else {
      const end = Math.max(at + 1, skipBlanks(text, at, last));
      into.copy(text, at, end);
      at = end;
    }
  }
}

/** How a block scalar is laid out. */
export interface BlockShape {
  readonly folded: boolean;
  readonly chomp: "clip" | "strip" | "keep";
  /** Indentation of what holds the scalar. */
  readonly outer: number;
  /** The header's indentation indicator, 0 when it has none. */
  readonly explicit: number;
}

/** The lines of a block scalar; `[start, end)` begins behind the header's line. */
export function decodeBlock(
  text: string,
  start: number,
  end: number,
  shape: BlockShape,
  into: PieceBuilder,
): void {
  const lines = splitLines(text, start, end);
  const { indent, first, last } = measure(lines, shape);
  if (first === -1) {
    if (shape.chomp === "keep" && end > start)
      into.escape("\n".repeat(Math.max(1, lines.length - 1)), start, end);
    return;
  }
  for (const line of lines.slice(0, first)) {
    into.copy(text, Math.min(line.start + indent, line.content), line.content);
    into.escape("\n", line.end, line.next);
  }
  const body = lines.slice(first, last);
  if (shape.folded) decodeFolded(text, body, indent, into);
  else decodeLiteral(text, body, indent, into);
  decodeTail(text, lines.slice(last - 1), indent, shape, into);
}

/** The indentation of a block scalar's text, in blanks; `body` is all that stands behind the header's line. */
export function blockIndent(body: string, shape: BlockShape): number {
  return measure(splitLines(body, 0, body.length), shape).indent;
}

/**
 * Whether a block scalar whose text was `before` keeps its indentation with the text `after`: no line stands left of it,
 * and the first one begins where it did (from there the parser judges blank lines at the end).
 */
export function keepsIndent(before: string, after: string, shape: BlockShape): boolean {
  const lines = splitLines(after, 0, after.length);
  const { indent, first } = measure(lines, shape);
  if (first === -1) return true;
  const fits = lines.every(({ start, content, end }, i) => {
    const blanks = content - start;
    if (end > content) return blanks >= indent;
    return shape.explicit > 0 || i > first || blanks <= indent;
  });
  return fits && indent === blockIndent(before, shape) && firstBlanks(before) === firstBlanks(after);
}

function firstBlanks(body: string): number {
  return /^ *(?=[^ \r\n])/m.exec(body)?.[0].length ?? 0;
}

/** Lines of a flow scalar: blanks around line ends vanish, one line end is a blank, more are one fewer line ends. */
function foldLines(
  text: string,
  start: number,
  end: number,
  into: PieceBuilder,
  emit: (from: number, to: number) => void,
): void {
  let lineStart = start;
  let newline = text.indexOf("\n", lineStart);
  if (newline === -1 || newline >= end) {
    emit(start, end);
    return;
  }
  let foldStart = -1;
  let blankLines = 0;
  while (newline !== -1 && newline < end) {
    const lineEnd = text[newline - 1] === "\r" && newline > lineStart ? newline - 1 : newline;
    const from = foldStart === -1 ? lineStart : skipBlanks(text, lineStart, lineEnd);
    const to = trimBlanks(text, from, lineEnd);
    if (foldStart !== -1 && from >= to) blankLines += 1;
    else {
      if (foldStart !== -1) into.escape(fold(blankLines), foldStart, from);
      emit(from, to);
      foldStart = to;
      blankLines = 0;
    }
    lineStart = newline + 1;
    newline = text.indexOf("\n", lineStart);
  }
  const from = skipBlanks(text, lineStart, end);
  into.escape(fold(blankLines), foldStart, from);
  emit(from, end);
}

function fold(blankLines: number): string {
  return blankLines === 0 ? " " : "\n".repeat(blankLines);
}

function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text[at] === " " || text[at] === "\t")) at += 1;
  return at;
}

function trimBlanks(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text[at - 1] === " " || text[at - 1] === "\t")) at -= 1;
  return at;
}

/** Offset of the `\n` that only blanks (and `\r`) stand before, from `at` on; -1 when there is none. */
function lineEndAfterBlanks(text: string, at: number, last: number): number {
  const end = skipBlanks(text, at, last);
  if (text[end] === "\n") return end;
  return text[end] === "\r" && text[end + 1] === "\n" ? end + 1 : -1;
}

/** Line ends in a double-quoted scalar with the blanks around them; returns where the text goes on. */
function foldNewlines(
  text: string,
  start: number,
  newline: number,
  last: number,
  into: PieceBuilder,
): number {
  let at = newline + 1;
  let more = 0;
  for (; at < last; at++) {
    const char = text[at];
    if (char === "\n") more += 1;
    else if (char === "\r" ? text[at + 1] !== "\n" : char !== " " && char !== "\t") break;
  }
  into.escape(fold(more), start, at);
  return at;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  "\t": "\t",
};

const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** An escape at `at`; returns where the text goes on. One that is not known stands for itself, and the parser reports it. */
function decodeEscape(text: string, at: number, last: number, into: PieceBuilder): number {
  const char = text[at + 1] ?? "";
  const simple = ESCAPES[char];
  if (simple !== undefined) {
    into.escape(simple, at, at + 2);
    return at + 2;
  }
  const lineEnd = char === "\n" ? at + 2 : char === "\r" && text[at + 2] === "\n" ? at + 3 : -1;
  if (lineEnd !== -1) return skipBlanks(text, lineEnd, last);
  const digits = text.slice(at + 2, at + 2 + (CODE_LENGTHS[char] ?? 0));
  const code =
    digits.length === CODE_LENGTHS[char] && /^[0-9a-f]+$/i.test(digits) ? parseInt(digits, 16) : NaN;
  const end = at + 2 + digits.length;
  if (code <= 0x10ffff) into.escape(String.fromCodePoint(code), at, end);
  else into.copy(text, at, end);
  return end;
}

/** A line of a block scalar: `[start, content)` are blanks, `[content, end)` its text, `next` the start of the line after. */
interface Line {
  readonly start: number;
  readonly content: number;
  readonly end: number;
  readonly next: number;
}

function splitLines(text: string, start: number, end: number): readonly Line[] {
  const lines: Line[] = [];
  let at = start;
  for (;;) {
    const newline = text.indexOf("\n", at);
    const isLast = newline === -1 || newline >= end;
    const stop = isLast ? end : newline;
    let content = at;
    while (content < stop && text[content] === " ") content += 1;
    const lineEnd = text[stop - 1] === "\r" && stop > content ? stop - 1 : stop;
    lines.push({ start: at, content, end: lineEnd, next: isLast ? end : newline + 1 });
    if (isLast) return lines;
    at = newline + 1;
  }
}

/** Indentation of the text, and which lines are its body: `[first, last)`; `first` -1 when all lines are blank. */
function measure(
  lines: readonly Line[],
  { outer, explicit }: BlockShape,
): { indent: number; first: number; last: number } {
  const first = lines.findIndex((line) => line.end > line.content);
  let last = lines.findLastIndex((line) => line.end > line.content) + 1;
  const leading = explicit > 0 ? undefined : lines[first];
  const indent = leading === undefined ? outer + explicit : leading.content - leading.start;
  const longer = lines.findLastIndex((line, i) => i >= last && line.content - line.start > indent);
  if (longer !== -1) last = longer + 1;
  return { indent, first, last };
}

function decodeLiteral(text: string, lines: readonly Line[], indent: number, into: PieceBuilder): void {
  for (const [i, line] of lines.entries()) {
    const from = textStart(line, indent);
    const before = lines[i - 1];
    if (before !== undefined) into.escape("\n", before.end, from);
    into.copy(text, from, line.end);
  }
}

/** Lines of one indentation are joined by blanks; line ends stay around deeper and empty ones. */
function decodeFolded(text: string, lines: readonly Line[], indent: number, into: PieceBuilder): void {
  let gap = "";
  let separator = "";
  let gapStart = -1;
  let wasDeeper = false;
  for (const line of lines) {
    const from = textStart(line, indent);
    const isDeeper = line.content - line.start > indent || text[line.content] === "\t";
    if (!isDeeper && line.end === line.content) {
      if (separator === "\n") gap += "\n";
      else separator = "\n";
      continue;
    }
    if (isDeeper && separator === " ") separator = "\n";
    else if (isDeeper && !wasDeeper && separator === "\n") separator = "\n\n";
    if (gapStart !== -1) into.escape(gap + separator, gapStart, from);
    into.copy(text, from, line.end);
    gap = "";
    separator = isDeeper ? "\n" : " ";
    wasDeeper = isDeeper;
    gapStart = line.end;
  }
}

function textStart(line: Line, indent: number): number {
  return Math.min(line.start + indent, line.content);
}

/** What follows the body; `lines` begins with the body's last one. */
function decodeTail(
  text: string,
  [lastOfBody, ...rest]: readonly Line[],
  indent: number,
  { chomp }: BlockShape,
  into: PieceBuilder,
): void {
  if (lastOfBody === undefined || chomp === "strip") return;
  if (chomp === "clip" || rest.length === 0) {
    into.escape("\n", lastOfBody.end, lastOfBody.next);
    return;
  }
  let before = lastOfBody;
  for (const line of rest) {
    const from = textStart(line, indent);
    into.escape("\n", before.end, from);
    into.copy(text, from, line.content);
    before = line;
  }
}
