import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCompiler, loadScript } from "../../src/files/compiler.ts";
import { makeTree } from "../support/tree.ts";

const SCRIPT =
  'const { name } = require("./other.js"); exports.hello = () => `${name} ${__filename.length > 0}`;\n';

interface Hello {
  readonly hello: () => string;
}

/** A package with a script; each run of it returns what it says, and how many times it had to be compiled. */
function makePackage(): { folder: string; run: () => readonly [said: string, compiled: number] } {
  const folder = join(
    makeTree({ "node_modules/x/main.js": SCRIPT, "node_modules/x/other.js": 'exports.name = "é";\n' }),
    "node_modules",
  );
  const run = (): readonly [string, number] => {
    const left: (() => void)[] = [];
    const { hello } = loadScript(join(folder, "x/main.js"), (work) => left.push(work)) as Hello;
    const said = hello();
    for (const work of left) work();
    return [said, left.length];
  };
  return { folder, run };
}

function cacheFiles(folder: string): readonly string[] {
  return readdirSync(join(folder, ".cache/gadget-migrate"));
}

test("a script is compiled once", () => {
  const { folder, run } = makePackage();
  expect([run(), run(), run()]).toEqual([
    ["é true", 1],
    ["é true", 0],
    ["é true", 0],
  ]);
  expect(cacheFiles(folder)).toHaveLength(1);
});

test("a damaged or empty cache is made anew", () => {
  const { folder, run } = makePackage();
  run();
  for (const damage of ["", "garbage that is long enough", Buffer.alloc(5000, 7)]) {
    for (const file of cacheFiles(folder)) writeFileSync(join(folder, ".cache/gadget-migrate", file), damage);
    expect([run(), run()]).toEqual([
      ["é true", 1],
      ["é true", 0],
    ]);
  }
});

test("a script that changed is compiled again", () => {
  const { folder, run } = makePackage();
  run();
  writeFileSync(join(folder, "x/main.js"), "exports.hello = () => 'new';\n");
  expect([run(), run()]).toEqual([
    ["new", 1],
    ["new", 0],
  ]);
});

test("where nothing may be written, nothing is kept", () => {
  const { folder, run } = makePackage();
  chmodSync(join(folder, ".."), 0o755);
  chmodSync(folder, 0o555);
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    expect([run(), run()]).toEqual([
      ["é true", 1],
      ["é true", 1],
    ]);
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
  expect(readdirSync(folder)).toEqual(["x"]);
});

test("the compiler of ts-morph is found", () => {
  expect(loadCompiler()).toHaveProperty("createSourceFile");
});
