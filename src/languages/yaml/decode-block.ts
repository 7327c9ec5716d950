import type { PieceBuilder } from "../../text/fragment.ts";

/*
 * What a block scalar's text decodes to, with the place of each unit, and how far it is indented. The rules are those of
 * package `yaml` (2.9), as in `decode.ts`.
 */

/** How a block scalar is laid out. */
export interface BlockShape {
  readonly folded: boolean;
  readonly chomp: "clip" | "strip" | "keep";
  /** Indentation of what holds the scalar. */
  readonly outer: number;
  /** The header's indentation indicator, 0 when it has none. */
  readonly explicit: number;
}

/** What the header of a block scalar (`|2-`) says; `indent` is the parser's count for what holds the scalar. */
export function blockShape(header: string, indent: number): BlockShape {
  const indicators = /^[|>][-+0-9]*/.exec(header)?.[0] ?? "|";
  const digit = /[1-9]/.exec(indicators)?.[0];
  return {
    folded: indicators.startsWith(">"),
    chomp: indicators.includes("-") ? "strip" : indicators.includes("+") ? "keep" : "clip",
    outer: indent,
    explicit: digit === undefined ? 0 : Number(digit),
  };
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
