import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { OPTION_NAMES } from "../../src/cli/options.ts";
import { BIN, ROOT } from "../support/console.ts";
import { run, type Ran } from "../support/project.ts";
import { addToTree, makeTree } from "../support/tree.ts";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly [{ readonly env: Readonly<Record<string, string>>; readonly run: string }];
  };
}

const ACTION = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as Action;
const [STEP] = ACTION.runs.steps;

/** What is of the action itself (its reports), or for people at a terminal. */
const NO_INPUTS = [
  ...[
    "color",
    "diff",
    "format",
    "help",
    "output",
    "quiet",
    "require-clean",
    "staged",
    "stats",
    "stdin-filename",
  ],
  ...["update-baseline", "verbose"],
];

const SAFE = "kubectl gadget trace exec -n demo\n";

interface Outcome extends Ran {
  readonly root: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What npx was asked for. */
  readonly asked: string;
}

/** Runs the step as a runner does: inputs with their defaults as the environment of the step, files for outputs and summary. */
function runAction(
  inputs: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Outcome {
  const runner = makeTree({ output: "", summary: "", asked: "" });
  addToTree(runner, {
    "bin/npx": `#!/bin/sh\nprintf '%s\\n' "$@" >"${runner}/asked"\nshift 2\nexec node "${BIN}" "$@"\n`,
  });
  chmodSync(join(runner, "bin", "npx"), 0o755);
  const root = makeTree(files);
  const valueOf = (expression: string): string => {
    const [, name = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
    return inputs[name] ?? String(ACTION.inputs[name]?.default);
  };
  const env = Object.fromEntries(Object.entries(STEP.env).map(([name, value]) => [name, valueOf(value)]));
  const ran = run(root, STEP.run, {
    ...env,
    PATH: `${join(runner, "bin")}:${process.env["PATH"] ?? ""}`,
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION_PATH: ROOT,
    GITHUB_OUTPUT: join(runner, "output"),
    GITHUB_STEP_SUMMARY: join(runner, "summary"),
  });
  const lines = readFileSync(join(runner, "output"), "utf8").split("\n").filter(Boolean);
  return {
    ...ran,
    root,
    outputs: Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    ),
    summary: readFileSync(join(runner, "summary"), "utf8"),
    asked: readFileSync(join(runner, "asked"), "utf8"),
  };
}

describe("the action", () => {
  test("annotates, summarizes, and writes SARIF and a comment", () => {
    const { status, output, outputs, summary, root } = runAction({ target: "v0.45.0" }, { "a b.sh": SAFE });
    expect(status).toBe(1);
    expect(output).toMatch(/^::error file=a b\.sh,line=1,/m);
    expect(outputs).toEqual({
      "exit-code": "1",
      findings: "1",
      fixed: "0",
      "sarif-file": "gadget-migrate.sarif",
      "comment-file": "gadget-migrate.md",
    });
    expect(summary).toContain("trace_exec:v0.45.0");
    expect(readFileSync(join(root, "gadget-migrate.md"), "utf8")).toBe(summary);
    expect(JSON.parse(readFileSync(join(root, "gadget-migrate.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
    });
  });

  test("has nothing to say where nothing is found", () => {
    expect(runAction({}, { "a.sh": "echo\n" })).toMatchObject({
      status: 0,
      outputs: { findings: "0", "exit-code": "0" },
    });
  });

  test("writes fixes on request, and tells how many", () => {
    const { status, outputs, root } = runAction({ target: "v0.45.0", fix: "safe" }, { "a.sh": SAFE });
    expect({ status, outputs }).toMatchObject({ status: 0, outputs: { findings: "0", fixed: "1" } });
    expect(readFileSync(join(root, "a.sh"), "utf8")).toContain("run trace_exec:v0.45.0");
  });

  test("hands every input on, and only what is asked for", () => {
    const inputs = {
      version: "1.2.3",
      target: "v0.45.0",
      "image-style": "full",
      registry: "r.example/x",
      pin: "tag",
      "insecure-registry": "localhost:5000",
      defaults: "new",
      form: "run",
      config: "c.yaml",
      rule: "builtin-gadget,floating-image",
      gadget: "trace exec",
      path: "*.sh",
      baseline: "known.json",
      "fail-on": "never",
      strict: "true",
      fix: "unsafe",
      "sarif-file": "",
      "comment-file": "",
      paths: "a.sh\n-b.sh\n",
    };
    const { asked, root, status } = runAction(inputs, {
      "a.sh": SAFE,
      "-b.sh": SAFE,
      "c.yaml": "{}\n",
      "known.json": '{ "version": 1, "findings": [] }',
    });
    const words = asked.trim().split("\n");
    expect(words.slice(0, 4)).toEqual(["--yes", "gadget-migrate@1.2.3", "--format", "github,json,markdown"]);
    expect(words.slice(6)).toEqual([
      "--fix=unsafe",
      "--target=v0.45.0",
      "--image-style=full",
      "--registry=r.example/x",
      "--pin=tag",
      "--insecure-registry=localhost:5000",
      "--defaults=new",
      "--form=run",
      "--config=c.yaml",
      "--rule=builtin-gadget,floating-image",
      "--gadget=trace exec",
      "--path=*.sh",
      "--baseline=known.json",
      "--fail-on=never",
      "--strict",
      "--",
      "a.sh",
      "-b.sh",
    ]);
    expect(status).toBe(0);
    expect([
      existsSync(join(root, "gadget-migrate.sarif")),
      existsSync(join(root, "gadget-migrate.md")),
    ]).toEqual([false, false]);
  });

  test("has an input for each option of the command line, but for those that a job does not need", () => {
    const inputs = new Set(Object.keys(ACTION.inputs));
    expect(OPTION_NAMES.filter((name) => !inputs.has(name)).sort()).toEqual(NO_INPUTS);
    const others = [...inputs].filter((name) => !OPTION_NAMES.some((option) => option === name));
    expect(others.sort()).toEqual(["comment-file", "paths", "sarif-file"]);
  });

  test("switches off what it is told to", () => {
    const { asked } = runAction({ "no-config": "true", "no-baseline": "true" }, { "a.sh": "echo\n" });
    expect(asked).toContain("\n--no-config\n--no-baseline\n--\n");
  });

  test.each([
    ["code in a path", { paths: "$(touch pwned)\n`touch pwned`\n; touch pwned" }, 2],
    ["code in a target", { target: "v0.45.0; touch pwned" }, 2],
    ["another package", { version: "1.0.0 evil" }, 2],
    ["a tag", { version: "latest" }, 2],
  ])("%s is not run", (_, inputs, expected) => {
    const { status, root } = runAction(inputs, { "a.sh": "echo\n" });
    expect(status).toBe(expected);
    expect(existsSync(join(root, "pwned"))).toBe(false);
  });

  test("declares the outputs that it writes, and takes its inputs from the environment alone", () => {
    expect(Object.keys(ACTION.outputs).sort()).toEqual([
      "comment-file",
      "exit-code",
      "findings",
      "fixed",
      "sarif-file",
    ]);
    expect(STEP.run).not.toContain("${{");
    expect(Object.values(STEP.env).sort()).toEqual(
      Object.keys(ACTION.inputs)
        .map((name) => `\${{ inputs.${name} }}`)
        .sort(),
    );
  });
});
