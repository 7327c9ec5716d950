import { describe, expect, test } from "vitest";
import { TextSource } from "../../../src/eslint/text/source.ts";

const TEXT = "a\r\nbc # eslint-disable-line\n\n日本";

describe("a text as ESLint sees it", () => {
  const source = new TextSource(TEXT, { language: "shell", hasBOM: false });

  test("has lines", () => {
    expect(source.lines).toEqual(["a", "bc # eslint-disable-line", "", "日本"]);
  });

  test.each([
    [0, { line: 1, column: 1 }],
    [3, { line: 2, column: 1 }],
    [TEXT.indexOf("本"), { line: 4, column: 2 }],
    [TEXT.length, { line: 4, column: 3 }],
  ])("offset %i is at %j, and back", (offset, place) => {
    expect(source.getLocFromIndex(offset)).toEqual(place);
    expect(source.getIndexFromLoc(place)).toBe(offset);
  });

  test("tells the place and text of its root and its comments", () => {
    expect(source.getText()).toBe(TEXT);
    expect(source.getRange(source.ast)).toEqual([0, TEXT.length]);
    const [comment] = source.comments;
    if (comment === undefined) throw new Error("no comment");
    expect(source.getText(comment)).toBe("# eslint-disable-line");
    expect(source.getText(comment, 3, 1)).toBe("bc # eslint-disable-line\n");
    expect(source.getLoc(comment)).toEqual({ start: { line: 2, column: 4 }, end: { line: 2, column: 25 } });
  });

  test("is visited in and out", () => {
    expect(source.traverse().map(({ phase }) => phase)).toEqual([1, 2]);
    expect([source.getParent(), source.getAncestors()]).toEqual([undefined, []]);
  });
});
