import { describe, expect, test } from "vitest";
import { columns, printable } from "../../src/reporters/terminal.ts";

describe("printable", () => {
  test.each([
    ["plain ünïcode 漢字 🚀", "plain ünïcode 漢字 🚀"],
    ["\u001b[31mred", "\\u{1b}[31mred"],
    ["a\rb\nc\td", "a\\u{d}b\\u{a}c\\u{9}d"],
    ["\u009b31m", "\\u{9b}31m"],
    ["abc\u202egnp.exe", "abc\\u{202e}gnp.exe"],
    ["\u2066x\u2069", "\\u{2066}x\\u{2069}"],
    ["a\u2028b", "a\\u{2028}b"],
    ["👩\u200d💻", "👩\u200d💻"],
  ])("%j becomes %j", (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe("columns", () => {
  test.each([
    ["", 0],
    ["abc", 3],
    ["é", 1],
    ["e\u0301", 1],
    ["漢字", 4],
    ["한국", 4],
    ["ｆｕｌｌ", 8],
    ["🚀", 2],
    ["…", 1],
  ])("%j takes %i", (text, width) => {
    expect(columns(text)).toBe(width);
  });
});
