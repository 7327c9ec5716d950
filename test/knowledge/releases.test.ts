import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareReleases,
  isKnownRelease,
  newestRelease,
  spansMeet,
  within,
} from "../../src/knowledge/releases.ts";

const releases = ["v0.9.0", "v0.10.0", "v0.41.0", "v0.41.2", "v0.42.0"].map((tag) => ({
  tag,
  date: "2025-01-01",
}));

describe("order", () => {
  test.each([
    ["v0.9.0", "v0.10.0"],
    ["v0.41.0", "v0.41.2"],
    ["v0.41.2", "v0.42.0"],
    ["v0.42.0-rc.1", "v0.42.0"],
    ["v0.42.0-alpha", "v0.42.0-beta"],
    ["main", "v0.1.0"],
  ])("%s is older than %s", (older, newer) => {
    expect(compareReleases(older, newer)).toBeLessThan(0);
    expect(compareReleases(newer, older)).toBeGreaterThan(0);
  });

  test.each([
    ["v0.42.0", "0.42.0"],
    ["v0.42.0", "v0.42.0+build"],
    ["main", "main"],
  ])("%s is as old as %s", (a, b) => {
    expect(compareReleases(a, b)).toBe(0);
  });

  test("it is a total order", () => {
    const tag = fc.oneof(
      fc.tuple(fc.nat(3), fc.nat(12), fc.nat(3)).map((numbers) => `v${numbers.join(".")}`),
      fc.constantFrom("main", "latest", "v1.2.3-rc.1", "v1.2.3-rc.2", ""),
    );
    fc.assert(
      fc.property(tag, tag, tag, (a, b, c) => {
        expect(Math.sign(compareReleases(a, b))).toBe(-Math.sign(compareReleases(b, a)) + 0);
        if (compareReleases(a, b) <= 0 && compareReleases(b, c) <= 0) {
          expect(compareReleases(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

describe("spans", () => {
  test.each([
    [{ since: "v0.9.0", until: "v0.41.0" }, "v0.9.0", true],
    [{ since: "v0.9.0", until: "v0.41.0" }, "v0.41.0", true],
    [{ since: "v0.9.0", until: "v0.41.0" }, "v0.41.1", false],
    [{ since: "v0.10.0", until: null }, "v0.9.0", false],
    [{ since: "v0.10.0", until: null }, "v9.0.0", true],
    [{ until: "v0.10.0" }, "v0.1.0", true],
    [{}, "v0.1.0", true],
  ])("%j has %s: %s", (span, release, expected) => {
    expect(within(span, release)).toBe(expected);
  });

  test.each([
    [{ since: "v0.1.0", until: "v0.9.0" }, { since: "v0.10.0", until: null }, false],
    [{ since: "v0.1.0", until: "v0.10.0" }, { since: "v0.10.0", until: null }, true],
    [{ since: "v0.1.0", until: null }, { since: "v0.9.0", until: "v0.9.0" }, true],
  ])("%j and %j meet: %s", (a, b, expected) => {
    expect(spansMeet(a, b)).toBe(expected);
    expect(spansMeet(b, a)).toBe(expected);
  });
});

test("known and newest", () => {
  expect(isKnownRelease(releases, "v0.41.2")).toBe(true);
  expect(isKnownRelease(releases, "v0.41.1")).toBe(false);
  expect(newestRelease(releases)).toBe("v0.42.0");
  expect(newestRelease(releases, "v0.41.0")).toBe("v0.41.2");
  expect(newestRelease(releases, "v0.41.9")).toBe("v0.41.2");
  expect(newestRelease(releases, "v0.50.0")).toBe(null);
  expect(newestRelease([])).toBe(null);
});
