import { describe, expect, test } from "vitest";
import { findingsOf, runCli } from "../support/cli.ts";
import { makeTree } from "../support/tree.ts";

const CONFIG = "gadget-migrate.config.yaml";
const EXEC = "kubectl gadget trace exec\n";

describe("what a configuration says is done", () => {
  test.each<[config: string, findings: readonly string[]]>([
    ["", ["a.sh:1 error safe builtin-gadget: kubectl gadget run trace_exec:v0.55.1 --ignore-failed=false"]],
    [
      "target: 0.45.0",
      ["a.sh:1 error safe builtin-gadget: kubectl gadget run trace_exec:v0.45.0 --ignore-failed=false"],
    ],
    [
      "target: v0.40.0",
      ["a.sh:1 warning safe builtin-gadget: kubectl gadget run trace_exec:v0.40.0 --ignore-failed=false"],
    ],
    ["defaults: new", ["a.sh:1 error unsafe builtin-gadget: kubectl gadget run trace_exec:v0.55.1"]],
    [
      "registry: example.com/m/",
      [
        "a.sh:1 error safe builtin-gadget: kubectl gadget run example.com/m/trace_exec:v0.55.1 --ignore-failed=false",
      ],
    ],
    [
      "imageStyle: full\ndefaults: new",
      [
        "a.sh:1 error unsafe builtin-gadget: kubectl gadget run ghcr.io/inspektor-gadget/gadget/trace_exec:v0.55.1",
      ],
    ],
    ["rules: { builtin-gadget: off }", []],
    ["rules: { builtin-gadget: { severity: off } }", []],
    [
      "rules: { builtin-gadget: info }\ndefaults: new",
      ["a.sh:1 info unsafe builtin-gadget: kubectl gadget run trace_exec:v0.55.1"],
    ],
    ["exclude: a.sh\ninclude: '*'", []],
    ["include: b/", []],
    ["overrides: [{ files: '*.sh', rules: { builtin-gadget: off } }]", []],
    [
      "overrides: [{ files: '*.sh', defaults: new }, { files: b/, defaults: keep }]",
      ["a.sh:1 error unsafe builtin-gadget: kubectl gadget run trace_exec:v0.55.1"],
    ],
  ])("%j", async (config, findings) => {
    const folder = makeTree({ [CONFIG]: config, "a.sh": EXEC, "b/none.sh": "" });
    expect(await findingsOf(folder)).toEqual(findings);
  });

  test("the command line wins, over overrides too", async () => {
    const folder = makeTree({
      [CONFIG]: "target: v0.45.0\nfailOn: never\noverrides: [{ files: a.sh, defaults: new }]",
      "a.sh": EXEC,
    });
    expect(await findingsOf(folder, ["--target", "v0.50.0", "--defaults", "keep"])).toEqual([
      "a.sh:1 error safe builtin-gadget: kubectl gadget run trace_exec:v0.50.0 --ignore-failed=false",
    ]);
    expect((await runCli(folder, [])).code).toBe(0);
    expect((await runCli(folder, ["--fail-on", "error"])).code).toBe(1);
    expect((await runCli(folder, ["--no-config"])).code).toBe(1);
  });

  test("images of other publishers have a severity of their own", async () => {
    const image = "kubectl gadget run registry.acme.dev/spy:latest\n";
    const severity = async (config: string) =>
      (await findingsOf(makeTree({ [CONFIG]: config, "a.sh": image }))).map((line) => line.split(" ")[1]);
    expect(await severity("")).toEqual(["info"]);
    expect(await severity("rules: { floating-image: error }")).toEqual(["info"]);
    expect(await severity("rules: { floating-image: { thirdParty: error } }")).toEqual(["error"]);
    expect(await severity("rules: { floating-image: { thirdParty: off } }")).toEqual([]);
    expect(await severity("rules: { floating-image: off }")).toEqual([]);
  });

  test("fixes are made by it, file by file, and a second run has nothing to do", async () => {
    const folder = makeTree({
      [CONFIG]: "overrides: [{ files: docs/, defaults: new }]",
      "docs/a.md": "```sh\nkubectl gadget trace exec\n```\n",
      "a.sh": EXEC,
    });
    await runCli(folder, ["--fix=unsafe"]);
    expect(await findingsOf(folder, ["--no-config", "--defaults", "new"])).toEqual([]);
    const { stdout } = await runCli(folder, ["--diff"]);
    expect(stdout).toBe("");
  });
});

describe("names of programs", () => {
  const config =
    "programs: { kg: kubectl gadget, my-ig: ig, ktl gadget: kubectl gadget }\ntarget: v0.45.0\ndefaults: new";
  test.each<[path: string, text: string, findings: readonly string[]]>([
    [
      "a.sh",
      "kg trace open -n demo\n",
      ["a.sh:1 error safe builtin-gadget: kg run trace_open:v0.45.0 -n demo"],
    ],
    ["a.sh", "sudo my-ig trace open\n", ["a.sh:1 error safe builtin-gadget: my-ig run trace_open:v0.45.0"]],
    [
      "a.sh",
      "ktl gadget trace open\n",
      ["a.sh:1 error safe builtin-gadget: ktl gadget run trace_open:v0.45.0"],
    ],
    ["a.sh", "kg get pods; akg trace open; echo kgb\n", []],
    [
      "a.py",
      'subprocess.run(["kg", "trace", "mount"])\n',
      ["a.py:1 error safe builtin-gadget: kg run trace_mount:v0.45.0"],
    ],
    [
      "a.ts",
      'spawn("kg", ["trace", "mount"], { stdio: "inherit" });\n',
      ["a.ts:1 error safe builtin-gadget: kg run trace_mount:v0.45.0"],
    ],
    [
      "pod.yaml",
      "kind: Pod\nspec:\n  containers:\n  - name: a\n    command: [my-ig]\n    args: [trace, mount]\n",
      ["pod.yaml:6 error safe builtin-gadget: my-ig run trace_mount:v0.45.0"],
    ],
    [
      "Makefile",
      "t:\n\tkg trace mount\n",
      ["Makefile:2 error safe builtin-gadget: kg run trace_mount:v0.45.0"],
    ],
    [
      "a.md",
      "```sh\nkg trace mount\n```\n",
      ["a.md:2 error safe builtin-gadget: kg run trace_mount:v0.45.0"],
    ],
  ])("%s: %j", async (path, text, findings) => {
    expect(await findingsOf(makeTree({ [CONFIG]: config, [path]: text }))).toEqual(findings);
    expect(await findingsOf(makeTree({ [path]: text }))).toEqual(
      text.includes("gadget") ? [expect.anything()].slice(findings.length) : [],
    );
  });
});

describe("where globs and paths begin", () => {
  const config =
    "exclude: [skip/, '*.md']\noverrides: [{ files: [keep/a.sh], rules: { builtin-gadget: info } }]";
  const files = {
    "skip/a.sh": EXEC,
    "keep/a.sh": EXEC,
    "keep/a.md": "`kubectl gadget trace exec`\n",
    "b.sh": EXEC,
  };
  const below = Object.fromEntries(Object.entries(files).map(([path, text]) => [`sub/${path}`, text]));
  const places = (lines: readonly string[]) => lines.map((line) => line.split(" ").slice(0, 2).join(" "));

  test("at the configuration, which is the root outside of git", async () => {
    const folder = makeTree({ [CONFIG]: config, ...files });
    const expected = ["b.sh:1 error", "keep/a.sh:1 info"];
    expect(places(await findingsOf(folder))).toEqual(expected);
    expect(places(await findingsOf(folder, [], "keep"))).toEqual(["keep/a.sh:1 info"]);
  });

  test("at the configuration, and reports at the top of the work tree", async () => {
    const folder = makeTree({ ".git/HEAD": "", [`sub/${CONFIG}`]: config, ...below, "skip/c.sh": EXEC });
    expect(places(await findingsOf(folder, ["sub"]))).toEqual(["sub/b.sh:1 error", "sub/keep/a.sh:1 info"]);
    expect(await findingsOf(folder, ["skip"])).toHaveLength(1);
  });

  test("at the project's root for a configuration from elsewhere", async () => {
    const folder = makeTree({ "ci/shared.yaml": config, ...below });
    expect(places(await findingsOf(folder, ["--config", "../ci/shared.yaml"], "sub"))).toEqual([
      "b.sh:1 error",
      "keep/a.sh:1 info",
    ]);
  });

  test("the configuration itself is not scanned", async () => {
    const folder = makeTree({
      [CONFIG]: "# kubectl gadget trace exec\nextends: ./base.yaml",
      "base.yaml": "target: v0.45.0 # ig",
    });
    expect((await runCli(folder, ["--format", "json"])).stdout).toContain('"findings": []');
  });
});

describe("what is wrong is said in sentences, with exit code 2 and nothing scanned", () => {
  test.each<[argv: readonly string[], files: Readonly<Record<string, string>>, stderr: string]>([
    [[], { [CONFIG]: "exlude: []" }, `${CONFIG}:1:1: exlude is unknown; did you mean exclude?`],
    [
      [],
      { [CONFIG]: "target: latest\nfailOn: 1" },
      `${CONFIG}:1:9: target takes a release such as v0.55.1, not "latest".\ngadget-migrate: ${CONFIG}:2:9: failOn takes error, warning, info or never, not 1.`,
    ],
    [["--config", "no.yaml"], {}, "no.yaml: there is no such file."],
    [["--config", "sub"], { "sub/x": "" }, "sub: it is no file."],
    [
      ["--config", "c.yaml"],
      { "c.yaml": "\u0000" },
      'c.yaml:1:1: a configuration takes a mapping, not "\\u0000".',
    ],
    [["--config", "c.yaml", "--no-config"], {}, "--config and --no-config exclude each other; give one."],
    [
      [],
      { [CONFIG]: "", "package.json": '{"gadgetMigrate":{}}' },
      `${CONFIG} and package.json both hold a configuration; keep one of them.`,
    ],
  ])("%j %j", async (argv, files, stderr) => {
    const run = await runCli(makeTree({ ...files, "a.sh": EXEC }), argv);
    expect(run).toEqual({ code: 2, stdout: "", stderr: `gadget-migrate: ${stderr}\n` });
  });

  test("an unknown release names the file that says it", async () => {
    const run = await runCli(makeTree({ [CONFIG]: "target: v0.45.9", "a.sh": EXEC }), []);
    expect(run.stderr).toMatch(
      /^gadget-migrate: gadget-migrate\.config\.yaml: target: there is no release "v0\.45\.9"; did you mean v0\.45\.0\? Known: v0\.\d+/,
    );
  });
});
