import { describe, expect, test } from "vitest";
import { LineIndex } from "../../src/text/lines.ts";

describe("positions", () => {
  test.each([
    ["the start", "ab\ncd", 0, 1, 1],
    ["a line end", "ab\ncd", 2, 1, 3],
    ["the next line", "ab\ncd", 3, 2, 1],
    ["the end", "ab\ncd", 5, 2, 3],
    ["CRLF", "ab\r\ncd", 4, 2, 1],
    ["a lone CR", "ab\rcd", 3, 2, 1],
    ["mixed line ends", "a\r\nb\rc\nd", 7, 4, 1],
    ["an emoji before", "😀x", 2, 1, 3],
    ["a byte order mark", "\uFEFFab", 1, 1, 1],
    ["behind a byte order mark", "\uFEFFab\nc", 4, 2, 1],
    ["the mark itself", "\uFEFFab", 0, 1, 1],
    ["nothing", "", 0, 1, 1],
  ])("%s", (_, text, offset, line, column) => {
    expect(new LineIndex(text).position(offset)).toEqual({ line, column, offset });
  });

  test("of line starts", () => {
    const lines = new LineIndex("a\nbc\r\nd");
    expect([1, 2, 3, 9].map((line) => lines.start(line))).toEqual([0, 2, 6, 6]);
  });
});
