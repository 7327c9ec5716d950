import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compileRules } from "../../scripts/rules-plugin.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "rules-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

test("top files give keys, folders give lists", () => {
  write({
    "releases.yaml": "releases: [a]\nmilestones: { removed: b }\n",
    "images/two.yaml": "name: two\n",
    "images/one.yaml": "name: one\n",
    "schema/image.schema.json": "{}",
  });
  expect(compileRules(folder)).toEqual({
    releases: ["a"],
    milestones: { removed: "b" },
    images: [{ name: "one" }, { name: "two" }],
  });
});

test("lists under one key are joined, anything else is refused", () => {
  write({ "a.yaml": "list: [1]\n", "b.yaml": "list: [2]\n" });
  expect(compileRules(folder)).toEqual({ list: [1, 2] });
  write({ "c.yaml": "one: { x: 1 }\n", "d.yaml": "one: { y: 1 }\n" });
  expect(() => compileRules(folder)).toThrow("rules/d.yaml: one is set twice");
});

test("spans that are left out are those of the holder; rows of a mapping keep theirs", () => {
  write({
    "images/one.yaml": `
since: v0.36.0
until: v0.36.1
flags: [{ name: a }, { name: b, since: v0.36.1 }]
dataSources: [{ fields: [{ name: c }] }]
`,
    "gadgets/one.yaml":
      "flags: [{ name: a, since: v0.5.0, to: [{ flag: b }, { flag: c, since: v0.40.0 }] }]\n",
  });
  expect(compileRules(folder)).toMatchObject({
    images: [
      {
        flags: [
          { name: "a", since: "v0.36.0", until: "v0.36.1" },
          { name: "b", since: "v0.36.1", until: "v0.36.1" },
        ],
        dataSources: [{ fields: [{ name: "c", since: "v0.36.0", until: "v0.36.1" }] }],
      },
    ],
    gadgets: [
      { flags: [{ since: "v0.5.0", until: null, to: [{ flag: "b" }, { since: "v0.40.0", until: null }] }] },
    ],
  });
});

test.each([
  ["YAML that does not parse", { "images/x.yaml": "name: x\nflags: [\n" }, /^rules\/images\/x\.yaml:3: /],
  ["a key twice", { "a.yaml": "x: 1\ny: 2\nx: 3\n" }, /^rules\/a\.yaml:3: /],
  ["a file that is no mapping", { "a.yaml": "- x\n" }, /^rules\/a\.yaml:1: a mapping is expected/],
  ["an unknown folder", { "pictures/x.yaml": "x: 1\n" }, /^rules\/pictures: no such kind of rules/],
  ["another kind of file", { "images/x.yml": "x: 1\n" }, /^rules\/images\/x\.yml: not a \.yaml file/],
])("%s is an error that names the file", (_, files, message) => {
  write(files);
  expect(() => compileRules(folder)).toThrow(message);
});
