import type { AST, SourceCode } from "eslint";
import { LineIndex } from "../text/lines.ts";
import type { Range } from "../text/edits.ts";

/**
 * Where a range is, as the language of the file counts lines and columns.
 * @param sourceCode of any language; only newer ones tell the place of an offset themselves
 */
export function placeOf({ start, end }: Range, sourceCode: SourceCode): AST.SourceLocation {
  if ("getLocFromIndex" in sourceCode) {
    return { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) };
  }
  return byLines({ start, end }, sourceCode);
}

function byLines({ start, end }: Range, sourceCode: SourceCode): AST.SourceLocation {
  const first = sourceCode.getLoc(sourceCode.ast).start;
  const lines = new LineIndex(sourceCode.text);
  const position = (offset: number): AST.SourceLocation["start"] => {
    const { line, column } = lines.position(offset);
    return { line: line - 1 + first.line, column: column - 1 + first.column };
  };
  return { start: position(start), end: position(end) };
}
