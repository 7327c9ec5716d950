import { expect, test } from "vitest";
import { blocksOf } from "../../src/text/blocks.ts";

/** Each block as `key=value@line`. */
function blocks(text: string): readonly string[] {
  return blocksOf(text).map((block) =>
    Array.from(block, ([key, { value, line }]) => `${key}=${value}@${line}`).join(" "),
  );
}

const cases: readonly { name: string; text: string; found: string[] }[] = [
  { name: "a mapping", text: "a: 1\nb: 'x'\nc: \"y\" # z\n", found: ["a=1@1 b=x@2 c=y@3"] },
  { name: "nested, and on after it", text: "a:\n  b: 1\nc: 2\n", found: ["a=@1 c=2@3", "b=1@2"] },
  {
    name: "siblings that are nested",
    text: "a:\n  x: 1\nb:\n  x: 2\n",
    found: ["a=@1 b=@3", "x=1@2", "x=2@4"],
  },
  { name: "list items", text: "l:\n- a: 1\n  b: 2\n- a: 3\n", found: ["l=@1", "a=1@2 b=2@3", "a=3@4"] },
  { name: "list items of scalars between", text: "- a: 1\n- x\n- a: 2\n", found: ["a=1@1", "a=2@3"] },
  { name: "comments and blank lines do not part", text: "  a: 1\n\n# c\n  b: 2\n", found: ["a=1@1 b=2@4"] },
  {
    name: "HCL",
    text: 'r "x" {\n  a = "1"\n  b   = "2"\n}\nr "y" {\n  a = 3\n}\n',
    found: ["a=1@2 b=2@3", "a=3@6"],
  },
  { name: "JSON", text: '{\n  "a": "1",\n  "b": "2"\n}\n', found: ["a=1@2 b=2@3"] },
  { name: "values with blanks are no settings", text: "a: 1 2\nb: 3\n", found: ["b=3@2"] },
  { name: "nothing", text: "", found: [] },
];

test.each(cases)("$name", ({ text, found }) => {
  expect(blocks(text)).toEqual(found);
});
