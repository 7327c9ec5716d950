import { expect, test } from "vitest";
import { imageWord } from "../../../src/languages/yaml/image-word.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import { Fragment } from "../../../src/text/fragment.ts";
import { list, read } from "./reading.ts";

test.each([
  "image: ghcr.io/inspektor-gadget/ig:v0.30.0\nargs: [trace, exec]\n",
  "image: { repository: ghcr.io/inspektor-gadget/ig, tag: v0.30.0 }\nargs: [trace, exec]\n",
])("%s", (source) => {
  expect(list(read("yaml", source)).join("\n")).toContain("[ghcr.io/inspektor-gadget/ig:v0.30.0]");
});

test.each([
  ["reference", "a.io/ig:v1", "a.io/ig:v2"],
  ["tag", "v1", "v2"],
] as const)("another image in a scalar that holds the %s", (holds, before, after) => {
  const word = imageWord("a.io/ig:v1", Fragment.of(before), holds);
  const text = word.list.write(["a.io/ig:v2"], word);
  if (text === null) throw new Error("a scalar holds any image");
  const edit = word.list.fragment.toSourceEdit({ start: word.start, end: word.end, text });
  expect(applyEdits(before, edit === null ? [] : [edit])).toBe(after);
});
