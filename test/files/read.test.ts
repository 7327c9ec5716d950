import { execFileSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Prefilter } from "../../src/engine/prefilter.ts";
import { readFiles } from "../../src/files/read.ts";
import { makeTree } from "../support/tree.ts";

const prefilter = new Prefilter();
const COMMAND = "kubectl gadget trace exec\n";

/** Reads one file; its text as a candidate, the reason why it is skipped, or null when nothing is said of it. */
function read(content: string | Uint8Array, path = "a.sh"): { text: string } | { reason: string } | null {
  const root = makeTree({ [path]: content });
  const { candidates } = readFiles([path], root, prefilter);
  expect(candidates.length).toBeLessThan(2);
  const [candidate] = candidates;
  if (candidate === undefined) return null;
  return "text" in candidate ? { text: candidate.text } : { reason: candidate.reason };
}

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))),
  );
}

function utf16(text: string, order: "le" | "be"): Uint8Array {
  const buffer = Buffer.from(`\uFEFF${text}`, "utf16le");
  return order === "le" ? buffer : buffer.swap16();
}

const MEGABYTE = 1024 * 1024;

describe("candidates", () => {
  const cases: readonly {
    name: string;
    content: string | Uint8Array;
    path?: string;
    text?: string;
    reason?: RegExp;
  }[] = [
    { name: "a file with a command", content: COMMAND, text: COMMAND },
    {
      name: "a BOM and CRLF are kept",
      content: `\uFEFF${COMMAND.replace("\n", "\r\n")}`,
      text: `\uFEFF${COMMAND.replace("\n", "\r\n")}`,
    },
    { name: "text beyond ASCII", content: `# 日本 é 🙂\n${COMMAND}`, text: `# 日本 é 🙂\n${COMMAND}` },
    { name: "nothing of interest", content: "kubectl get pods\n" },
    { name: "an empty file", content: "" },
    { name: "in no language that is read", content: COMMAND, path: "a.png" },
    {
      name: "a script by its first line",
      content: `#!/bin/sh\n${COMMAND}`,
      path: "run",
      text: `#!/bin/sh\n${COMMAND}`,
    },
    { name: "no script by its first line", content: COMMAND, path: "NOTES" },
    { name: "binary", content: bytes(COMMAND, [0, 1, 2]) },
    { name: "Latin-1", content: bytes("# caf", [0xe9], "\n", COMMAND), reason: /not valid UTF-8/ },
    { name: "Latin-1 without a command", content: bytes("# caf", [0xe9], "\n") },
    { name: "Latin-1 in no language", content: bytes("caf", [0xe9], COMMAND), path: "NOTES" },
    {
      name: "a lone surrogate in UTF-8",
      content: bytes([0xed, 0xa0, 0x80], COMMAND),
      reason: /not valid UTF-8/,
    },
    { name: "UTF-16, low byte first", content: utf16(COMMAND, "le"), reason: /UTF-16/ },
    { name: "UTF-16, high byte first", content: utf16(COMMAND, "be"), reason: /UTF-16/ },
    {
      name: "UTF-16 without a BOM, low byte first",
      content: utf16(COMMAND, "le").subarray(2),
      reason: /UTF-16/,
    },
    {
      name: "UTF-16 without a BOM, high byte first, behind other letters",
      content: utf16(`# \u65e5\u672c\u8a9e\n${COMMAND}`, "be").subarray(2),
      reason: /UTF-16/,
    },
    {
      name: "binary with two bytes for each letter",
      content: Buffer.concat([utf16(COMMAND, "le"), Buffer.alloc(2)]).subarray(2),
    },
    { name: "UTF-16 without a command", content: utf16("kubectl get pods", "le") },
    {
      name: "exactly 2 MB",
      content: COMMAND + "#".repeat(2 * MEGABYTE - COMMAND.length),
      text: COMMAND + "#".repeat(2 * MEGABYTE - COMMAND.length),
    },
    {
      name: "one byte more",
      content: COMMAND + "#".repeat(2 * MEGABYTE - COMMAND.length + 1),
      reason: /larger than 2 MB/,
    },
    {
      name: "large, with the command far behind",
      content: `${"#".repeat(5 * MEGABYTE)}\n${COMMAND}`,
      reason: /larger than 2 MB/,
    },
    {
      name: "large, with the command across two stretches",
      content: `${"#".repeat(2 * MEGABYTE - 10)}${COMMAND}`,
      reason: /larger than 2 MB/,
    },
    { name: "large without a command", content: "#".repeat(5 * MEGABYTE) },
    { name: "large and binary", content: bytes("#".repeat(2 * MEGABYTE), [0], COMMAND) },
    { name: "large, in no language", content: COMMAND + "#".repeat(2 * MEGABYTE), path: "NOTES" },
  ];
  test.each(cases)("$name", ({ content, path, text, reason }) => {
    const found = read(content, path);
    if (text !== undefined) expect(found).toEqual({ text });
    else if (reason !== undefined) expect(found).toEqual({ reason: expect.stringMatching(reason) as string });
    else expect(found).toBe(null);
  });

  test("nothing of a longer file is left in the buffer for a shorter one", () => {
    const root = makeTree({ "a.sh": `# ${"x".repeat(1000)}\n${COMMAND}`, "b.sh": "echo short\n" });
    expect(readFiles(["a.sh", "b.sh"], root, prefilter).candidates.map(({ path }) => path)).toEqual(["a.sh"]);
  });

  test("what is no file any more is passed over", () => {
    const root = makeTree({
      "gone.sh": COMMAND,
      "target.sh": COMMAND,
      "link.sh": { link: "target.sh" },
      "folder.sh/x": "",
    });
    rmSync(join(root, "gone.sh"));
    execFileSync("mkfifo", [join(root, "pipe.sh")]);
    const paths = ["gone.sh", "link.sh", "folder.sh", "pipe.sh", "target.sh/x.sh"];
    expect(readFiles(paths, root, prefilter).candidates).toEqual([]);
  });

  test("what may not be read is said so", () => {
    const root = makeTree({ "a.sh": COMMAND });
    chmodSync(join(root, "a.sh"), 0o000);
    chmodSync(root, 0o755);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      const { candidates } = readFiles(["a.sh"], root, prefilter);
      expect(candidates).toEqual([{ path: "a.sh", reason: "The file cannot be read: permission denied." }]);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

test("files that may tell the release are kept too, in whatever language", () => {
  const root = makeTree({
    Makefile: "IG_VERSION ?= v0.45.0\n",
    ".env": "IG_VERSION=v0.45.0\n",
    "Chart.lock": "gadget",
    "a.sh": COMMAND,
    "b.sh": "IG_VERSION=v0.45.0\n",
    "c.sh": "echo\n",
    "a.png": "gadget",
    "d.sh": Buffer.from([0xe9, ...Buffer.from("gadget")]),
  });
  const paths = ["Makefile", ".env", "Chart.lock", "a.sh", "b.sh", "c.sh", "a.png", "d.sh"];
  const { candidates, telling } = readFiles(paths, root, prefilter);
  expect(candidates.map(({ path }) => path)).toEqual(["a.sh", "d.sh"]);
  expect(telling.map(({ path }) => path)).toEqual(["Makefile", ".env", "Chart.lock", "a.sh", "b.sh"]);
});
