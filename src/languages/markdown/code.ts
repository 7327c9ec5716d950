import { type Encoder, type Fragment, PieceBuilder } from "../../text/fragment.ts";
import type { Part } from "./places.ts";

/** The text of a code block. What begins its lines (`> `, the indentation of a list) belongs to the line ends before. */
export function blockOf(fragment: Fragment, parts: readonly Part[]): Fragment {
  return fragment.child(linesOf(fragment.text, parts).build(withPrefix(fragment.text, parts)));
}

/** The text of code in a sentence; its line ends are blanks. */
export function spanOf(fragment: Fragment, parts: readonly Part[], inTable: boolean): Fragment {
  const { text } = fragment;
  const builder = new PieceBuilder();
  for (const [i, { start, end, isLineEnd }] of parts.entries()) {
    if (isLineEnd) builder.escape(" ", start, parts[i + 1]?.start ?? end);
    else if (inTable) copyCell(builder, text, start, end);
    else builder.copy(text, start, end);
  }
  return fragment.child(
    builder.build((written) => {
      if (/[`\n]/.test(written)) return null;
      return inTable ? written.replaceAll("|", "\\|") : written;
    }),
  );
}

/** The text of a table cell without any markup. */
export function cellOf(fragment: Fragment, parts: readonly Part[]): Fragment {
  return fragment.child(linesOf(fragment.text, parts).build(asPlainText));
}

/** Text that Markdown shows as it is; null when part of it would be markup. */
export const asPlainText: Encoder = (written) => {
  return /[\\`*<>[\]&~|\n]|(?<![a-z\d])_|_(?![a-z\d])/i.test(written) ? null : written;
};

/** Parts with `\n` for the line ends between them. */
export function linesOf(text: string, parts: readonly Part[]): PieceBuilder {
  const builder = new PieceBuilder();
  for (const [i, { start, end, isLineEnd }] of parts.entries()) {
    if (isLineEnd) builder.escape("\n", start, parts[i + 1]?.start ?? start + lineEndAt(text, start).length);
    else builder.copy(text, start, end);
  }
  return builder;
}

/** New lines begin as the others do, so that they stay in their quote and list. */
export function withPrefix(text: string, parts: readonly Part[]): Encoder {
  const first = parts.find((part) => !part.isLineEnd)?.start ?? 0;
  const lineStart = Math.max(text.lastIndexOf("\n", first - 1), text.lastIndexOf("\r", first - 1)) + 1;
  const prefix = text.slice(lineStart, first).replace(/[^>\t]/g, " ");
  const lineEnd = lineEndAt(text, parts.find((part) => part.isLineEnd)?.start ?? text.length);
  return (written) => {
    const [, ...added] = written.split("\n");
    if (added.some((line) => /^\s*(?:`{3}|~{3})/.test(line))) return null;
    return written.replaceAll("\n", lineEnd + prefix);
  };
}

function lineEndAt(text: string, at: number): string {
  return /^(?:\r\n|\n|\r)/.exec(text.slice(at, at + 2))?.[0] ?? "\n";
}

/** In a table a backslash keeps a bar from ending the cell, in code too. */
function copyCell(builder: PieceBuilder, text: string, start: number, end: number): void {
  let from = start;
  for (const { index } of text.slice(start, end).matchAll(/\\\|/g)) {
    builder.copy(text, from, start + index);
    builder.escape("|", start + index, start + index + 2);
    from = start + index + 2;
  }
  builder.copy(text, from, end);
}
