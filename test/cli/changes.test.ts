import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findingsOf, runCli } from "../support/cli.ts";
import { addToTree, git, GIT_ENVIRONMENT, makeTree } from "../support/tree.ts";

const EXEC = "kubectl gadget trace exec -n demo\n";
const OPEN = "ig trace open\n";
const FIXED = "kubectl gadget run trace_exec:v0.55.1 --ignore-failed=false -n demo\n";
const TARGET = ["--target", "v0.55.1"];

beforeEach(() => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A repository with one commit that holds these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = makeTree(files);
  git(folder, "init", "-q", "-b", "main");
  git(folder, "add", ".");
  git(folder, "commit", "-q", "--allow-empty", "-m", "first");
  return folder;
}

/** `path:line` of what is found. */
async function places(folder: string, argv: readonly string[], cwd?: string): Promise<readonly string[]> {
  return (await findingsOf(folder, [...TARGET, ...argv], cwd)).map((line) => line.split(" ")[0] ?? "");
}

describe("--staged", () => {
  test("reports what is staged, as it is staged, and no other file", async () => {
    const folder = repository({ "old.sh": EXEC, "part.sh": "", "gone.sh": OPEN });
    addToTree(folder, { "whole.sh": EXEC, "part.sh": `# one\n${EXEC}` });
    git(folder, "add", "whole.sh", "part.sh");
    git(folder, "rm", "-q", "gone.sh");
    addToTree(folder, { "part.sh": OPEN + OPEN, "untracked.sh": EXEC });
    expect(await places(folder, ["--staged"])).toEqual(["part.sh:2", "whole.sh:1"]);
    expect(await places(folder, ["--staged", "whole.sh", "old.sh"])).toEqual(["whole.sh:1"]);
    expect(await places(folder, ["--staged", "--path", "p*"])).toEqual(["part.sh:2"]);
  });

  test("reports what is staged though the file is no longer there, or is new to an empty repository", async () => {
    const folder = makeTree({ "a.sh": EXEC });
    git(folder, "init", "-q");
    git(folder, "add", "a.sh");
    expect(await places(folder, ["--staged"])).toEqual(["a.sh:1"]);
    rmSync(join(folder, "a.sh"));
    expect(await places(folder, ["--staged"])).toEqual(["a.sh:1"]);
  });

  test.each([
    ["nothing is staged", { "a.sh": EXEC }, []],
    ["only a file in no known language is", { "a.sh": EXEC }, ["b.xyz"]],
    ["only a link is", { "a.sh": EXEC }, ["link.sh"]],
  ])("is content when %s", async (_, files, staged) => {
    const folder = repository(files);
    addToTree(folder, { "b.xyz": EXEC, "link.sh": { link: "a.sh" } });
    if (staged.length > 0) git(folder, "add", ...staged);
    const { code, stderr } = await runCli(folder, [...TARGET, "--staged"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("is content in a repository without a file", async () => {
    expect((await runCli(repository({}), ["--staged"])).code).toBe(0);
  });

  test("heeds exclude, and reads helpers in files that are not staged", async () => {
    const folder = repository({
      "gadget-migrate.config.yaml": "exclude: [vendor]\n",
      "lib.sh": 'g() { kubectl gadget "$@"; }\n',
    });
    addToTree(folder, { "vendor/a.sh": EXEC, "b.sh": "source ./lib.sh\ng trace exec\n" });
    git(folder, "add", ".");
    expect(await places(folder, ["--staged"])).toEqual(["b.sh:2"]);
  });

  test("takes a file with other line ends for the same", async () => {
    const folder = repository({ "a.sh": "" });
    git(folder, "config", "core.autocrlf", "true");
    addToTree(folder, { "a.sh": EXEC.replace("\n", "\r\n") });
    git(folder, "add", "a.sh");
    const { stderr } = await runCli(folder, [...TARGET, "--staged", "--fix"]);
    expect(stderr).toContain("git add a.sh");
    expect(readFileSync(join(folder, "a.sh"), "utf8")).toBe(FIXED.replace("\n", "\r\n"));
  });

  test("reads the index that a hook names: that of the commit to be", async () => {
    const folder = repository({ "a.sh": "", "b.sh": "" });
    addToTree(folder, { "a.sh": EXEC, "b.sh": OPEN });
    const index = join(folder, ".git/next-index.lock");
    vi.stubEnv("GIT_INDEX_FILE", index);
    git(folder, "read-tree", "HEAD");
    git(folder, "add", "b.sh");
    expect(await places(folder, ["--staged"])).toEqual(["b.sh:1"]);
    // That of another repository says nothing.
    vi.stubEnv("GIT_INDEX_FILE", join(makeTree(), "index"));
    expect(await places(folder, ["--staged"])).toEqual([]);
  });

  test("with --fix writes to the work tree alone, and says what to stage", async () => {
    const folder = repository({ "a.sh": "", "b.sh": "", "c.sh": EXEC });
    addToTree(folder, { "a.sh": EXEC, "b.sh": EXEC });
    git(folder, "add", "a.sh", "b.sh");
    addToTree(folder, { "b.sh": EXEC + OPEN });
    const { code, stdout, stderr } = await runCli(folder, [...TARGET, "--staged", "--fix"]);
    expect(code).toBe(1);
    expect(stdout).toContain("b.sh skipped: The file differs from what is staged of it");
    expect(stdout).toContain("Fixed 1 finding in 1 file.");
    expect(stderr).toBe(
      "gadget-migrate: The fixes are in the work tree and not staged yet; look at them, then: git add a.sh\n",
    );
    expect(["a.sh", "b.sh", "c.sh"].map((name) => readFileSync(join(folder, name), "utf8"))).toEqual([
      FIXED,
      EXEC + OPEN,
      EXEC,
    ]);
    expect(git(folder, "show", ":a.sh")).toBe(EXEC);
    git(folder, "add", "a.sh");
    expect(await places(folder, ["--staged"])).toEqual(["b.sh:1"]);
  });

  test("with --diff prints the patch of what is staged", async () => {
    const folder = repository({ "a.sh": "" });
    addToTree(folder, { "a.sh": EXEC });
    git(folder, "add", "a.sh");
    addToTree(folder, { "a.sh": `# more\n\n\n\n\n${EXEC}` });
    const { stdout, stderr } = await runCli(folder, [...TARGET, "--staged", "--diff"]);
    expect(stderr).toContain("git apply --cached");
    addToTree(folder, { "fix.patch": stdout });
    git(folder, "apply", "--cached", "fix.patch");
    expect(git(folder, "show", ":a.sh")).toBe(FIXED);
  });

  test("needs git", async () => {
    const folder = makeTree({ "a.sh": EXEC });
    const { code, stderr } = await runCli(folder, ["--staged"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^gadget-migrate: --staged asks git, and .* is in no git work tree\.\n$/);
  });
});

describe("--since", () => {
  test("takes what changed on this side: committed, staged, neither, or untracked", async () => {
    const folder = repository({
      "a.sh": "",
      "b.sh": "",
      "c.sh": "",
      "old.sh": EXEC,
      ".gitignore": "ignored.sh\n",
    });
    git(folder, "checkout", "-q", "-b", "work");
    addToTree(folder, { "a.sh": EXEC });
    git(folder, "commit", "-qam", "second");
    addToTree(folder, { "b.sh": EXEC });
    git(folder, "add", "b.sh");
    addToTree(folder, { "c.sh": EXEC, "d/new.sh": EXEC, "ignored.sh": EXEC });
    git(folder, "stash", "-q");
    git(folder, "checkout", "-q", "main");
    addToTree(folder, { "theirs.sh": EXEC });
    git(folder, "add", "theirs.sh");
    git(folder, "commit", "-qm", "third");
    git(folder, "checkout", "-q", "work");
    git(folder, "stash", "pop", "-q");
    expect(await places(folder, ["--since", "main"])).toEqual(["a.sh:1", "b.sh:1", "c.sh:1", "d/new.sh:1"]);
    expect(await places(folder, ["--since", "HEAD"])).toEqual(["b.sh:1", "c.sh:1", "d/new.sh:1"]);
    expect(await places(folder, ["--since", "main", "d"])).toEqual(["d/new.sh:1"]);
    expect(await places(folder, ["--since", "main", ".."], "d")).toHaveLength(4);
  });

  test("is content when nothing changed, a touched file included", async () => {
    const folder = repository({ "a.sh": EXEC });
    addToTree(folder, { "a.sh": EXEC });
    const { code, stdout } = await runCli(folder, [...TARGET, "--since", "HEAD"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^No findings in 0 files\./);
  });

  test.each([
    ["nowhere", 'git knows no commit "nowhere" here'],
    ["--output=a", 'git knows no commit "--output=a" here'],
    ["HEAD:a.sh", 'git knows no commit "HEAD:a.sh" here'],
    ["other", '"other" and the commit that is checked out have no commit in common here'],
  ])("refuses %s", async (ref, message) => {
    const folder = repository({ "a.sh": EXEC });
    git(folder, "checkout", "-q", "--orphan", "other");
    git(folder, "commit", "-qm", "unrelated");
    git(folder, "checkout", "-q", "main");
    const { code, stdout, stderr } = await runCli(folder, [`--since=${ref}`]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`gadget-migrate: --since: ${message}`);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});

describe("--require-clean", () => {
  test.each<[what: string, change: (folder: string) => void]>([
    [
      "changed",
      (folder) => {
        addToTree(folder, { "a.sh": EXEC + OPEN });
      },
    ],
    [
      "staged",
      (folder) => {
        addToTree(folder, { "a.sh": EXEC + OPEN });
        git(folder, "add", "a.sh");
      },
    ],
    [
      "untracked",
      (folder) => {
        git(folder, "rm", "-q", "--cached", "a.sh");
        git(folder, "commit", "-qm", "x");
      },
    ],
  ])("refuses when a file is %s, and writes nothing", async (_, change) => {
    const folder = repository({ "a.sh": EXEC, "b.sh": EXEC });
    change(folder);
    const before = readFileSync(join(folder, "a.sh"), "utf8");
    const { code, stdout, stderr } = await runCli(folder, [
      ...TARGET,
      "--fix",
      "--require-clean",
      "--output",
      "out.txt",
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      "gadget-migrate: --require-clean: a.sh has changes that are not committed; nothing was written.\n",
    );
    expect(readFileSync(join(folder, "a.sh"), "utf8")).toBe(before);
    expect(readFileSync(join(folder, "b.sh"), "utf8")).toBe(EXEC);
    expect(existsSync(join(folder, "out.txt"))).toBe(false);
  });

  test("minds no file that is not changed", async () => {
    const folder = repository({ "a.sh": EXEC, "notes.txt": "" });
    addToTree(folder, { "notes.txt": "new", "b.py": "# nothing" });
    expect((await runCli(folder, [...TARGET, "--fix", "--require-clean"])).code).toBe(0);
    expect(readFileSync(join(folder, "a.sh"), "utf8")).toBe(FIXED);
  });

  test("refuses where there is no git", async () => {
    const { code, stderr } = await runCli(makeTree({ "a.sh": EXEC }), ["--fix", "--require-clean"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--require-clean needs git");
  });
});

test("a dirty file that is changed gives a warning; others do not", async () => {
  const folder = repository({ "a.sh": EXEC, "b.sh": EXEC, "c.sh": "" });
  addToTree(folder, { "a.sh": OPEN, "c.sh": "echo\n" });
  const { code, stderr } = await runCli(folder, [...TARGET, "--fix"]);
  expect(code).toBe(0);
  expect(stderr).toBe(
    "gadget-migrate: a.sh has changes that are not committed; the fixes are added to them.\n",
  );
});

describe("nothing that a repository configures is run", () => {
  test.each<[argv: readonly string[]]>([
    [["--staged"]],
    [["--staged", "--fix"]],
    [["--since", "HEAD~1"]],
    [["--fix"]],
    [["--fix", "--require-clean"]],
    [["."]],
  ])("%j", async (argv) => {
    const folder = repository({ "a.sh": EXEC, "b.sh": EXEC });
    addToTree(folder, { "b.sh": EXEC + EXEC });
    git(folder, "commit", "-qam", "second");
    addToTree(folder, { "c.sh": EXEC, "a.sh": EXEC + EXEC });
    git(folder, "add", "c.sh", "a.sh");
    addToTree(folder, { "a.sh": EXEC + OPEN });
    const trap = join(makeTree(), "sprung");
    const program = `touch '${trap}'`;
    addToTree(folder, {
      "trap.sh": `#!/bin/sh\n${program}\ncat\n`,
      ".gitattributes": "* filter=evil diff=evil\n",
      ".git/info/attributes": "* filter=evil diff=evil\n",
    });
    chmodSync(join(folder, "trap.sh"), 0o755);
    const settings: Readonly<Record<string, string>> = {
      "core.fsmonitor": join(folder, "trap.sh"),
      "core.hooksPath": folder,
      "core.pager": program,
      "core.editor": program,
      "core.sshCommand": program,
      "core.askPass": program,
      "core.alternateRefsCommand": program,
      "diff.external": program,
      "diff.evil.textconv": program,
      "diff.evil.command": program,
      "diff.relative": "true",
      "filter.evil.clean": `${program}; cat`,
      "filter.evil.smudge": `${program}; cat`,
      "filter.evil.required": "true",
      "filter.more.evil.process": program,
      "status.submoduleSummary": "true",
      "alias.diff": `!${program}`,
      "alias.status": `!${program}`,
      "remote.origin.promisor": "true",
      "remote.origin.url": `ext::${program}`,
      "protocol.ext.allow": "always",
      "gpg.program": program,
      "log.showSignature": "true",
    };
    for (const [key, value] of Object.entries(settings)) git(folder, "config", key, value);
    const { code, stderr } = await runCli(folder, [...TARGET, ...argv]);
    expect(existsSync(trap)).toBe(false);
    expect(stderr).not.toMatch(/cannot tell/);
    expect(code).toBe(argv.includes("--require-clean") ? 2 : argv[0] === "--fix" ? 0 : 1);
    // The trap is a real one: git as it is configured steps into it.
    addToTree(folder, { "b.sh": EXEC });
    git(folder, "status");
    expect(existsSync(trap)).toBe(true);
  });

  test("and a filter that cannot be turned off stops the run", async () => {
    const folder = repository({ "a.sh": EXEC });
    git(folder, "config", "filter.a=b.clean", "touch sprung");
    const { code, stderr } = await runCli(folder, ["--staged"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^gadget-migrate: --staged: git cannot tell what is staged here/);
  });
});
