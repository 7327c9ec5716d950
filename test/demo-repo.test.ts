import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../src/cli/main.ts";
import { FIXTURES } from "./support/fixture.ts";

interface JsonReport {
  readonly target: { readonly version: string; readonly evidence: readonly { readonly path: string }[] };
  readonly findings: readonly {
    readonly path: string;
    readonly range: { readonly start: { readonly line: number; readonly column: number } };
    readonly after: string | null;
    readonly fix: { readonly grade: string } | null;
  }[];
  readonly skipped: readonly unknown[];
  readonly summary: { readonly fixable: number; readonly fixed: number; readonly safe: number };
}

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "demo-repo-")));
  cpSync(join(FIXTURES, "demo-repo"), folder, { recursive: true });
  git("init", "-q");
  git("add", "--all");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "as it was");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8" });
}

async function run(...argv: readonly string[]): Promise<{ code: number; stdout: string }> {
  let stdout = "";
  const code = await main(argv, {
    stdout: (text) => Promise.resolve(void (stdout += text)),
    stderr: () => Promise.resolve(),
    stdin: () => Promise.resolve(new Uint8Array()),
    cwd: folder,
    env: {},
    isTTY: false,
  });
  return { code, stdout };
}

async function json(...argv: readonly string[]): Promise<JsonReport> {
  return JSON.parse((await run(...argv, "--format", "json")).stdout) as JsonReport;
}

describe("the demo repository", () => {
  test("has these findings, and no others", async () => {
    const { findings, skipped, target } = await json();
    const lines = findings.map(({ path, range: { start }, after, fix }) =>
      [`${path}:${start.line}:${start.column}`, fix?.grade ?? "manual", after ?? "-"].join(" "),
    );
    expect(`${lines.join("\n")}\n`).toBe(readFileSync(join(FIXTURES, "demo-repo.findings.txt"), "utf8"));
    expect(skipped).toEqual([]);
    expect([target.version, target.evidence[0]?.path]).toEqual(["v0.55.1", "charts/netwatch/Chart.yaml"]);
  });

  test("is fixed once: the second run has nothing to fix and changes nothing", async () => {
    const before = await json();
    const first = await json("--fix");
    const after = git("diff");
    expect(first.summary).toMatchObject({ fixed: before.summary.safe, fixable: 0 });
    expect((await json("--fix")).summary).toMatchObject({ fixed: 0, fixable: 0 });
    expect(git("diff")).toBe(after);
  });

  test.each([[["--diff"]], [["--diff", "--fix=unsafe"]]])("git applies what %j prints", async (argv) => {
    const { stdout } = await run(...argv);
    execFileSync("git", ["apply", "--check", "-"], { cwd: folder, input: stdout });
    execFileSync("git", ["apply", "-"], { cwd: folder, input: stdout });
    const applied = git("diff");
    git("checkout", "-q", ".");
    await run("--fix=" + (argv.length > 1 ? "unsafe" : "safe"));
    expect(git("diff")).toBe(applied);
  });

  test("changes only lines with commands, line by line", async () => {
    await run("--fix=unsafe");
    const lines = git("diff", "--unified=0").split("\n");
    const removed = lines.filter((line) => /^-(?!--)/.test(line));
    const added = lines.filter((line) => /^\+(?!\+\+)/.test(line));
    expect(removed.length).toBeGreaterThan(15);
    expect(removed.filter((line) => !IS_COMMAND.test(line))).toEqual([]);
    expect(
      added.filter((line) => !/\brun\b|\w+_\w+:(?:v0\.55\.1|\$IG_VERSION)|--audit-only/.test(line)),
    ).toEqual([]);
    expect(
      git("diff", "--name-only")
        .split("\n")
        .filter((path) => UNTOUCHED.test(path)),
    ).toEqual([]);
  });
});

const IS_COMMAND = /\b(?:trace|snapshot|top)\b|- (?:capabilities|mount)\b/;

const UNTOUCHED = /instagram|install|common|values|Chart/;
