import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Prefilter } from "../../src/engine/prefilter.ts";
import { discoverAndRead } from "../../src/files/gather.ts";
import { addToTree, git, GIT_ENVIRONMENT, makeTree } from "../support/tree.ts";

beforeAll(() => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value);
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const COMMAND = "kubectl gadget trace exec\n";
const WIDE = Buffer.from(`\uFEFF#!/bin/sh\n${COMMAND}`, "utf16le");

/** Each with a command, in a way that a search may miss. */
const TREE = {
  "plain.sh": COMMAND,
  "deep/in/folders/run.sh": `#!/bin/sh\n\n${COMMAND}`,
  "deep/with\nline end.sh": COMMAND,
  "crlf.sh": "set -e\r\nig trace exec\r\n",
  "escaped.js": 'write("set -e\\nig trace exec");\n',
  "latin1.sh": Buffer.from(`# caf\xe9\n${COMMAND}`, "latin1"),
  "wide.sh": WIDE,
  "wide-big-endian.sh": Buffer.from(WIDE).swap16(),
  "binary-attribute.sh": COMMAND,
  "large.sh": COMMAND + "#\n".repeat(1024 * 1024),
  ".gitattributes": "binary-attribute.sh binary\nconverted.sh diff=odd\n",
  "converted.sh": COMMAND,
  "assumed.sh": "true\n",
  "skipped.sh": "true\n",
  "changed.sh": "true\n",
  "no-more.sh": COMMAND,
  "forced.log": COMMAND,
  ".gitignore": "*.log\n",
  "node_modules/a/run.sh": COMMAND,
  "was-a-file.sh": COMMAND,
  "was-a-folder.sh/run.sh": COMMAND,
  "nothing.sh": "true\n",
  "design.sh": "echo right, big config\n",
};

/** A work tree where what git keeps is not what is there. */
function makeRepository(): string {
  const root = makeTree(TREE);
  git(root, "init", "-q");
  git(root, "config", "diff.odd.textconv", "true");
  git(root, "config", "grep.fullName", "true");
  git(root, "config", "grep.lineNumber", "true");
  git(root, "config", "submodule.recurse", "true");
  git(root, "config", "color.ui", "always");
  git(root, "add", "--force", "--all");
  git(root, "commit", "-qm", "all");
  git(root, "update-index", "--assume-unchanged", "assumed.sh");
  git(root, "update-index", "--skip-worktree", "skipped.sh");
  for (const name of ["assumed.sh", "skipped.sh", "changed.sh", "new.sh"]) {
    writeFileSync(join(root, name), COMMAND);
  }
  addToTree(root, { "new folder/new.sh": COMMAND, "ignored.log": COMMAND });
  for (const name of ["no-more.sh", "was-a-file.sh", "was-a-folder.sh"]) {
    rmSync(join(root, name), { recursive: true });
  }
  mkdirSync(join(root, "was-a-file.sh"));
  symlinkSync("plain.sh", join(root, "was-a-folder.sh"));
  return root;
}

interface Found {
  readonly read: readonly string[];
  readonly skipped: readonly string[];
  readonly files: readonly string[];
}

async function gatherIn(root: string, paths: readonly string[] = ["."]): Promise<Found> {
  const found = await discoverAndRead(paths, { root, cwd: root }, new Prefilter());
  const names = (wanted: boolean): string[] =>
    found.candidates
      .filter((one) => "text" in one === wanted)
      .map(({ path }) => path)
      .sort();
  return { read: names(true), skipped: names(false), files: found.files.all };
}

const READ = [
  ...["assumed.sh", "binary-attribute.sh", "changed.sh", "converted.sh", "crlf.sh"],
  ...["deep/in/folders/run.sh", "deep/with\nline end.sh", "escaped.js", "new folder/new.sh", "new.sh"],
  ...["plain.sh", "skipped.sh"],
];
const SKIPPED = ["large.sh", "latin1.sh", "wide-big-endian.sh", "wide.sh"];

test("what git searches for us is found as if all were read", async () => {
  const { read, skipped, files } = await gatherIn(makeRepository());
  expect({ read, skipped }).toEqual({ read: READ, skipped: SKIPPED });
  // Files without a command count among those that were looked at.
  expect(files).toEqual(expect.arrayContaining([...READ, "nothing.sh", "design.sh"]));
});

test("a part of a work tree, and parts that overlap, are searched once", async () => {
  const root = makeRepository();
  const deep = ["deep/in/folders/run.sh", "deep/with\nline end.sh"];
  expect((await gatherIn(root, ["deep"])).read).toEqual(deep);
  expect((await gatherIn(root, ["deep/in", "deep", "deep/**/*.sh", "plain.sh"])).read).toEqual([
    ...deep,
    "plain.sh",
  ]);
  expect((await gatherIn(root, ["*.js", "nothing.sh"])).read).toEqual(["escaped.js"]);
});

test.each([
  ["knows no such patterns", 'echo "fatal: no PCRE" >&2; exit 128'],
  ["warns of something", 'echo "error: plain.sh: Permission denied" >&2; exit 0'],
  ["ends halfway", "printf 'plain.sh\\0crl'; exit 2"],
  ["is killed", "kill -9 $$"],
])("every file is read where git %s", async (_, behaviour) => {
  const root = makeRepository();
  const real = git(root, "--exec-path").trim();
  const bin = makeTree({
    git: `#!/bin/sh\nfor word; do [ "$word" = grep ] && { ${behaviour}; }; done\nPATH=\${PATH#*:} exec "${real}/git" "$@"\n`,
  });
  chmodSync(join(bin, "git"), 0o755);
  vi.stubEnv("PATH", bin + delimiter + (process.env["PATH"] ?? ""));
  try {
    const { read, skipped } = await gatherIn(root);
    expect({ read, skipped }).toEqual({ read: READ, skipped: SKIPPED });
  } finally {
    vi.stubEnv("PATH", process.env["PATH"]?.slice(bin.length + 1) ?? "");
  }
});
