import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UnitMap } from "../../src/text/unit-map.ts";
import { runs } from "../support/property-runs.ts";

/** What is added to a map: a copy of so many units, or an escape that so many come from; `gap` is left out before it. */
const step = fc.record({
  kind: fc.constantFrom("copy", "escape"),
  gap: fc.nat(2),
  width: fc.nat(4),
  count: fc.nat(4),
});

/** The same place by place. */
interface Plain {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function made(
  steps: readonly { kind: string; gap: number; width: number; count: number }[],
): [UnitMap, Plain] {
  const map = new UnitMap();
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const { kind, gap, width, count } of steps) {
    at += gap;
    if (kind === "copy") {
      map.copy(at, count);
      for (let i = at; i < at + count; i++) {
        starts.push(i);
        ends.push(i + 1);
      }
      at += count;
    } else {
      map.escape(at, at + width, count);
      for (let i = 0; i < count; i++) {
        starts.push(at);
        ends.push(at + width);
      }
      at += width;
    }
  }
  return [map, { starts, ends }];
}

describe("UnitMap", () => {
  test("tells of each unit what a list of all places does", () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const [map, { starts, ends }] = made(steps);
        expect(map.length).toBe(starts.length);
        for (let unit = -1; unit <= starts.length + 1; unit++) {
          expect(map.startOf(unit)).toBe(starts[unit]);
          expect(map.endOf(unit)).toBe(ends[unit]);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  test("finds the first unit behind a place, or at it", () => {
    fc.assert(
      fc.property(fc.array(step), fc.nat(40), fc.nat(40), (steps, place, from) => {
        const [map, { starts, ends }] = made(steps);
        const first = (list: readonly number[], isIt: (at: number) => boolean): number => {
          const found = list.findIndex((at, unit) => unit >= from && isIt(at));
          return found < 0 ? list.length : found;
        };
        expect(map.firstEndingBehind(place, from)).toBe(first(ends, (end) => end > place));
        expect(map.firstStartingAt(place, from)).toBe(first(starts, (start) => start >= place));
      }),
      { numRuns: runs(300) },
    );
  });

  test("a range of an empty text has the place that is given", () => {
    expect(new UnitMap().rangeOf({ start: 0, end: 0 }, 7)).toEqual({ start: 7, end: 7 });
  });

  test("a range behind the last unit stands at its end", () => {
    const map = new UnitMap();
    map.copy(3, 2);
    map.escape(5, 7, 1);
    expect(map.rangeOf({ start: 3, end: 3 })).toEqual({ start: 7, end: 7 });
    expect(map.rangeOf({ start: 1, end: 3 })).toEqual({ start: 4, end: 7 });
  });
});
