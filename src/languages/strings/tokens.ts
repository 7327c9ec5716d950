import type { Range } from "../../text/edits.ts";
import type { LiteralRule } from "./table.ts";

/** What a program is cut into. All ranges are of its text. */
export type Token = Literal | Word | Mark | End;

/** A string literal: where it stands, and the raw text in it. */
export interface Literal extends Range {
  readonly kind: "string";
  readonly rule: Pick<LiteralRule, "escapes" | "interpolation" | "runs" | "isMultiline" | "isWords">;
  readonly body: Range;
  readonly open: string;
  readonly close: string;
  /** The text stands on the lines below, apart from the place where it is used. */
  readonly isHeredoc: boolean;
  /** The line that ends it there. */
  readonly tag?: string;
}

/** A name, a keyword or a number. */
export interface Word extends Range {
  readonly kind: "word";
  readonly text: string;
}

export interface Mark extends Range {
  readonly kind: "mark";
  readonly text: string;
}

/** The end of a statement, at a line end or a semicolon. */
export interface End extends Range {
  readonly kind: "end";
}
