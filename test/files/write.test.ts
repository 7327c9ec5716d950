import {
  chmodSync,
  chownSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeFix } from "../../src/files/write.ts";
import { makeTree } from "../support/tree.ts";

const TEXTS: readonly { name: string; before: string; after: string }[] = [
  { name: "plain", before: "old\n", after: "new\n" },
  { name: "CRLF", before: "a\r\nold\r\n", after: "a\r\nnew\r\n" },
  { name: "BOM", before: "\uFEFFold", after: "\uFEFFnew" },
  { name: "beyond ASCII", before: "é日🙂 old", after: "é日🙂 new" },
];

test.each(TEXTS)("writes the text as it is: $name", ({ before, after }) => {
  const root = makeTree({ "a.sh": before });
  expect(writeFix({ absolute: join(root, "a.sh"), root, before, after })).toEqual({ ok: true });
  expect(readFileSync(join(root, "a.sh"))).toEqual(Buffer.from(after));
  expect(readdirSync(root)).toEqual(["a.sh"]);
});

test.each([0o644, 0o755, 0o600, 0o777, 0o664])("keeps the mode %o", (mode) => {
  const root = makeTree({ "a.sh": "old" });
  chmodSync(join(root, "a.sh"), mode);
  writeFix({ absolute: join(root, "a.sh"), root, before: "old", after: "new" });
  expect(statSync(join(root, "a.sh")).mode & 0o7777).toBe(mode);
});

test.runIf(process.geteuid?.() === 0)("keeps the owner", () => {
  const root = makeTree({ "a.sh": "old" });
  chownSync(join(root, "a.sh"), 1234, 2345);
  expect(writeFix({ absolute: join(root, "a.sh"), root, before: "old", after: "new" })).toEqual({ ok: true });
  expect(statSync(join(root, "a.sh"))).toMatchObject({ uid: 1234, gid: 2345 });
});

describe("refuses, and leaves everything as it was", () => {
  /** Prepares a tree with `a.sh`, and says what is wrong with writing it. */
  const cases: readonly { name: string; prepare: (root: string) => void; reason: RegExp }[] = [
    {
      name: "a file that changed",
      prepare: (root) => {
        writeFileSync(join(root, "in/a.sh"), "other");
      },
      reason: /changed since it was scanned/,
    },
    {
      name: "a file that only gained a BOM",
      prepare: (root) => {
        writeFileSync(join(root, "in/a.sh"), "\uFEFFold");
      },
      reason: /changed since/,
    },
    {
      name: "a file that is gone",
      prepare: (root) => {
        rmSync(join(root, "in/a.sh"));
      },
      reason: /no longer there/,
    },
    {
      name: "a file that became a link",
      prepare: (root) => {
        writeFileSync(join(root, "in/b.sh"), "old");
        rmSync(join(root, "in/a.sh"));
        symlinkSync("b.sh", join(root, "in/a.sh"));
      },
      reason: /no longer a regular file/,
    },
    {
      name: "a folder that became a link out of the root",
      prepare: (root) => {
        rmSync(join(root, "in"), { recursive: true });
        symlinkSync("../outside", join(root, "in"));
      },
      reason: /link leads out of the project/,
    },
  ];
  test.each(cases)("$name", ({ prepare, reason }) => {
    const tree = makeTree({ "root/in/a.sh": "old", "outside/a.sh": "old" });
    const root = join(tree, "root");
    prepare(root);
    const before = snapshot(tree);
    expect(writeFix({ absolute: join(root, "in/a.sh"), root, before: "old", after: "new" })).toEqual({
      ok: false,
      reason: expect.stringMatching(reason) as string,
    });
    expect(snapshot(tree)).toEqual(before);
  });

  test("a file, and a folder, that may not be written", () => {
    const root = makeTree({ "file/a.sh": "old", "folder/a.sh": "old" });
    chmodSync(join(root, "file"), 0o777);
    chmodSync(join(root, "file/a.sh"), 0o444);
    chmodSync(join(root, "folder"), 0o555);
    chmodSync(join(root, "folder/a.sh"), 0o666);
    chmodSync(root, 0o755);
    const before = snapshot(root);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      for (const name of ["file/a.sh", "folder/a.sh"]) {
        const written = writeFix({ absolute: join(root, name), root, before: "old", after: "new" });
        expect(written).toEqual({
          ok: false,
          reason: "It cannot be written: permission denied; the fixes were not made.",
        });
      }
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    expect(snapshot(root)).toEqual(before);
    chmodSync(join(root, "folder"), 0o755);
  });
});

test("a linked folder inside the root, and a root that is itself reached by a link, are fine", () => {
  const tree = makeTree({
    "root/real/a.sh": "old",
    "root/linked": { link: "real" },
    alias: { link: "root" },
  });
  expect(
    writeFix({
      absolute: join(tree, "root/linked/a.sh"),
      root: join(tree, "root"),
      before: "old",
      after: "1",
    }),
  ).toEqual({ ok: true });
  expect(
    writeFix({ absolute: join(tree, "alias/real/a.sh"), root: join(tree, "alias"), before: "1", after: "2" }),
  ).toEqual({ ok: true });
  expect(readFileSync(join(tree, "root/real/a.sh"), "utf8")).toBe("2");
});

test("replaces the file, so that a reader sees the old text or the new one", () => {
  const root = makeTree({ "a.sh": "old" });
  const before = lstatSync(join(root, "a.sh")).ino;
  utimesSync(join(root, "a.sh"), 1, 1);
  writeFix({ absolute: join(root, "a.sh"), root, before: "old", after: "new" });
  expect(lstatSync(join(root, "a.sh")).ino).not.toBe(before);
});

/** Every path with its kind, mode and content. */
function snapshot(folder: string): unknown {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { mode } = lstatSync(path);
      return [path, mode, entry.isFile() ? readFileSync(path, "utf8") : null];
    })
    .sort();
}
