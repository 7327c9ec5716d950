import type { Range } from "../../text/edits.ts";

/** How a program takes a line of a table apart. */
export interface TableRead {
  readonly columns: readonly ColumnUse[];
  /** Texts that it looks for, anywhere in a line. */
  readonly patterns: readonly string[];
  /** True: it counts characters, or blanks one by one, so that the widths of columns matter to it. */
  readonly countsCharacters: boolean;
  /** What the next reader gets: the lines as they are, with one blank for many, or something else. */
  readonly gives: "lines" | "squeezed" | "other";
}

/** One column that is read by its place. */
export interface ColumnUse {
  /** As it is written (`$5`, `-f5`, the name of a variable). */
  readonly code: string;
  /** From the left, 0 for the first; from the right, -1 for the last. */
  readonly index: number;
  /** The number in the text of the program's word; null where there is none that could be changed. */
  readonly number: { readonly word: number; readonly range: Range } | null;
}

export const READS_NOTHING: TableRead = {
  columns: [],
  patterns: [],
  countsCharacters: false,
  gives: "lines",
};
