import type { Range } from "../text/edits.ts";

export interface Token extends Range {
  readonly kind: "field" | "word" | "variable" | "number" | "format" | "quote" | "symbol" | "end";
  /** As written; of fields, variables and formats without the sign before the name. */
  readonly text: string;
}

/** A jq program that breaks the grammar. */
export class JqSyntaxError extends Error {}

const NAME = "[A-Za-z_\\uE000][\\w\\uE000]*";
const BLANK = /(?:[ \t\r\n]+|#[^\n]*)*/y;
const TOKENS: readonly (readonly [Token["kind"], RegExp])[] = [
  ["field", new RegExp(`\\.(${NAME})`, "y")],
  ["variable", new RegExp(`\\$\\s*(${NAME}(?:::${NAME})*)`, "y")],
  ["number", /((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y],
  ["format", /@([A-Za-z0-9_]+)/y],
  ["word", new RegExp(`(${NAME}(?:::${NAME})*)`, "y")],
  ["quote", /(")/y],
  ["symbol", /(\?\/\/=?|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[.,:;|=<>+\-*/%()[\]{}?$])/y],
];

/** The token at an offset, blanks and comments before it left out. @throws JqSyntaxError */
export function tokenAt(text: string, offset: number): Token {
  BLANK.lastIndex = offset;
  const start = offset + (BLANK.exec(text)?.[0].length ?? 0);
  if (start >= text.length) return { kind: "end", text: "", start, end: start };
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match !== null) return { kind, text: match[1] ?? "", start, end: pattern.lastIndex };
  }
  throw new JqSyntaxError(`unexpected ${text[start] ?? ""} at ${start}`);
}
