import type { SourceCode } from "eslint";
import { expect, test } from "vitest";
import { placeOf } from "../../src/eslint/place.ts";

/** As languages made for the first releases of ESLint 9 are: they tell no place of an offset. */
function sourceOf(text: string, line: 0 | 1, column: 0 | 1): SourceCode {
  return { text, ast: {}, getLoc: () => ({ start: { line, column } }) } as unknown as SourceCode;
}

test.each([
  [1, 0, { start: { line: 2, column: 1 }, end: { line: 2, column: 2 } }],
  [1, 1, { start: { line: 2, column: 2 }, end: { line: 2, column: 3 } }],
  [0, 0, { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }],
] as const)("lines from %i, columns from %i", (line, column, expected) => {
  expect(placeOf({ start: 3, end: 4 }, sourceOf("a\nbc", line, column))).toEqual(expected);
});
