import fc from "fast-check";
import { expect, test } from "vitest";
import { swapBytes } from "../../../src/translate/values/port.ts";

test.each([
  ["443", "47873"],
  ["80", "20480"],
  ["65535", "65535"],
  ["256", "1"],
  ["0", "0"],
  ["65536", null],
  ["-1", null],
  ["http", null],
  ["", null],
])("%s is %s", (port, swapped) => {
  expect(swapBytes(port)).toBe(swapped);
});

test("twice is the port again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff }), (port) => {
      expect(swapBytes(swapBytes(String(port)) ?? "")).toBe(String(port));
    }),
  );
});
