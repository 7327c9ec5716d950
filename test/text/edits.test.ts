import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, normalizeEdits, overlaps } from "../../src/text/edits.ts";

describe("edits", () => {
  test.each([
    [[], "abcdef"],
    [[{ start: 1, end: 3, text: "X" }], "aXdef"],
    [
      [
        { start: 6, end: 6, text: "!" },
        { start: 0, end: 0, text: "¡" },
      ],
      "¡abcdef!",
    ],
    [
      [
        { start: 1, end: 2, text: "" },
        { start: 2, end: 3, text: "Y" },
      ],
      "aYdef",
    ],
    [
      [
        { start: 1, end: 2, text: "Z" },
        { start: 1, end: 2, text: "Z" },
      ],
      "aZcdef",
    ],
  ])("%j make %s", (edits, text) => {
    expect(applyEdits("abcdef", edits)).toBe(text);
  });

  test.each([
    [
      "overlap",
      [
        { start: 0, end: 2, text: "" },
        { start: 1, end: 3, text: "" },
      ],
    ],
    ["leave the text", [{ start: 5, end: 7, text: "" }]],
    ["run backwards", [{ start: 3, end: 2, text: "" }]],
  ])("that %s are refused", (_, edits) => {
    expect(() => applyEdits("abcdef", edits)).toThrow(RangeError);
  });

  test.each([
    [0, 2, 2, 4, false],
    [0, 2, 1, 4, true],
    [1, 1, 1, 1, true],
    [1, 1, 2, 2, false],
    [1, 1, 1, 2, false],
    [1, 1, 0, 2, true],
  ])("%i-%i and %i-%i overlap: %s", (a, b, c, d, expected) => {
    expect(overlaps({ start: a, end: b }, { start: c, end: d })).toBe(expected);
    expect(overlaps({ start: c, end: d }, { start: a, end: b })).toBe(expected);
  });

  test("in any order give the same text", () => {
    const cuts = fc
      .uniqueArray(fc.nat(20), { minLength: 2, maxLength: 8 })
      .map((at) => at.sort((a, b) => a - b));
    fc.assert(
      fc.property(cuts, fc.string(), fc.nat(), (places, text, turn) => {
        const source = "abcdefghijklmnopqrstu";
        const edits = places.slice(1).map((end, i) => ({ start: places[i] ?? 0, end, text }));
        const at = turn % edits.length;
        const turned = [...edits.slice(at), ...edits.slice(0, at)];
        expect(applyEdits(source, turned)).toBe(applyEdits(source, edits));
        expect(normalizeEdits([...turned, ...edits])).toEqual(edits);
      }),
    );
  });
});
