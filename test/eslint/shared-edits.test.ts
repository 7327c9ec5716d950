import { describe, expect, test } from "vitest";
import { joinSharedEdits } from "../../src/eslint/shared-edits.ts";
import type { Finding, Fix } from "../../src/rules/finding.ts";
import { findingAt } from "../support/report.ts";

const finding = (grade: Fix["grade"], ...edits: Fix["edits"]): Finding =>
  findingAt("abcdefghij", "a", { fix: { grade, edits } });

const A = { start: 0, end: 1, text: "A" };
const B = { start: 2, end: 3, text: "B" };
const C = { start: 4, end: 5, text: "C" };
const D = { start: 6, end: 7, text: "D" };

describe("fixes that touch the same place", () => {
  test.each([
    [
      "apart: each its own",
      [finding("safe", A), finding("safe", B)],
      [
        ["safe", A],
        ["safe", B],
      ],
    ],
    [
      "one edit in common",
      [finding("safe", A, B), finding("safe", B, C)],
      [
        ["safe", A, B, C],
        ["safe", A, B, C],
      ],
    ],
    [
      "in a chain",
      [finding("safe", A, B), finding("safe", B, C), finding("safe", C, D)],
      [
        ["safe", A, B, C, D],
        ["safe", A, B, C, D],
        ["safe", A, B, C, D],
      ],
    ],
    [
      "one of them unsafe",
      [finding("safe", A, B), finding("unsafe", B)],
      [
        ["unsafe", A, B],
        ["unsafe", A, B],
      ],
    ],
    ["none", [findingAt("abc", "a", { fix: null })], [null]],
  ] as const)("%s", (_, findings, expected) => {
    const joined = joinSharedEdits(findings).map(({ fix }) => fix && [fix.grade, ...fix.edits]);
    expect(joined).toEqual(expected);
  });
});
