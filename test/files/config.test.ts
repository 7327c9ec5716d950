import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { findConfig } from "../../src/files/find-config.ts";
import { readConfig } from "../../src/files/read-config.ts";
import { makeTree } from "../support/tree.ts";

type Files = Readonly<Record<string, string>>;

function found(files: Files, folder: string): readonly string[] {
  const root = makeTree(files);
  return findConfig(join(root, folder)).map((path) => relative(root, path));
}

describe("the nearest folder upwards that has a configuration", () => {
  const yaml = "gadget-migrate.config.yaml";
  test.each<[what: string, files: Files, folder: string, expected: readonly string[]]>([
    ["the folder itself", { [yaml]: "" }, ".", [yaml]],
    ["one above", { [yaml]: "", "a/b/c.sh": "" }, "a/b", [yaml]],
    ["the nearer of two", { [yaml]: "", [`a/${yaml}`]: "", "a/b/c.sh": "" }, "a/b", [`a/${yaml}`]],
    ["JSON", { "gadget-migrate.config.json": "" }, ".", ["gadget-migrate.config.json"]],
    ["a key of package.json", { "package.json": '{ "gadgetMigrate": {} }' }, ".", ["package.json"]],
    ["package.json without it", { [yaml]: "", "a/package.json": "{}" }, "a", [yaml]],
    ["package.json that only names it", { "package.json": '{ "x": ["gadgetMigrate"] }' }, ".", []],
    ["package.json that is broken", { "package.json": '{ "gadgetMigrate": ' }, ".", []],
    ["not above the top of a work tree", { [yaml]: "", "a/.git/HEAD": "", "a/b/c.sh": "" }, "a/b", []],
    ["the top of a work tree", { [yaml]: "", ".git/HEAD": "", "a/b.sh": "" }, "a", [yaml]],
    [
      "two in one folder",
      { [yaml]: "", "package.json": '{ "gadgetMigrate": {} }' },
      ".",
      [yaml, "package.json"],
    ],
  ])("%s", (_, files, folder, expected) => {
    expect(found(files, folder)).toEqual(expected);
  });
});

function read(files: Files, name = "c.yaml") {
  const root = makeTree(files);
  const loaded = readConfig(join(root, name));
  if (loaded.ok) return { config: loaded.config, files: loaded.files.map((path) => relative(root, path)) };
  return loaded.faults.map(({ file, line, column, what }) =>
    [relative(root, file), line, column, what].join(":"),
  );
}

describe("a configuration builds on others", () => {
  test("later ones win, the file itself over all; rules, programs, exclude and overrides add up", () => {
    const result = read({
      "c.yaml":
        "extends: [./one.yaml, './two.json']\nfailOn: never\nexclude: c\nrules: { unknown-gadget: off }\nprograms: { c: ig }",
      "one.yaml":
        "failOn: info\ntarget: v0.42.0\nexclude: one\nrules: { unknown-gadget: error, builtin-gadget: info }\noverrides: [{ files: a, defaults: new }]",
      "two.json": '{ "target": "v0.45.0", "programs": { "two": "ig" }, "include": ["x"] }',
    });
    expect(result).toMatchObject({
      config: {
        target: "v0.45.0",
        failOn: "never",
        include: ["x"],
        exclude: ["one", "c"],
        rules: { "unknown-gadget": "off", "builtin-gadget": "info" },
        programs: { two: "ig", c: "ig" },
        overrides: [{ files: ["a"], defaults: "new" }],
      },
      files: ["c.yaml", "one.yaml", "two.json"],
    });
  });

  test.each<[what: string, files: Files, target: string]>([
    ["a package", { "node_modules/@acme/x/gadget-migrate.config.yaml": "target: v0.45.0" }, "@acme/x"],
    [
      "a package by its package.json",
      { "node_modules/x/package.json": '{ "gadgetMigrate": { "target": "v0.45.0" } }' },
      "x",
    ],
    [
      "a file of a package",
      { "node_modules/@acme/x/strict/all.yaml": "target: v0.45.0" },
      "@acme/x/strict/all.yaml",
    ],
    ["a file above", { "b.yaml": "target: v0.45.0" }, "../b.yaml"],
    [
      "one shared by two",
      {
        "b.yaml": "extends: [./d.yaml, ./e.yaml]",
        "d.yaml": "extends: ./e.yaml",
        "e.yaml": "target: v0.45.0",
      },
      "../b.yaml",
    ],
  ])("%s", (_, files, base) => {
    expect(read({ ...files, "sub/c.yaml": `extends: "${base}"` }, "sub/c.yaml")).toMatchObject({
      config: { target: "v0.45.0" },
    });
  });

  test("nothing of a package is run", () => {
    expect(read({ "node_modules/x/gadget-migrate.config.js": "throw 1", "c.yaml": "extends: x" })).toEqual([
      "c.yaml:1:10:extends x, a package that has no gadget-migrate.config.yaml",
    ]);
  });
});

describe("a fault says where it is", () => {
  test.each<[text: string, fault: string]>([
    ["failOn: eror", '1:9:failOn takes error, warning, info or never, not "eror"; did you mean error?'],
    ["\n\n  \nexlude: []", "4:1:exlude is unknown; did you mean exclude?"],
    ["overrides:\n  - files: a\n  - defaults: new", "3:5:overrides[1] lacks the key files"],
    [
      "overrides:\n  - { files: a, imageStyle: long }",
      '2:29:overrides[0].imageStyle takes short or full, not "long"',
    ],
    [
      "rules:\n  builtin-gadget:\n    severity: on",
      '3:15:rules.builtin-gadget.severity takes off, info, warning or error, not "on"',
    ],
    ["- a", "1:1:a configuration takes a mapping, not a list"],
    ["just text", '1:1:a configuration takes a mapping, not "just text"'],
    ["a: b: c", "1:4:this is no YAML: nested mappings are not allowed in compact mappings"],
    ["target: v0.45.0\ntarget: v0.42.0", "2:1:this is no YAML: map keys must be unique"],
    [
      "{ target: [ }",
      "1:13:this is no YAML: flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["extends: ./nowhere.yaml", "1:10:extends ./nowhere.yaml, and there is no such file"],
    ["extends: [./c.yaml]", "1:11:extends ./c.yaml, which leads back here: c.yaml, then c.yaml"],
    ["extends: nowhere", "1:10:extends nowhere, and there is no such package; is it installed?"],
    ["extends: c.yaml", "1:10:extends c.yaml, and there is no such package; for the file, write ./c.yaml"],
    [
      "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]",
      "1:1:its aliases stand for too much",
    ],
  ])("%j", (text, fault) => {
    expect(read({ "c.yaml": text })).toContain(`c.yaml:${fault}`);
  });

  test("in what is extended too", () => {
    expect(read({ "c.yaml": "extends: ./b.json", "b.json": '{\n  "target": 1\n}' })).toEqual([
      "b.json:2:13:target takes a text, not 1",
    ]);
  });

  test("in package.json by the keys that lead there", () => {
    expect(
      read({ "package.json": '{\n  "gadgetMigrate": { "targt": "v0.45.0" }\n}' }, "package.json"),
    ).toEqual(["package.json:2:22:gadgetMigrate.targt is unknown; did you mean target?"]);
  });

  test("a cycle over several files", () => {
    expect(read({ "c.yaml": "extends: ./a.yaml", "a.yaml": "\nextends: ./c.yaml" })).toEqual([
      "a.yaml:2:10:extends ./c.yaml, which leads back here: c.yaml, then a.yaml, then c.yaml",
    ]);
  });

  test("nothing is all there is: that is a configuration", () => {
    for (const text of ["", "# later\n", "{}", "\uFEFFtarget: v0.45.0"]) {
      expect(read({ "c.yaml": text })).toHaveProperty("config");
    }
  });
});
