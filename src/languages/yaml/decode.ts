import type { PieceBuilder } from "../../text/fragment.ts";

/*
 * What the text of a plain or quoted scalar decodes to, with the place of each unit. The rules are those of package `yaml`
 * (2.9), whose value is the measure: `scalar.ts` compares. `[start, end)` is the scalar in `text`, quotes included.
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
