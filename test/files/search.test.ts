import { expect, test } from "vitest";
import { inSeveralFiles } from "../../src/files/search.ts";
import { makeTree } from "../support/tree.ts";

const TREE = {
  "a.sh": "one two three",
  "b.py": "two zwölf",
  "c.md": "two zwölf",
  "d.bin": Buffer.from([0xff, 0, ...Buffer.from("one")]),
  "big.txt": `three ${"x".repeat(2 * 1024 * 1024)}`,
  "link.txt": { link: "a.sh" },
};

test.each([
  [["one"], ["one"]],
  [["two", "three"], ["two"]],
  [["zwölf", "four"], ["zwölf"]],
  [
    ["one", "two", "zwölf"],
    ["one", "two", "zwölf"],
  ],
  [[], []],
])("%j: %j", (texts, found) => {
  const root = makeTree(TREE);
  const paths = [...Object.keys(TREE), "gone.txt"];
  expect([...inSeveralFiles(new Set(texts), paths, root)].sort()).toEqual(found);
});
