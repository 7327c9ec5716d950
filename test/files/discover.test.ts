import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { discover, type DiscoverOptions } from "../../src/files/discover.ts";
import { addToTree, git, GIT_ENVIRONMENT, makeTree } from "../support/tree.ts";

beforeAll(() => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value);
});
afterAll(() => {
  vi.unstubAllEnvs();
});

async function find(
  root: string,
  paths: readonly string[] = ["."],
  options: Partial<DiscoverOptions> = {},
): Promise<{
  paths: string[];
  missing: readonly string[];
  skipped: Record<string, string>;
  isWhole: boolean;
}> {
  const { files, missing, skipped, isWhole } = await discover(paths, { root, cwd: root, ...options });
  for (const path of files.all) expect(existsSync(join(root, path))).toBe(true);
  return {
    paths: [...files.all],
    missing,
    skipped: Object.fromEntries(skipped.map(({ path, reason }) => [path, reason])),
    isWhole,
  };
}

/** The same tree in a git work tree, and in none. */
const inAndOutOfGit = [
  {
    where: "in a work tree",
    make: (nodes: Parameters<typeof makeTree>[0]): string => {
      const root = makeTree();
      git(root, "init", "-q");
      addToTree(root, nodes ?? {});
      return root;
    },
  },
  { where: "outside of git", make: makeTree },
];

describe.each(inAndOutOfGit)("$where", ({ make }) => {
  test("what several arguments find is found once", async () => {
    const root = make({ "a/one.sh": "", "a/two.sh": "", "b.sh": "" });
    const { paths, missing } = await find(root, ["a", "a/one.sh", "a/*.sh", ".", "a/o*"]);
    expect(paths).toEqual(["a/one.sh", "a/two.sh", "b.sh"]);
    expect(missing).toEqual([]);
  });

  test("hidden folders are searched; .git, node_modules and ignored files are not", async () => {
    const root = make({
      ".gitignore": "*.log\ndist/\n",
      ".github/workflows/ci.yaml": "",
      "a.sh": "",
      "a.log": "",
      "dist/a.sh": "",
      "b/.gitignore": "!a.log\n",
      "b/a.log": "",
      "node_modules/x/a.sh": "",
      "b/node_modules/x/a.sh": "",
      "node_modules.sh": "",
    });
    expect((await find(root)).paths).toEqual([
      ".github/workflows/ci.yaml",
      ".gitignore",
      "a.sh",
      "b/.gitignore",
      "b/a.log",
      "node_modules.sh",
    ]);
  });

  test("what is given by name is taken, though ignored", async () => {
    const root = make({
      ".gitignore": "dist/\n*.log",
      "dist/a.sh": "",
      "dist/b/a.sh": "",
      "a.log": "",
      "node_modules/x/a.sh": "",
    });
    expect((await find(root, ["a.log"])).paths).toEqual(["a.log"]);
    expect((await find(root, ["dist/a.sh"])).paths).toEqual(["dist/a.sh"]);
    expect((await find(root, ["dist"])).paths).toEqual(["dist/a.sh", "dist/b/a.sh"]);
    expect((await find(root, ["dist/b"])).paths).toEqual(["dist/b/a.sh"]);
    expect((await find(root, ["node_modules/x"])).paths).toEqual(["node_modules/x/a.sh"]);
  });

  test("links are not followed", async () => {
    const root = make({
      "a/x.sh": "",
      "file-link": { link: "a/x.sh" },
      "folder-link": { link: "a" },
      "a/up": { link: ".." },
      broken: { link: "nowhere" },
    });
    expect((await find(root)).paths).toEqual(["a/x.sh"]);
    const given = await find(root, ["file-link", "folder-link", "broken"]);
    expect(given.paths).toEqual([]);
    expect(Object.keys(given.skipped)).toEqual(["broken", "file-link", "folder-link"]);
    expect(given.skipped["folder-link"]).toMatch(/symbolic link/);
  });

  test("paths are files, folders and globs, each file once, sorted by code units", async () => {
    const root = make({
      "b.sh": "",
      "B.sh": "",
      "a/x.sh": "",
      "a/y.ts": "",
      "a/.h/z.sh": "",
      "é.sh": "",
      "a-b/x.sh": "",
    });
    expect((await find(root, ["b.sh", ".", "a", "a/x.sh"])).paths).toEqual([
      "B.sh",
      "a-b/x.sh",
      "a/.h/z.sh",
      "a/x.sh",
      "a/y.ts",
      "b.sh",
      "é.sh",
    ]);
    expect((await find(root, ["a/*.sh"])).paths).toEqual(["a/x.sh"]);
    expect((await find(root, ["**/*.sh"])).paths).toEqual([
      "B.sh",
      "a-b/x.sh",
      "a/.h/z.sh",
      "a/x.sh",
      "b.sh",
      "é.sh",
    ]);
    expect((await find(root, ["./a/**/*.{ts,js}"])).paths).toEqual(["a/y.ts"]);
    expect((await find(root, [`${root}/a*/x.sh`])).paths).toEqual(["a-b/x.sh", "a/x.sh"]);
    expect((await find(root, ["x.sh", "../*/a/*.sh"], { cwd: join(root, "a") })).paths).toEqual(["a/x.sh"]);
  });

  test("a glob that matches a folder stands for what is in it", async () => {
    const root = make({ "a/b/x.sh": "", "a/y.sh": "", "c/x.sh": "" });
    expect((await find(root, ["a*"])).paths).toEqual(["a/b/x.sh", "a/y.sh"]);
  });

  test("a glob does not reach what is ignored, unless its folder is given", async () => {
    const root = make({ ".gitignore": "dist\n", "dist/x.sh": "", "y.sh": "" });
    expect((await find(root, ["**/*.sh"])).paths).toEqual(["y.sh"]);
    expect((await find(root, ["dist/*.sh"])).paths).toEqual(["dist/x.sh"]);
  });

  test("a name with special characters is taken as it is when it exists", async () => {
    const root = make({ "[a].sh": "", "a.sh": "", "{b}/x.sh": "" });
    expect((await find(root, ["[a].sh"])).paths).toEqual(["[a].sh"]);
    expect((await find(root, ["{b}"])).paths).toEqual(["{b}/x.sh"]);
  });

  test("paths and globs that lead nowhere are named as typed", async () => {
    const root = make({ "a.sh": "" });
    const { paths, missing } = await find(root, ["no", "a.sh", "no/*.sh", "*.no", "a.sh/b", "\0", ""]);
    expect(paths).toEqual(["a.sh"]);
    expect(missing).toEqual(["no", "no/*.sh", "*.no", "a.sh/b", "\0"]);
  });

  test("include and exclude are globs from the root, at any depth without a slash", async () => {
    const root = make({ "a.sh": "", "a.ts": "", "b/a.sh": "", "b/c/a.sh": "", "c/a.sh": "", ".h/a.sh": "" });
    expect((await find(root, ["."], { include: ["*.sh"] })).paths).toEqual([
      ".h/a.sh",
      "a.sh",
      "b/a.sh",
      "b/c/a.sh",
      "c/a.sh",
    ]);
    expect((await find(root, ["."], { include: ["b/**"] })).paths).toEqual(["b/a.sh", "b/c/a.sh"]);
    expect((await find(root, ["."], { include: ["/c"], exclude: ["*.ts"] })).paths).toEqual(["c/a.sh"]);
    expect((await find(root, ["."], { exclude: ["c", ".h/"] })).paths).toEqual(["a.sh", "a.ts", "b/a.sh"]);
    expect((await find(root, ["b/a.sh", "a.ts"], { exclude: ["b/*.sh"] })).paths).toEqual(["a.ts"]);
  });

  test("odd names", async () => {
    const names = [
      "a b.sh",
      'q"q.sh',
      "new\nline.sh",
      "tab\t.sh",
      "-rf.sh",
      "\\.sh",
      "日本.sh",
      "? x.sh",
      "100644 x 0\tx.sh",
    ].sort();
    const root = make(Object.fromEntries(names.map((name) => [name, ""])));
    expect((await find(root)).paths).toEqual(names);
    expect(
      (
        await find(
          root,
          names.map((name) => join(root, name)),
        )
      ).paths,
    ).toEqual(names);
  });

  test("a name that is not UTF-8 is skipped, its neighbours are not", async () => {
    const root = make({ "a.sh": "", "b/c.sh": "" });
    writeFileSync(
      Buffer.concat([Buffer.from(`${root}/b/`), Buffer.from([0x66, 0xfc, 0x2e, 0x73, 0x68])]),
      "",
    );
    writeFileSync(join(root, "b/real\uFFFD.sh"), "");
    const { paths, skipped } = await find(root);
    expect(paths).toEqual(["a.sh", "b/c.sh", "b/real\uFFFD.sh"]);
    expect(skipped).toEqual({ "b/f\uFFFD.sh": expect.stringMatching(/not UTF-8/) as string });
  });

  test("pipes and the like are no files", async () => {
    const root = make({ "a.sh": "" });
    execFileSync("mkfifo", [join(root, "pipe.sh")]);
    expect((await find(root)).paths).toEqual(["a.sh"]);
    expect((await find(root, ["pipe.sh"])).skipped["pipe.sh"]).toMatch(/neither a file nor a folder/);
  });

  test("folders that cannot be read are said so", async () => {
    const root = make({ "a.sh": "", "locked/b.sh": "" });
    chmodSync(root, 0o755);
    const found = await withoutPrivileges(root, async () => {
      chmodSync(join(root, "locked"), 0o000);
      try {
        return await find(root);
      } finally {
        chmodSync(join(root, "locked"), 0o755);
      }
    });
    expect(found.paths).toEqual(["a.sh"]);
    expect(found.skipped["locked"]).toMatch(/cannot be read: permission denied/);
  });

  test("whether the whole project was searched", async () => {
    const root = make({ "a/x.sh": "" });
    expect((await find(root)).isWhole).toBe(true);
    expect((await find(root, ["a", "."])).isWhole).toBe(true);
    expect((await find(root, ["a"])).isWhole).toBe(false);
    expect((await find(root, ["."], { include: ["*.sh"] })).isWhole).toBe(false);
    expect((await find(root, ["."], { exclude: ["*.sh"] })).isWhole).toBe(true);
  });
});

/** Root may read everything: where the tests run as root, they go on as nobody. */
async function withoutPrivileges<T>(root: string, run: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (!isRoot) return run();
  execFileSync("chown", ["-R", "65534", root]);
  process.seteuid?.(65534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

describe("git", () => {
  test("tracked files count though ignored; deleted ones are left to the reader", async () => {
    const root = makeTree({ "a.log": "", "b.sh": "" });
    git(root, "init", "-q");
    git(root, "add", ".");
    addToTree(root, { ".gitignore": "*.log", "c.log": "" });
    expect((await find(root)).paths).toEqual([".gitignore", "a.log", "b.sh"]);
  });

  test("files in conflict are listed once", async () => {
    const root = makeTree({ "a.sh": "1" });
    git(root, "init", "-q", "-b", "main");
    git(root, "add", ".");
    git(root, "commit", "-q", "-m", "1");
    git(root, "checkout", "-q", "-b", "other");
    addToTree(root, { "a.sh": "2" });
    git(root, "commit", "-q", "-a", "-m", "2");
    git(root, "checkout", "-q", "main");
    addToTree(root, { "a.sh": "3" });
    git(root, "commit", "-q", "-a", "-m", "3");
    expect(() => git(root, "merge", "other")).toThrow();
    expect((await find(root)).paths).toEqual(["a.sh"]);
  });

  test("repositories inside are projects of their own: skipped with a word, unless given", async () => {
    const root = makeTree({ "a.sh": "" });
    git(root, "init", "-q");
    addToTree(root, { "module/x.sh": "", "nested/y.sh": "" });
    for (const name of ["module", "nested"]) {
      git(join(root, name), "init", "-q");
      git(join(root, name), "add", ".");
      git(join(root, name), "commit", "-q", "-m", name);
    }
    git(root, "add", "module");
    const { paths, skipped } = await find(root);
    expect(paths).toEqual(["a.sh"]);
    expect(Object.keys(skipped)).toEqual(["module", "nested"]);
    expect((await find(root, ["module"])).paths).toEqual(["module/x.sh"]);
  });

  test("a submodule that was never fetched has nothing to say", async () => {
    const root = makeTree({ "a.sh": "" });
    git(root, "init", "-q");
    git(root, "update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},module`);
    addToTree(root, { "module/.keep": "" });
    expect((await find(root)).skipped).toEqual({});
  });

  test("repositories below a plain folder are listed by git, each by its own rules", async () => {
    const root = makeTree({ "a/.gitignore": "x.sh", "a/x.sh": "", "a/y.sh": "", "b/x.sh": "", "x.sh": "" });
    git(join(root, "a"), "init", "-q");
    git(join(root, "b"), "init", "-q");
    git(join(root, "a"), "add", "-f", "x.sh");
    expect((await find(root)).paths).toEqual(["a/.gitignore", "a/x.sh", "a/y.sh", "b/x.sh", "x.sh"]);
  });

  test("without git, or where it refuses, ignore files are read here", async () => {
    const root = makeTree({
      ".gitignore": "*.log\n",
      "a.log": "",
      "a/.gitignore": "y.sh",
      "a/b/x.sh": "",
      "a/b/y.sh": "",
      "a/b.log": "",
    });
    addToTree(root, { ".git/HEAD": "broken" });
    expect((await find(root)).paths).toEqual([".gitignore", "a/.gitignore", "a/b/x.sh"]);
    expect((await find(root, ["a/b"])).paths).toEqual(["a/b/x.sh"]);
  });

  test("nothing that the repository configures is run", async () => {
    const root = makeTree({ "a.sh": "" });
    git(root, "init", "-q");
    const marker = join(root, "ran");
    addToTree(root, { monitor: `#!/bin/sh\ntouch '${marker}'\n` });
    chmodSync(join(root, "monitor"), 0o755);
    git(root, "config", "core.fsmonitor", join(root, "monitor"));
    git(root, "config", "core.hooksPath", root);
    expect((await find(root)).paths).toEqual(["a.sh", "monitor"]);
    expect(existsSync(marker)).toBe(false);
    git(root, "status");
    expect(existsSync(marker)).toBe(true);
  });

  test("the repository of a hook that runs this is not taken for the one that is scanned", async () => {
    const root = makeTree({ "a/x.sh": "", "b/y.sh": "" });
    git(join(root, "a"), "init", "-q");
    git(join(root, "b"), "init", "-q");
    vi.stubEnv("GIT_DIR", join(root, "b/.git"));
    vi.stubEnv("GIT_WORK_TREE", join(root, "b"));
    vi.stubEnv("GIT_INDEX_FILE", join(root, "b/.git/index"));
    try {
      expect((await find(join(root, "a"))).paths).toEqual(["x.sh"]);
    } finally {
      for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]) vi.stubEnv(name, undefined);
    }
  });
});
