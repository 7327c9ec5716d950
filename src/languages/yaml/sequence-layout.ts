import type { CST } from "yaml";
import type { Range } from "../../text/edits.ts";

/** The lines that a sequence stands on, and the comments between its items. Offsets are of the whole document's text. */
export class SequenceLayout {
  readonly lineEnd: string;
  readonly #comments: readonly Range[];

  constructor(
    private readonly text: string,
    sequence: CST.BlockSequence | CST.FlowCollection,
  ) {
    this.lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
    this.#comments = commentsOf(sequence);
  }

  commentsIn({ start, end }: Range): readonly Range[] {
    return this.#comments.filter((comment) => start <= comment.start && comment.end <= end);
  }

  /** The comment that ends the line of `offset`, when only blanks stand before it. */
  commentBehind(offset: number): Range | undefined {
    const lineEnd = this.lineEndAfter(offset);
    const comment = this.#comments.find(({ start }) => start >= offset && start < lineEnd);
    return comment !== undefined && this.isBlankOrComment(offset, lineEnd) ? comment : undefined;
  }

  isBlankOrComment(start: number, end: number): boolean {
    return /^[ \t]*(?:#.*)?$/.test(this.text.slice(start, end));
  }

  startsLine(offset: number): boolean {
    return /(?:^|\n)[ \t]*$/.test(this.text.slice(0, offset));
  }

  /** Blanks up to the column of `offset`. */
  indentation(offset: number): string {
    return " ".repeat(offset - this.text.lastIndexOf("\n", offset - 1) - 1);
  }

  /** Where the line of `offset` ends, before its line break. */
  lineEndAfter(offset: number): number {
    const { text } = this;
    const newline = text.indexOf("\n", offset);
    return newline === -1 ? text.length : text[newline - 1] === "\r" ? newline - 1 : newline;
  }

  /** Where the line break before the line of `offset` begins. */
  lineBreakBefore(offset: number): number {
    const { text } = this;
    const newline = text.lastIndexOf("\n", offset);
    return text[newline - 1] === "\r" ? newline - 1 : newline;
  }
}

/** All comments between the items of a sequence. */
function commentsOf(sequence: CST.BlockSequence | CST.FlowCollection): readonly Range[] {
  const tokens: CST.SourceToken[] = [];
  for (const { start, value } of sequence.items) {
    tokens.push(...start);
    if (value?.type === "document") continue;
    if (value != null && "end" in value) tokens.push(...(value.end ?? []));
  }
  if (sequence.type === "flow-collection") tokens.push(...sequence.end);
  return tokens
    .filter(({ type }) => type === "comment")
    .map(({ offset, source }) => ({ start: offset, end: offset + source.length }));
}
