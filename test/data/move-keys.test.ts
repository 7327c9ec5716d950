import { describe, expect, test } from "vitest";
import { moveKeys, type Move } from "../../src/data/move-keys.ts";
import { YamlText } from "../../src/languages/yaml/data.ts";
import { applyEdits } from "../../src/text/edits.ts";
import { Fragment } from "../../src/text/fragment.ts";

const MOVES: readonly Move[] = [
  { from: ["a", "old"], to: ["a", "b", "new"] },
  { from: ["a", "top"], to: ["top"] },
];

/** The text with those of the moves made that it has keys for; null where they cannot be made. */
function moved(text: string): string | null {
  const [root] = new YamlText(Fragment.of(text)).data;
  if (root?.kind !== "mapping") throw new Error("no mapping");
  const own = MOVES.filter(({ from }) => new RegExp(`\\b${from.at(-1) ?? ""}"?:`).test(text));
  const edits = moveKeys(text, root, own);
  return edits === null ? null : applyEdits(text, edits);
}

describe("moves keys", () => {
  test.each([
    ["into a new mapping", "a:\n  old: 1\n  x: 2\n", "a:\n  x: 2\n  b:\n    new: 1\n"],
    ["into one that is there", "a:\n  b:\n    y: 3\n  old: 1\n", "a:\n  b:\n    y: 3\n    new: 1\n"],
    ["the only key", "a:\n  old: 1\n", "a:\n  b:\n    new: 1\n"],
    [
      "with comments and a list",
      "a:\n  # why\n  old: # here\n    - 1\n    # two\n    - 2\n  x: 2\nz: 1\n",
      "a:\n  x: 2\n  b:\n    # why\n    new: # here\n      - 1\n      # two\n      - 2\nz: 1\n",
    ],
    ["out of a mapping", "a:\n  top: true\n  x: 2\nz: 1\n", "a:\n  x: 2\nz: 1\ntop: true\n"],
    ["without a line end", "a:\n  x: 2\n  old: 1", "a:\n  x: 2\n  b:\n    new: 1\n"],
    ["with CRLF", "a:\r\n  old: 1\r\n  x: 2\r\n", "a:\r\n  x: 2\r\n  b:\r\n    new: 1\r\n"],
    ["with quotes", 'a:\n  "old": "1"\n  x: 2\n', 'a:\n  x: 2\n  b:\n    new: "1"\n'],
    [
      "a block scalar",
      "a:\n  old: |\n    one\n\n    two\n  x: 2\n",
      "a:\n  x: 2\n  b:\n    new: |\n      one\n\n      two\n",
    ],
  ])("%s", (_, before, after) => {
    expect(moved(before)).toBe(after);
  });

  test.each([
    ["in braces", "a: { old: 1, x: 2 }\n"],
    ["an anchor", "a:\n  old: &one 1\n  x: *one\n"],
    ["an alias", "y: &one 1\na:\n  old: *one\n"],
    ["both names", "a:\n  old: 1\n  b:\n    new: 2\n"],
    ["something else in the way", "a:\n  old: 1\n  b: text\n"],
    ["all that a mapping has", "a:\n  top: true\nz: 1\n"],
  ])("not %s", (_, text) => {
    expect(moved(text)).toBeNull();
  });
});
