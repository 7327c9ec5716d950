import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, nearest } from "../../src/text/nearest.ts";

describe("nearest", () => {
  test.each([
    ["formt", ["fix", "format", "fail-on"], "format"],
    ["targte", ["target", "strict"], "target"],
    ["exce", ["dns", "exec", "open"], "exec"],
    ["help-me-please", ["help", "fix"], null],
    ["http", ["dns", "exec", "mount"], null],
    ["ab", ["ax", "ay"], "ax"],
    ["K8S.PODNAME", ["k8s.pod", "k8s.podName"], "k8s.podName"],
    ["x", [], null],
  ])("%s among %j is %j", (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
  });
});

describe("editDistance", () => {
  test.each([
    ["", "", 0],
    ["", "abc", 3],
    ["kitten", "sitting", 3],
    ["exce", "exec", 1],
    ["same", "same", 0],
  ])("%j to %j takes %i", (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
  });

  test("is a symmetric distance that one edit changes by at most one", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), (a, b, place) => {
        const at = place % (a.length + 1);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, `${a.slice(0, at)}x${a.slice(at)}`)).toBe(1);
      }),
    );
  });
});
