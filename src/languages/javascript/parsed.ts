import type { Range } from "../../text/edits.ts";
import type { Block } from "./model.ts";

/** A program as a parser has it; offsets are UTF-16 code units of the text. */
export interface ParsedProgram {
  readonly root: Block;
  readonly faults: readonly SyntaxFault[];
  /** Where the parser tells them; else they are told by their marks. */
  readonly comments?: readonly Range[];
}

/** What stops a parser. */
export interface SyntaxFault extends Range {
  readonly reason: string;
}

/**
 * Never throws, but for a `RangeError` where a program is nested deeper than the stack.
 * @param path its ending tells the dialect (`.tsx`, `.mts`)
 */
export type ProgramParser = (path: string, text: string) => ParsedProgram;
