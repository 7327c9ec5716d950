import type { Range } from "../../text/edits.ts";
import type { Part } from "../markdown/places.ts";

/** A line of a document without its end. */
export interface Line extends Range {
  readonly text: string;
}

/** @param text with `\n` at the end of its lines */
export function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const range = { start, end: start + line.length, text: line };
    start = range.end + 1;
    return range;
  });
}

/** Blanks that a line begins with; a tab goes on to the next multiple of eight. */
export function indentOf(text: string): number {
  let indent = 0;
  for (const unit of text) {
    if (unit === " ") indent += 1;
    else if (unit === "\t") indent += 8 - (indent % 8);
    else break;
  }
  return indent;
}

/** Lines as parts of a block: the indentation that all of them have is none of their text. */
export function partsOf(lines: readonly Line[]): readonly Part[] {
  const filled = lines.filter(({ text }) => text.trim() !== "");
  const common = Math.min(...filled.map(({ text }) => /^[ \t]*/.exec(text)?.[0].length ?? 0));
  return lines.flatMap(({ start, end }, i): readonly Part[] => {
    const content = { start: Math.min(end, start + common), end, isLineEnd: false };
    const isLast = i === lines.length - 1;
    return isLast ? [content] : [content, { start: end, end: end + 1, isLineEnd: true }];
  });
}
