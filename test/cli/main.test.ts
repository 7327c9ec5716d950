import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { processIo } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";
import { REPORTER_IDS } from "../../src/reporters/index.ts";

const SAFE = "kubectl gadget trace mount -n demo\n";
const FIXED = "kubectl gadget run trace_mount:v0.55.1 -n demo\n";
const UNSAFE = "kubectl gadget trace mount -n demo | awk '{ print $1 }'\n";
const UNSAFE_FIXED = "kubectl gadget run trace_mount:v0.55.1 -n demo | awk '{ print $1 }'\n";
const MANUAL = 'kubectl gadget trace "$1"\n';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "gadget-migrate-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function get(path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8" });
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  readonly cwd?: string;
  readonly stdin?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

async function run(
  argv: readonly string[],
  { cwd = ".", stdin = "", env = {}, isTTY = false }: Setting = {},
): Promise<Run> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, {
    stdout: (text) => Promise.resolve(void (stdout += text)),
    stderr: (text) => Promise.resolve(void (stderr += text)),
    stdin: () => Promise.resolve(Buffer.from(stdin)),
    cwd: join(folder, cwd),
    env,
    isTTY,
  });
  return { code, stdout, stderr };
}

async function json(...argv: readonly string[]): Promise<{ code: number; report: JsonReport }> {
  const { code, stdout } = await run([...argv, "--format", "json"]);
  return { code, report: JSON.parse(stdout) as JsonReport };
}

interface JsonReport {
  readonly target: { readonly version: string; readonly source: string };
  readonly findings: readonly { readonly path: string; readonly fix: { readonly grade: string } | null }[];
  readonly fixed: readonly { readonly path: string }[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly summary: Readonly<Record<string, number>>;
}

describe("exit codes", () => {
  test.each<[what: string, text: string, argv: readonly string[], code: number]>([
    ["nothing found", "echo\n", [], 0],
    ["an error", SAFE, [], 1],
    ["an error that counts for nothing", SAFE, ["--fail-on", "never"], 0],
    ["a warning", SAFE, ["--target", "v0.40.0"], 1],
    ["a warning below the bar", SAFE, ["--target", "v0.40.0", "--fail-on", "error"], 0],
    ["an info", SAFE, ["--target", "v0.36.0"], 0],
    ["an info above the bar", SAFE, ["--target", "v0.36.0", "--fail-on", "info"], 1],
    ["a fix that leaves nothing", SAFE, ["--fix"], 0],
    ["a fix that leaves something", SAFE + UNSAFE, ["--fix"], 1],
    ["a patch", SAFE, ["--diff"], 1],
  ])("%s", async (_, text, argv, code) => {
    put("a.sh", text);
    expect((await run([...argv, "."])).code).toBe(code);
  });

  test("a skipped file counts only when strict", async () => {
    put("a.sh", Buffer.from("kubectl gadget trace exec \xff\n", "latin1"));
    expect((await run(["."])).code).toBe(0);
    expect((await run(["--strict", "."])).code).toBe(1);
    const { report } = await json(".");
    expect(report.skipped).toEqual([{ path: "a.sh", reason: expect.stringMatching(/UTF-8/) as string }]);
  });
});

describe("what the user did wrong gives one sentence and exit code 2", () => {
  test.each<[argv: readonly string[], message: RegExp]>([
    [["nowhere"], /^gadget-migrate: There is no file or folder "nowhere"\.\n$/],
    [["nowhere", "neither"], /^gadget-migrate: There is no file or folder "nowhere" or "neither"\.\n$/],
    [["empty"], /^gadget-migrate: There is no file to scan in "empty"\.\n$/],
    [
      ["--target", "v0.55.9", "."],
      /^gadget-migrate: There is no release "v0\.55\.9"; did you mean v0\.55\.\d\? Known: v0\.36\.0, .*\.\n$/,
    ],
    [["--target", "latest", "."], /^gadget-migrate: There is no release "latest"; known: v0\.36\.0, .*\.\n$/],
    [
      ["--target", "v0.34.0", "."],
      /^gadget-migrate: v0\.34\.0 is older than the releases that commands can be written for: v0\.36\.0, /,
    ],
    [["--format", "xml", "."], /known formats: text, json/],
    [
      ["--output", "no/such/folder/out.txt", "."],
      /^gadget-migrate: Cannot write no\/such\/folder\/out\.txt: its folder does not exist\.\n$/,
    ],
    [["--output", "empty", "."], /^gadget-migrate: Cannot write empty: it is a folder\.\n$/],
    [["--diff", "--format", "json", "."], /^gadget-migrate: Standard output holds the changes themselves/],
    [["dangling"], /^gadget-migrate: "dangling" is a symbolic link that leads nowhere\.\n$/],
    [["a.sh", "loop"], /^gadget-migrate: "loop" is a symbolic link that leads nowhere\.\n$/],
    [
      ["to-folder/"],
      /^gadget-migrate: "to-folder\/" is a symbolic link to a folder, and links are not followed/,
    ],
    [
      ["--format", "json,csv", "--output", "out,./out", "."],
      /^gadget-migrate: --output names out twice, the second time as \.\/out/,
    ],
    [
      ["--format", "json,csv", "--output", "some/out,to-folder/out", "."],
      /^gadget-migrate: --output names some\/out twice/,
    ],
    [["--output", "a.sh", "."], /^gadget-migrate: --output would overwrite a\.sh, which is scanned/],
    [["--fix", "--output", "to-folder/b.sh", "."], /would overwrite to-folder\/b\.sh/],
    [["--output", "./notes.txt", "notes.txt"], /would overwrite \.\/notes\.txt/],
    [["--fx"], /^gadget-migrate: There is no option "--fx"; did you mean --fix\?/],
  ])("%j", async (argv, message) => {
    put("a.sh", SAFE);
    mkdirSync(join(folder, "empty"));
    mkdirSync(join(folder, "some"));
    put("some/b.sh", SAFE);
    put("notes.txt", SAFE);
    symlinkSync("nowhere", join(folder, "dangling"));
    symlinkSync("loop", join(folder, "loop"));
    symlinkSync("some", join(folder, "to-folder"));
    symlinkSync("a.sh", join(folder, "to-file"));
    const { code, stdout, stderr } = await run(argv);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain("\n");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("and writes nothing, even with --fix", async () => {
    put("a.sh", SAFE);
    await run(["--fix", "--output", "no/out.txt", "."]);
    await run(["--fix", "--target", "v9.9.9", "--output", "out.txt", "."]);
    expect(get("a.sh")).toBe(SAFE);
    expect(readdirSync(folder)).toEqual(["a.sh"]);
  });

  test("unless the file was named and only has nothing to say", async () => {
    put("notes.xyz", "nothing");
    expect((await run(["notes.xyz"])).code).toBe(0);
  });

  test("unless nothing but files were named, as hooks do, and none of them is read", async () => {
    put("vendor/a.sh", SAFE);
    put("gadget-migrate.config.yaml", "exclude: [vendor]\n");
    symlinkSync("vendor/a.sh", join(folder, "to-file"));
    expect(await run(["vendor/a.sh"])).toMatchObject({ code: 0, stderr: "" });
    expect(await run(["--fix", "--", "vendor/a.sh", "gadget-migrate.config.yaml"])).toMatchObject({
      code: 0,
    });
    const link = await run(["to-file"]);
    expect(link).toMatchObject({ code: 0, stderr: "" });
    expect(link.stdout).toContain("to-file skipped: This is a symbolic link");
    expect((await run(["to-file", "--strict"])).code).toBe(1);
    expect((await run(["vendor"])).code).toBe(2);
    expect((await run(["vendor/a.sh", "vendor"])).code).toBe(2);
    expect((await run(["vendor/a.sh", "vendor/gone.sh"])).code).toBe(2);
    expect((await run(["vendor/*.sh"])).code).toBe(2);
  });
});

describe("a file named by hand", () => {
  test.each(["notes.xyz", "NOTES", "dump.bin"])("in no known language is skipped: %s", async (name) => {
    put(name, SAFE);
    const { report } = await json(name);
    expect(report.skipped).toEqual([{ path: name, reason: expect.stringMatching(/no language/) as string }]);
    expect((await run([name, "--strict"])).code).toBe(1);
    expect((await json(".")).report.skipped).toEqual([]);
  });

  test("of a chart outside of git is known as a template", async () => {
    const template = `command:\n  - sh\n  - -c\n  - |\n    {{- range .Values.x }}\n    ${SAFE}    {{- end }}\n`;
    put("chart/templates/job.yaml", template);
    put("chart/Chart.yaml", "name: chart\n");
    const named = await json("chart/templates/job.yaml");
    expect(named.report.findings).toMatchObject([{ path: "templates/job.yaml" }]);
    expect(named.report.skipped).toEqual([]);
  });

  test("beside one that shares nothing with it is scanned and fixed", async () => {
    put("here/.keep", "");
    put("one/a.sh", SAFE);
    put("two/b.sh", SAFE);
    put(
      "Chart.yaml",
      "dependencies:\n  - name: gadget\n    version: 0.45.0\n    repository: oci://ghcr.io/inspektor-gadget/inspektor-gadget/charts\n",
    );
    const { stdout } = await run(["../one/a.sh", "../two", "--format", "json"], { cwd: "here" });
    expect(JSON.parse(stdout)).toMatchObject({
      target: { source: "default" },
      findings: [{ path: "../one/a.sh" }, { path: "../two/b.sh" }],
    });
    expect((await run(["../one/a.sh", "../two", "--fix"], { cwd: "here" })).code).toBe(0);
    expect([get("one/a.sh"), get("two/b.sh")]).toEqual([FIXED, FIXED]);
  });
});

describe("a fault of our own", () => {
  const broken = {
    stdout: () => Promise.resolve(),
    stderr: () => Promise.resolve(),
    isTTY: false,
    cwd: "/",
    env: {},
  };

  test("gives exit code 3 and one sentence, the stack only on demand", async () => {
    const io = { ...broken, stdin: () => Promise.reject(new Error("kaputt")) };
    let stderr = "";
    const write = (text: string): Promise<void> => Promise.resolve(void (stderr += text));
    expect(await main(["--stdin-filename", "a.sh"], { ...io, stderr: write })).toBe(3);
    expect(stderr).toMatch(/^gadget-migrate: .*kaputt.*DEBUG=1.*\n$/);
    stderr = "";
    await main(["--stdin-filename", "a.sh"], { ...io, stderr: write, env: { DEBUG: "1" } });
    expect(stderr).toMatch(/Error: kaputt\n {4}at /);
  });
});

describe("--fix", () => {
  test("writes the safe fixes, reports what is left, and has nothing to do the second time", async () => {
    put("scripts/a.sh", SAFE + UNSAFE + MANUAL);
    put("scripts/b.sh", SAFE);
    const { code, report } = await json("--fix", ".");
    expect(code).toBe(1);
    expect(get("scripts/a.sh")).toBe(FIXED + UNSAFE + MANUAL);
    expect(get("scripts/b.sh")).toBe(FIXED);
    expect(report.fixed.map(({ path }) => path)).toEqual(["scripts/a.sh", "scripts/b.sh"]);
    expect(report.findings.map(({ fix }) => fix?.grade ?? "manual")).toEqual(["unsafe", "manual"]);
    expect(report.summary).toMatchObject({
      files: 2,
      filesWithFindings: 1,
      fixable: 0,
      unsafe: 1,
      manual: 1,
      fixed: 2,
    });

    const again = await json("--fix", ".");
    expect(again.report.summary).toMatchObject({ fixable: 0, fixed: 0 });
    expect(get("scripts/a.sh")).toBe(FIXED + UNSAFE + MANUAL);
  });

  test("=unsafe writes the others too", async () => {
    put("a.sh", SAFE + UNSAFE + MANUAL);
    const { stdout } = await run(["--fix=unsafe", "."]);
    expect(get("a.sh")).toBe(FIXED + UNSAFE_FIXED + MANUAL);
    expect(stdout).toContain("Fixed 2 findings in 1 file.");
  });

  test("never takes the next word for its value", async () => {
    put("unsafe/a.sh", SAFE);
    put("b.sh", SAFE);
    await run(["--fix", "unsafe"]);
    expect([get("unsafe/a.sh"), get("b.sh")]).toEqual([FIXED, SAFE]);
  });

  test("keeps mode, line ends and byte order mark", async () => {
    put("a.sh", `\uFEFF${SAFE}echo\r\n`);
    chmodSync(join(folder, "a.sh"), 0o750);
    await run(["--fix", "a.sh"]);
    expect(get("a.sh")).toBe(`\uFEFF${FIXED}echo\r\n`);
    expect(execFileSync("stat", ["-c", "%a", join(folder, "a.sh")], { encoding: "utf8" })).toBe("750\n");
  });

  test("warns of files with changes that are not committed", async () => {
    git("init", "-q");
    put("a.sh", SAFE);
    put("b.sh", SAFE);
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a");
    put("b.sh", `${SAFE}true\n`);
    const { stderr } = await run(["--fix", "."]);
    expect(stderr).toBe(
      "gadget-migrate: b.sh has changes that are not committed; the fixes are added to them.\n",
    );
    expect([get("a.sh"), get("b.sh")]).toEqual([FIXED, `${FIXED}true\n`]);
  });
});

describe("--diff", () => {
  const NAMES = [
    "plain.sh",
    "with space.sh",
    'quote".sh',
    "back\\slash.sh",
    "tab\there.sh",
    "日本語.sh",
    "deep/er/é.sh",
    "-dash.sh",
    "trailing .sh",
  ];
  const TEXTS = [
    SAFE,
    SAFE.trimEnd(),
    `a\r\n${SAFE.replace("\n", "\r\n")}b\r\n`,
    `\uFEFFa\n${SAFE}`,
    `${"x\n".repeat(50)}${SAFE}${"y\n".repeat(50)}${SAFE}`,
  ];

  test.each(NAMES)("git applies the patch of %j, and it is what --fix writes", async (name) => {
    git("init", "-q");
    git("config", "core.autocrlf", "false");
    for (const [i, text] of TEXTS.entries()) put(join(`${i}`, name), text);
    const { code, stdout } = await run(["--diff", "."]);
    expect(code).toBe(1);
    execFileSync("git", ["apply", "--check", "-"], { cwd: folder, input: stdout });
    expect(get(join("0", name))).toBe(SAFE);
    execFileSync("git", ["apply", "-"], { cwd: folder, input: stdout });
    const applied = TEXTS.map((_, i) => get(join(`${i}`, name)));
    for (const [i, text] of TEXTS.entries()) put(join(`${i}`, name), text);
    await run(["--fix", "."]);
    expect(applied).toEqual(TEXTS.map((_, i) => get(join(`${i}`, name))));
    expect(applied[0]).toBe(FIXED);
  });

  test("takes paths from the top of the work tree, wherever it is run", async () => {
    git("init", "-q");
    put("charts/a.sh", SAFE);
    const { stdout } = await run(["--diff", "a.sh"], { cwd: "charts" });
    expect(stdout).toContain(
      "diff --git a/charts/a.sh b/charts/a.sh\n--- a/charts/a.sh\n+++ b/charts/a.sh\n@@ -1,1 +1,1 @@\n",
    );
    execFileSync("git", ["apply", "-"], { cwd: folder, input: stdout });
    expect(get("charts/a.sh")).toBe(FIXED);
  });

  test.each<[what: string, cwd: string, argv: readonly string[], where: string | null]>([
    ["the top", ".", ["."], null],
    ["the folder of all changes", "charts", ["."], null],
    ["a folder beside some", "charts", [".."], ".."],
    ["a folder deeper down", "charts/deep", ["../.."], "../.."],
    ["above the work tree", "..", [], null],
  ])("says where to apply it when that is not here: %s", async (_, cwd, argv, where) => {
    git("init", "-q");
    put("charts/a.sh", SAFE);
    put("other/b.sh", SAFE);
    mkdirSync(join(folder, "charts/deep"));
    const above = cwd === "..";
    const { stdout, stderr } = await run(["--diff", ...(above ? [folder] : argv)], { cwd });
    const place = above ? basename(folder) : where;
    const said = /apply it with: git -C (\S+) apply\n/.exec(stderr)?.[1] ?? null;
    expect(said).toBe(place);
    execFileSync("git", ["-C", said ?? ".", "apply"], { cwd: join(folder, cwd), input: stdout });
    expect(get("charts/a.sh")).toBe(FIXED);
    expect(get("other/b.sh")).toBe(cwd === "charts" && where === null ? SAFE : FIXED);
  });

  test("holds the safe fixes, with --fix=unsafe the others too, and writes nothing", async () => {
    put("a.sh", SAFE + UNSAFE + MANUAL);
    const safe = await run(["--diff", "."]);
    const both = await run(["--diff", "--fix=unsafe", "."]);
    expect(added(safe.stdout)).toEqual([FIXED]);
    expect(added(both.stdout)).toEqual([FIXED, UNSAFE_FIXED]);
    expect(safe.stderr).toContain("3 findings in 1 of 1 file: 1 safe, 1 unsafe, 1 manual.");
    expect(get("a.sh")).toBe(SAFE + UNSAFE + MANUAL);
  });

  test("is empty where there is nothing to change", async () => {
    put("a.sh", "echo\n");
    expect(await run(["--diff", "."])).toMatchObject({ code: 0, stdout: "" });
  });

  function added(patch: string): readonly string[] {
    return [...patch.matchAll(/^\+(?!\+\+)(.*\n)/gm)].map(([, line = ""]) => line);
  }
});

describe("outputs", () => {
  test("several formats, each to its place", async () => {
    put("a.sh", SAFE);
    const { stdout } = await run(["--format", "text,json", "--output", "-,report.json", "."]);
    expect(stdout).toMatch(/^a\.sh:1:1 error builtin-gadget: /);
    expect(JSON.parse(get("report.json"))).toMatchObject({ version: 1, summary: { findings: 1 } });
  });

  test("a patch and a report", async () => {
    put("a.sh", SAFE);
    const { stdout } = await run(["--diff", "--format", "json", "--output", "report.json", "."]);
    expect(stdout).toMatch(/^diff --git /);
    expect(JSON.parse(get("report.json"))).toMatchObject({ summary: { findings: 1, fixed: 0 } });
  });

  test("a link keeps pointing to the file that is written, a device stays one", async () => {
    put("a.sh", SAFE);
    put("real.out", "old");
    symlinkSync("real.out", join(folder, "link.out"));
    await run(["--format", "json,json", "--output", "link.out,/dev/null", "."]);
    expect(JSON.parse(get("real.out"))).toMatchObject({ version: 1 });
    expect(existsSync("/dev/null")).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["a.sh", "link.out", "real.out"]);
  });

  test.each(REPORTER_IDS)("%s takes the place of its last report", async (format) => {
    put("a.sh", SAFE);
    const argv = ["--format", format, "--output", "report.md", "."];
    await run(argv);
    expect(await run(argv)).toMatchObject({ code: 1, stderr: "" });
  });

  test.each<[env: Readonly<Record<string, string>>, argv: readonly string[], annotated: boolean]>([
    [{}, [], false],
    [{ GITHUB_ACTIONS: "true" }, [], true],
    [{ GITHUB_ACTIONS: "true" }, ["--format", "text"], false],
    [{ GITHUB_ACTIONS: "true" }, ["--diff"], false],
  ])("in a workflow of GitHub, annotations go with the text: %j %j", async (env, argv, annotated) => {
    put("a.sh", SAFE);
    const { stdout } = await run([...argv, "."], { env });
    expect(/^::error file=a\.sh,line=1/m.test(stdout)).toBe(annotated);
    expect(stdout.includes("1 finding in 1 of 1 file")).toBe(!argv.includes("--diff"));
  });

  test("is the same every time, without absolute paths", async () => {
    for (const name of ["z.sh", "a.sh", "m/b.sh", "m/a.sh"]) put(name, SAFE + UNSAFE);
    const first = await run(["--format", "json", "."]);
    expect(await run(["--format", "json", "."])).toEqual(first);
    expect(first.stdout).not.toContain(folder);
    const { report } = await json(".");
    expect([...new Set(report.findings.map(({ path }) => path))]).toEqual([
      "a.sh",
      "m/a.sh",
      "m/b.sh",
      "z.sh",
    ]);
  });
});

describe("colour", () => {
  test.each<[env: Readonly<Record<string, string>>, isTTY: boolean, colour: boolean]>([
    [{}, false, false],
    [{}, true, true],
    [{ TERM: "dumb" }, true, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  ])("%j, terminal %s: %s", async (env, isTTY, colour) => {
    put("a.sh", SAFE);
    const { stdout } = await run(["."], { env, isTTY });
    expect(stdout.includes("\u001b[")).toBe(colour);
  });
});

describe("paths", () => {
  test("in the JSON report are relative to the work tree, in the text to the working directory", async () => {
    git("init", "-q");
    put("deploy/scripts/a.sh", SAFE);
    const text = await run(["scripts"], { cwd: "deploy" });
    expect(text.stdout).toMatch(/^scripts\/a\.sh:1:1 /);
    const report = await run(["scripts", "--format", "json"], { cwd: "deploy" });
    expect(JSON.parse(report.stdout)).toMatchObject({ findings: [{ path: "deploy/scripts/a.sh" }] });
  });

  test("default to the working directory", async () => {
    put("a.sh", SAFE);
    expect((await run([])).stdout).toMatch(/^a\.sh:1:1 /);
  });

  test("are repeated, quoted, in what to type next", async () => {
    put("my scripts/a.sh", SAFE);
    const { stdout } = await run(["--target", "v0.45.0", "--defaults=new", "my scripts"]);
    expect(stdout).toContain(
      "  gadget-migrate --fix --target v0.45.0 --defaults new 'my scripts'  writes it\n",
    );
    const npx = await run(["my scripts"], { env: { npm_command: "exec" } });
    expect(npx.stdout).toContain("  npx gadget-migrate --fix 'my scripts'  writes it\n");
  });
});

describe("what to type next", () => {
  test.each<[text: string, argv: readonly string[], steps: readonly string[]]>([
    [SAFE, [], ["--diff .  shows the safe fix", "--fix .  writes it"]],
    [SAFE + SAFE + UNSAFE, [], ["--diff .  shows the 2 safe fixes", "--fix .  writes them"]],
    [
      UNSAFE,
      [],
      [
        "--diff --fix=unsafe .  shows the unsafe fix; its notes say what to check",
        "--fix=unsafe .  writes it",
      ],
    ],
    [
      SAFE + UNSAFE + UNSAFE,
      ["--fix"],
      [
        "--diff --fix=unsafe .  shows the 2 unsafe fixes; their notes say what to check",
        "--fix=unsafe .  writes them",
      ],
    ],
    [SAFE + UNSAFE, ["--diff"], ["--fix .  writes it"]],
    [SAFE + UNSAFE, ["--diff", "--fix=unsafe"], ["--fix=unsafe .  writes them"]],
    [MANUAL, [], []],
    ["echo\n", [], []],
  ])("%j %j", async (text, argv, steps) => {
    put("a.sh", text);
    const { stdout, stderr } = await run([...argv, "."]);
    const shown = [...`${stdout}${stderr}`.matchAll(/^ {2}gadget-migrate (.*)$/gm)].map(([, step]) => step);
    expect(shown).toEqual(steps);
  });
});

test("what to type next is not what was just refused", async () => {
  put("out/a.sh", SAFE);
  put("repo/.git/HEAD", "");
  symlinkSync("../out", join(folder, "repo/link"));
  const { code, stdout } = await run(["--fix", "link/a.sh"], { cwd: "repo" });
  expect(code).toBe(1);
  expect(stdout).toContain("A link leads out of the project to it; the fixes were not made.");
  expect(stdout).not.toContain("gadget-migrate --");
});

test("an output that cannot be written gives a sentence", async () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  const write = vi.spyOn(process.stdout, "write").mockImplementation((...args: readonly unknown[]) => {
    const then = args.at(-1) as (error: Error) => void;
    then(full);
    return false;
  });
  try {
    await expect(processIo(new URL("file:///none")).stdout("x")).rejects.toThrow(
      /^Cannot write the output: no space is left\.$/,
    );
  } finally {
    write.mockRestore();
  }
});

describe("--stdin-filename", () => {
  test("reports standard input at that path", async () => {
    mkdirSync(join(folder, "sub"));
    const { code, stdout } = await run(["--stdin-filename", "sub/a.sh", "--format", "json"], { stdin: SAFE });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ path: "a.sh" }], summary: { files: 1 } });
  });

  test("with --fix prints the fixed text, and only that, on standard output", async () => {
    const { code, stdout, stderr } = await run(["--stdin-filename", "a.sh", "--fix"], { stdin: SAFE });
    expect({ code, stdout }).toEqual({ code: 0, stdout: FIXED });
    expect(stderr).toContain("Fixed 1 finding in 1 file.");
  });

  test.each(["echo nothing\n", ""])("with --fix gives back %j as it is", async (stdin) => {
    expect(await run(["--stdin-filename", "a.sh", "--fix"], { stdin })).toMatchObject({
      code: 0,
      stdout: stdin,
    });
  });

  test("with --diff prints the patch", async () => {
    const { stdout } = await run(["--stdin-filename", "a.sh", "--diff"], { stdin: SAFE });
    expect(stdout).toMatch(/^diff --git a\/a\.sh b\/a\.sh\n/);
  });

  test("refuses what is not UTF-8", async () => {
    const result = await run(["--stdin-filename", "a.sh", "--fix"], { stdin: Buffer.from([0xff]) });
    expect(result).toEqual({
      code: 2,
      stdout: "",
      stderr: "gadget-migrate: Standard input is not valid UTF-8; convert it to have it read.\n",
    });
  });
});

describe("the target", () => {
  const CHART =
    "apiVersion: v2\nname: x\nversion: 1.0.0\ndependencies:\n  - name: gadget\n    version: 0.45.0\n    repository: oci://ghcr.io/inspektor-gadget/inspektor-gadget/charts\n";

  test("is the one given", async () => {
    put("a.sh", SAFE);
    const { report } = await json("--target", "0.41.0", ".");
    expect(report.target).toEqual({ version: "v0.41.0", source: "option", evidence: [] });
  });

  test("is found in the project, also outside of what is scanned", async () => {
    git("init", "-q");
    put("scripts/a.sh", SAFE);
    put("charts/x/Chart.yaml", CHART);
    const { report } = await json("scripts");
    expect(report.target).toMatchObject({
      version: "v0.45.0",
      source: "evidence",
      evidence: [{ path: "charts/x/Chart.yaml" }],
    });
    expect((await run(["scripts"])).stdout).toContain("Target v0.45.0, found in charts/x/Chart.yaml:");
  });

  test("is not that of test data, unless that is what is scanned", async () => {
    git("init", "-q");
    put("scripts/a.sh", SAFE);
    put("test/fixtures/demo/Chart.yaml", CHART);
    put("charts/x/Chart.yaml", CHART.replace("0.45.0", "0.43.0"));
    put("test/fixtures/demo/a.sh", SAFE);
    expect((await json("scripts")).report.target.version).toBe("v0.43.0");
    expect((await json("test/fixtures/demo")).report.target.version).toBe("v0.45.0");
    expect((await json("test/fixtures/demo/a.sh")).report.target.version).toBe("v0.45.0");
  });

  test("is the newest when nothing names one", async () => {
    put("a.sh", SAFE);
    expect((await json(".")).report.target).toMatchObject({ source: "default", evidence: [] });
  });
});

describe("a file that is written to", () => {
  const WRITER = "kubectl gadget trace mount -n demo -o json > mounts.json\n";

  test.each<[what: string, reader: string, grade: string]>([
    ["and read nowhere is safe", "echo\n", "safe"],
    ["and read by another file is unsafe", "import json\njson.load(open('out/mounts.json'))\n", "unsafe"],
  ])("%s", async (_, reader, grade) => {
    put("write.sh", WRITER);
    put("read.py", reader);
    const { report } = await json(".");
    expect(report.findings.map(({ fix }) => fix?.grade)).toEqual([grade]);
  });
});

test("--version prints the package's version", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(await run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("--help goes to standard output", async () => {
  expect(await run(["--help", "nowhere"])).toMatchObject({ code: 0, stderr: "" });
});
