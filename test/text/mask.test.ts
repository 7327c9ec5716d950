import { describe, expect, test } from "vitest";
import { Fragment } from "../../src/text/fragment.ts";
import { Mask } from "../../src/text/mask.ts";

describe("a mask", () => {
  test("hides parts and keeps their places", () => {
    const mask = new Mask(Fragment.of("a {{b}}\n{{if\nc}} d"));
    mask.blank({ start: 8, end: 16 });
    mask.fill({ start: 2, end: 7 }, "one");
    const fragment = mask.apply();
    expect(fragment.text).toBe("a xxxxx\n    \n    d");
    expect(fragment.text).toHaveLength(18);
    expect(fragment.holes.map(({ start, end, code, words }) => [start, end, code, words])).toEqual([
      [2, 7, "{{b}}", "one"],
      [8, 16, "{{if\nc}}", "any"],
    ]);
    expect(fragment.toSource({ start: 2, end: 7 })).toEqual({ start: 2, end: 7 });
  });

  test("of nothing is the fragment itself", () => {
    const fragment = Fragment.of("abc");
    expect(new Mask(fragment).apply()).toBe(fragment);
  });

  test("over a mask keeps the holes of both", () => {
    const first = new Mask(Fragment.of("<a> <b>"));
    first.fill({ start: 0, end: 3 }, "one");
    const second = new Mask(first.apply());
    second.fill({ start: 4, end: 7 }, "one");
    expect(second.apply().holes.map((hole) => hole.code)).toEqual(["<a>", "<b>"]);
  });
});
