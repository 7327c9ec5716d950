import { describe, expect, test } from "vitest";
import { findingsOf, runCli } from "../support/cli.ts";
import { makeTree } from "../support/tree.ts";

const EXEC = "kubectl gadget trace exec -n demo\n";
const OPEN = "ig trace open\n";
const TARGET = ["--target", "v0.55.1"];

/** Rule and gadget of what is found, as `rule gadget`. */
async function found(folder: string, ...argv: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await runCli(folder, [...TARGET, ...argv, "--format", "json"]);
  expect(stderr).toBe("");
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly { readonly ruleId: string; readonly gadget: string | null }[];
  };
  return findings.map(({ ruleId, gadget }) => `${ruleId} ${String(gadget)}`);
}

describe("--gadget", () => {
  test.each<[names: string, gadgets: readonly string[]]>([
    ["trace exec", ["trace exec"]],
    ["trace_exec", ["trace exec"]],
    ["trace-exec", ["trace exec"]],
    ["exec", ["trace exec"]],
    ["kubectl gadget trace exec", ["trace exec"]],
    ["execsnoop", ["trace exec"]],
    ["ghcr.io/inspektor-gadget/gadget/trace_exec:latest", ["trace exec"]],
    ["exec,open", ["trace exec", "trace open"]],
    ["trace exec, trace open", ["trace exec", "trace open"]],
    ["tcp", ["trace tcp", "top tcp"]],
    ["trace tcp", ["trace tcp"]],
    ["top_tcp", ["top tcp"]],
    ["trace", ["trace exec", "trace open", "trace tcp", "trace"]],
    ["network-policy", ["advise network-policy monitor"]],
    ["advise network-policy", ["advise network-policy monitor"]],
    ["block-io", []],
  ])("%s", async (names, gadgets) => {
    const script = [
      "kubectl gadget trace exec",
      "ig trace open",
      "ig trace tcp",
      "kubectl gadget top tcp",
      "kubectl gadget advise network-policy monitor",
      "kubectl gadget trace",
      "",
    ].join("\n");
    const folder = makeTree({ "a.sh": script });
    expect(await found(folder, "--gadget", names)).toEqual(gadgets.map((one) => `builtin-gadget ${one}`));
  });

  test("takes images of commands that run them, of choices, and of gadgets that no built-in was like", async () => {
    const folder = makeTree({
      "a.sh": [
        "ig run trace_exec:latest",
        "ig run trace_open:latest",
        "ig run bpfstats:latest",
        "for g in exec open; do kubectl gadget trace $g; done",
        'kubectl gadget trace "$1"',
        "",
      ].join("\n"),
    });
    expect(await found(folder, "--gadget", "exec")).toEqual(["floating-image null", "builtin-gadget null"]);
    expect(await found(folder, "--gadget", "bpfstats")).toEqual(["floating-image null"]);
  });

  test("takes Trace resources by the gadget that they run", async () => {
    const folder = makeTree({
      "trace.yaml":
        "apiVersion: gadget.kinvolk.io/v1alpha1\nkind: Trace\nmetadata:\n  name: a\nspec:\n  gadget: tcptop\n  runMode: Manual\n",
    });
    expect(await found(folder, "--gadget", "top tcp")).toEqual(["trace-resource top tcp"]);
    expect(await found(folder, "--gadget", "trace tcp")).toEqual([]);
  });

  test.each(["exce", "trace oepn"])("refuses %s with the nearest", async (name) => {
    const folder = makeTree({ "a.sh": EXEC });
    const { code, stderr, stdout } = await runCli(folder, ["--gadget", name]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /^gadget-migrate: --gadget: there is no gadget "[^"]+"; the nearest: .*trace (?:exec|open).*\.\n$/,
    );
  });

  test("goes together with --rule", async () => {
    const folder = makeTree({ "a.sh": `${EXEC}ig run trace_exec:latest\n${OPEN}` });
    expect(await found(folder, "--gadget", "exec", "--rule", "floating-image")).toEqual([
      "floating-image null",
    ]);
  });

  test("fixes no other", async () => {
    const folder = makeTree({ "a.sh": EXEC + OPEN });
    const { stdout } = await runCli(folder, [...TARGET, "--fix", "--gadget", "open"]);
    expect(stdout).toMatch(/^Fixed 1 finding in 1 file\.\nNo findings left/);
    expect(await findingsOf(folder)).toHaveLength(1);
  });
});

describe("--path", () => {
  const TREE = {
    "a.sh": EXEC,
    "docs/a.md": "```sh\nig trace open\n```\n",
    "docs/b/c.sh": EXEC,
    "lib/c.sh": OPEN,
  };

  test.each<[globs: string, cwd: string, paths: readonly string[]]>([
    ["*.md", ".", ["docs/a.md"]],
    ["docs", ".", ["docs/a.md", "docs/b/c.sh"]],
    ["docs/", ".", ["docs/a.md", "docs/b/c.sh"]],
    ["./docs/*.md", ".", ["docs/a.md"]],
    ["c.sh", ".", ["docs/b/c.sh", "lib/c.sh"]],
    ["docs/**/*.sh,a.sh", ".", ["a.sh", "docs/b/c.sh"]],
    ["*.{md,sh}", ".", ["a.sh", "docs/a.md", "docs/b/c.sh", "lib/c.sh"]],
    ["b/c.sh", "docs", ["docs/b/c.sh"]],
    ["../lib/*", "docs", ["lib/c.sh"]],
  ])("%s in %s", async (globs, cwd, paths) => {
    const folder = makeTree({ ...TREE, ".git/HEAD": "" });
    const scanned = cwd === "." ? "." : "..";
    const found = await findingsOf(folder, ["--path", globs, scanned], cwd);
    expect(found.map((line) => line.replace(/:.*/, ""))).toEqual(paths);
  });

  test("takes absolute globs", async () => {
    const folder = makeTree(TREE);
    expect(await findingsOf(folder, ["--path", `${folder}/docs/*`])).toHaveLength(2);
  });

  test("reads the other files all the same: what they call, and what they read", async () => {
    const folder = makeTree({
      "lib.sh": 'g() { kubectl gadget "$@"; }\n',
      "a.sh": "source ./lib.sh\ng trace exec -n demo\nig trace open -o json > /var/log/opens.json\n",
      "b.py": 'data = open("/var/log/opens.json").read()\n',
    });
    const all = (await findingsOf(folder)).filter((line) => line.startsWith("a.sh"));
    expect(all.length).toBeGreaterThan(1);
    expect(await findingsOf(folder, ["--path", "a.sh"])).toEqual(all);
    expect(await findingsOf(folder, ["a.sh"])).not.toEqual(all);
  });

  test("counts, skips and fixes those files alone", async () => {
    const folder = makeTree({ ...TREE, "docs/bad.sh": Buffer.from("ig trace exec \xff\n", "latin1") });
    expect((await runCli(folder, [...TARGET, "--path", "lib"])).stdout).toContain(
      "1 finding in 1 of 1 file: 1 safe",
    );
    expect((await runCli(folder, ["--strict", "--fix", "--path", "lib"])).code).toBe(0);
    expect(await findingsOf(folder)).toHaveLength(3);
  });

  test("that leaves nothing is a mistake", async () => {
    const { code, stderr } = await runCli(makeTree(TREE), ["--path", "doc/*"]);
    expect(code).toBe(2);
    expect(stderr).toBe('gadget-migrate: None of the files that are scanned is at --path "doc/*".\n');
  });
});

describe("what to type next", () => {
  test("repeats all that chose", async () => {
    const folder = makeTree({
      "a.sh": EXEC,
      "known.json": '{ "version": 1, "findings": [] }',
    });
    const argv = [
      "--rule",
      "builtin-gadget",
      "--gadget",
      "trace exec",
      "--path",
      "*.sh",
      "--baseline",
      "known.json",
    ];
    const { stdout } = await runCli(folder, [...argv, "--insecure-registry", "localhost:5000", "a.sh"]);
    expect(stdout).toContain(
      "  gadget-migrate --fix --insecure-registry localhost:5000 --rule builtin-gadget --gadget 'trace exec' --path '*.sh' --baseline known.json a.sh  writes it\n",
    );
    expect((await runCli(folder, ["--no-baseline", "--no-config"])).stdout).toContain(
      "  gadget-migrate --fix --no-config --no-baseline  writes it\n",
    );
  });
});

describe("how much is said", () => {
  test("--quiet: findings and skipped files alone", async () => {
    const folder = makeTree({ "a.sh": EXEC, "b.sh": Buffer.from("ig trace exec \xff\n", "latin1") });
    const { stdout, stderr, code } = await runCli(folder, ["--quiet", ...TARGET]);
    expect(stdout.split("\n").filter((line) => /^\S/.test(line))).toEqual([
      expect.stringMatching(/^a\.sh:1:1 error builtin-gadget:/),
      expect.stringMatching(/^b\.sh skipped:/),
    ]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(await runCli(folder, ["--quiet", "--fix", "a.sh"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("--stats: files of each stage, and times, beside any report", async () => {
    const folder = makeTree({ "a.sh": EXEC, "b.sh": "echo\n", "c.png": "", "d.sh": "echo kubectl-gadget\n" });
    const plain = await runCli(folder, ["--format", "json", ...TARGET]);
    const { stdout, stderr } = await runCli(folder, ["--stats", "--format", "json", ...TARGET]);
    expect(stdout).toBe(plain.stdout);
    expect(stderr).toMatch(
      /^Files: 4 found, 3 with the name of a language that is read, \d with a word of ours, \d parsed, 1 with findings\.\nSpared: \d files? \(0\.0 MB\) not parsed, .*\.\nTime: read \d+ ms, parse \d+ ms, release \d+ ms, translate \d+ ms, fix \d+ ms, report \d+ ms; \d+ ms in all\.\n$/,
    );
    const fix = await runCli(folder, ["--stats", "--fix", "--quiet", ...TARGET]);
    expect(fix.stderr).toMatch(/, 1 with findings, 1 fixed\.\n/);
  });

  test("--verbose: the configuration, all that speaks of a release, and what was passed over", async () => {
    const folder = makeTree({
      "gadget-migrate.config.yaml": "exclude: [vendor]\n",
      "a.sh": `IG_VERSION=v0.45.0\n${EXEC}`,
      "notes.xyz": EXEC,
      "c.png": "",
      "vendor/b.sh": EXEC,
      "vendor/\u001b[31m.sh": EXEC,
    });
    const { stderr } = await runCli(folder, ["--verbose", "--path", "a.sh"]);
    expect(stderr.split("\n")).toEqual([
      "Configuration: gadget-migrate.config.yaml.",
      expect.stringMatching(/^Target v0\.45\.0, found in a\.sh:1/),
      expect.stringMatching(/^ {2}a\.sh:1 .* v0\.45\.0$/),
      "Passed over, of 6 files:",
      "  left out by include or exclude: vendor/\\u{1b}[31m.sh, vendor/b.sh",
      "  2 by their names in no language that is read: .png 1, .xyz 1",
      expect.stringMatching(/^ {4}notes\.xyz: It mentions gadgets, but/),
      "  1 with nothing in them that a rule looks for",
      "  3 read, and not chosen by --path, --staged or --since",
      "",
    ]);
  });

  test.each([
    [["--color", "always"], true],
    [["--color=never"], false],
    [["--color", "auto"], false],
    [[], false],
  ])("%j", async (argv, isColoured) => {
    const { stdout } = await runCli(makeTree({ "a.sh": EXEC }), argv);
    expect(stdout.includes("\u001b[")).toBe(isColoured);
  });
});
