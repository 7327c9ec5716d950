import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json" with { type: "json" };
import { main } from "../../src/cli/main.ts";
import { runCli, type CliRun } from "../support/cli.ts";
import { addToTree, git, makeTree } from "../support/tree.ts";

const CHART =
  "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n  - name: gadget\n    version: 0.45.0\n    repository: https://inspektor-gadget.github.io/charts\n";
const CONFIG = "gadget-migrate.config.yaml";

/** A repository of git with these files. */
function repository(files: Parameters<typeof makeTree>[0]): string {
  const root = makeTree(files);
  git(root, "init", "--quiet");
  return root;
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Everything below a folder but git's own, with its text. */
function contents(root: string): Readonly<Record<string, string>> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  const files = paths.filter((path) => !path.startsWith(".git/") && lstatSync(join(root, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, read(root, path)]));
}

/** `init` with someone who types these lines. */
async function asked(
  root: string,
  answers: readonly string[],
  argv: readonly string[] = [],
): Promise<CliRun & { readonly questions: readonly string[] }> {
  const left = [...answers];
  const questions: string[] = [];
  let [stdout, stderr] = ["", ""];
  const code = await main(["init", ...argv], {
    stdout: (text) => Promise.resolve(void (stdout += text)),
    stderr: (text) => Promise.resolve(void (stderr += text)),
    stdin: () => Promise.resolve(new Uint8Array()),
    cwd: root,
    env: {},
    isTTY: true,
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(left.shift() ?? null);
    },
  });
  return { code, stdout, stderr, questions };
}

describe("what is written", () => {
  test.each<
    [
      found: string,
      files: Readonly<Record<string, string>>,
      written: readonly string[],
      byHand: RegExp | null,
    ]
  >([
    ["nothing", { "a.sh": "echo\n" }, [".pre-commit-config.yaml", CONFIG], /^pre-commit install$/m],
    [
      "workflows",
      { ".github/workflows/a.yaml": "on: push\n" },
      [".github/workflows/gadget-migrate.yaml", ".pre-commit-config.yaml", CONFIG],
      /pre-commit install/,
    ],
    [
      "workflows called .yml",
      { ".github/workflows/a.yml": "on: push\n", ".github/workflows/README.md": "" },
      [".github/workflows/gadget-migrate.yml", ".pre-commit-config.yaml", CONFIG],
      /pre-commit install/,
    ],
    [
      "a pipeline of GitLab",
      { ".gitlab-ci.yml": "stages: [build]\n", ".pre-commit-config.yaml": "repos: []\n" },
      [".gitlab/gadget-migrate.yml", CONFIG],
      /^include:\n {2}- local: \.gitlab\/gadget-migrate\.yml$/m,
    ],
    [
      "husky",
      { "package.json": '{"devDependencies":{"husky":"9.0.0"}}' },
      [".husky/pre-commit", CONFIG],
      /^npm install --save-dev --save-exact gadget-migrate@/m,
    ],
    [
      "lint-staged without a configuration",
      { "package.json": '{"devDependencies":{"lint-staged":"16.0.0"}}', "pnpm-lock.yaml": "" },
      [".lintstagedrc.json", CONFIG],
      /^pnpm add --save-dev --save-exact gadget-migrate@/m,
    ],
    [
      "lint-staged in package.json",
      { "package.json": '{"lint-staged":{"*.js":"eslint"},"packageManager":"yarn@4.0.0"}' },
      [CONFIG],
      /package\.json: add to what lint-staged runs\n"\*": "gadget-migrate --fix --"\n[^]*yarn add/,
    ],
    [
      "lefthook",
      { ".lefthook.yaml": "pre-push: {}\n" },
      [CONFIG],
      /npx gadget-migrate --fix -- \{staged_files\}/,
    ],
    ["Jenkins", { Jenkinsfile: "node {}\n", "lefthook.yml": "" }, [CONFIG], /Jenkinsfile: add a step/],
    [
      "ESLint",
      { "eslint.config.mjs": "export default [];\n", "lefthook.yml": "" },
      [CONFIG],
      /eslint\.config\.mjs: .*\nimport gadgetMigrate from "gadget-migrate\/eslint";/,
    ],
    ["a broken package.json", { "package.json": "{", "lefthook.yml": "" }, [CONFIG], /lefthook\.yml/],
  ])("beside %s", async (_, files, written, byHand) => {
    const root = repository(files);
    const { code, stdout, stderr } = await runCli(root, ["init"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const now = contents(root);
    expect(Object.keys(now).sort()).toEqual([...Object.keys(files), ...written].sort());
    expect(now).toMatchObject(files);
    for (const path of written) expect(stdout).toContain(`written ${path}: `);
    if (byHand !== null) expect(stdout).toMatch(byHand);
  });

  test("a second run changes nothing and says what is there", async () => {
    const root = repository({
      ".github/workflows/a.yaml": "on: push\n",
      ".gitlab-ci.yml": "include: [{ local: a.yml }]\n",
      "package.json": '{"devDependencies":{"husky":"9","lint-staged":"16"}}',
    });
    await runCli(root, ["init"]);
    const before = contents(root);
    const { code, stdout } = await runCli(root, ["init"]);
    expect(code).toBe(0);
    expect(contents(root)).toEqual(before);
    expect(stdout).not.toContain("written");
    expect(stdout).toContain(`left    ${CONFIG} holds the configuration already\n`);
    expect(stdout).toContain("left    .husky/pre-commit starts lint-staged already\n");
    expect(stdout).toContain("left    .github/workflows/gadget-migrate.yaml has gadget-migrate already\n");
  });

  test("outside of git there are no hooks", async () => {
    const root = makeTree({ "a.sh": "echo\n" });
    await runCli(root, ["init"]);
    expect(Object.keys(contents(root))).toEqual(["a.sh", CONFIG]);
  });

  test("from a folder below, the top of the repository is set up", async () => {
    const root = repository({ "charts/app/Chart.yaml": CHART, "docs/a.md": "" });
    const { stdout } = await runCli(root, ["init"], "docs");
    expect(stdout).toContain(`written ../${CONFIG}: for v0.45.0\n`);
    expect(existsSync(join(root, CONFIG))).toBe(true);
  });

  test("--dry-run writes nothing", async () => {
    const files = { ".github/workflows/a.yaml": "on: push\n" };
    const root = repository(files);
    const { code, stdout } = await runCli(root, ["init", "--dry-run"]);
    expect(code).toBe(0);
    expect(contents(root)).toEqual(files);
    expect(stdout).toContain("would write .github/workflows/gadget-migrate.yaml: ");
    expect(stdout).toMatch(/\nNothing was written\.\n$/);
  });
});

describe("what stands there already is never touched", () => {
  test("a file with the name of one of ours", async () => {
    const files = { ".gitlab-ci.yml": "a: {}\n", ".gitlab/gadget-migrate.yml": "mine\n", "lefthook.yml": "" };
    const root = repository(files);
    const { stdout } = await runCli(root, ["init"]);
    expect(contents(root)).toMatchObject(files);
    expect(stdout).toContain("left    .gitlab/gadget-migrate.yml is there already\n");
  });

  test.each(["gadget-migrate.config.yml", "gadget-migrate.config.json", "package.json"])(
    "a configuration in %s, even a broken one",
    async (name) => {
      const text = name === "package.json" ? '{"gadgetMigrate":{"target":5}}' : "{ target: [";
      const root = repository({ [name]: text, "lefthook.yml": "" });
      const { code, stdout } = await runCli(root, ["init"]);
      expect([code, existsSync(join(root, CONFIG))]).toEqual([0, false]);
      expect(stdout).toContain(`left    ${name} holds the configuration already\n`);
    },
  );

  test("a link is not followed out of the repository", async () => {
    const away = makeTree({ "a.yaml": "on: push\n", keep: "" });
    const root = repository({ "lefthook.yml": "", ".gitlab-ci.yml": "a: {}\n" });
    addToTree(root, { ".gitlab": { link: away }, [CONFIG]: { link: join(away, "config.yaml") } });
    const { code, stdout } = await runCli(root, ["init"]);
    expect(code).toBe(0);
    expect(readdirSync(away).sort()).toEqual(["a.yaml", "keep"]);
    expect(stdout).toContain(".gitlab/gadget-migrate.yml: a link stands on the way");
    expect(stdout).toContain(`${CONFIG}: a link stands on the way`);
  });

  test("what already has gadget-migrate needs nothing", async () => {
    const files = {
      ".pre-commit-config.yaml": "repos:\n- repo: https://example.com/gadget-migrate\n",
      ".github/workflows/lint.yml": "jobs: { a: { steps: [{ run: npx gadget-migrate }] } }\n",
      ".gitlab-ci.yml": "a: { script: [npx gadget-migrate] }\n",
      "eslint.config.js": 'import a from "gadget-migrate/eslint";\n',
    };
    const { stdout } = await runCli(repository(files), ["init"]);
    for (const path of Object.keys(files))
      expect(stdout).toContain(`left    ${path} has gadget-migrate already\n`);
    expect(stdout).not.toContain("By hand");
  });
});

describe("the configuration", () => {
  const written = async (
    files: Readonly<Record<string, string>>,
    ...argv: readonly string[]
  ): Promise<string> => {
    const root = repository({ "lefthook.yml": "", ...files });
    await runCli(root, ["init", ...argv]);
    return read(root, CONFIG);
  };

  test("has the release that the repository speaks for, and where", async () => {
    const text = await written({ "Chart.yaml": CHART });
    expect(text).toContain("# Found in Chart.yaml:6, Helm chart 0.45.0.\ntarget: v0.45.0\n");
    expect(parse(text)).toEqual({ target: "v0.45.0" });
  });

  test("has none where nothing names one, or one that is not known", async () => {
    expect(await written({})).toMatch(/Nothing here names one.*\n# target: v\d/);
    const unknown = await written({ "Chart.yaml": CHART.replace("0.45.0", "0.99.0") });
    expect(unknown).toMatch(/is not known \(Chart\.yaml:6, Helm chart 0\.99\.0\).*\n# target: v\d/);
    expect(parse(unknown)).toBeNull();
  });

  test("takes --target, which must be known", async () => {
    expect(await written({ "Chart.yaml": CHART }, "--target", "0.50.0")).toContain("\ntarget: v0.50.0\n");
    const { code, stderr } = await runCli(makeTree({}), ["init", "--target", "v0.999.0"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("There is no release")]);
  });

  test("names the schema where packages are installed", async () => {
    expect(await written({ "package.json": "{}" })).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules/,
    );
  });

  test("is no longer than its comments, whatever files are called", async () => {
    const text = await written({ "x\ntarget: v0.36.0\n/Chart.yaml": CHART });
    expect(parse(text)).toEqual({ target: "v0.45.0" });
  });

  test("works, and so do its suggestions without their comment signs", async () => {
    const root = repository({ "Chart.yaml": CHART, "lefthook.yml": "" });
    await runCli(root, ["init"]);
    const suggested = read(root, CONFIG).replace(/^# (?=exclude|programs|overrides| )/gm, "");
    addToTree(root, {
      [CONFIG]: suggested,
      "a.sh": "kg trace exec -n demo\n",
      "a.md": "`kubectl gadget trace exec -n demo`\n",
      "vendor/a.sh": "kubectl gadget trace exec\n",
    });
    const { stdout } = await runCli(root, ["--format", "json"]);
    const { findings } = JSON.parse(stdout) as { findings: readonly { path: string; after: string }[] };
    expect(findings.map(({ path, after }) => `${path}: ${after}`)).toEqual([
      "a.md: kubectl gadget run trace_exec:v0.45.0 -n demo",
      "a.sh: kg run trace_exec:v0.45.0 --ignore-failed=false -n demo",
    ]);
  });
});

describe("on a terminal", () => {
  const files = { "Chart.yaml": CHART, ".github/workflows/a.yaml": "on: push\n", "lefthook.yml": "" };

  test("the release is asked for, then each file; an empty line takes what is offered", async () => {
    const root = repository(files);
    const { code, questions } = await asked(root, ["", "", ""]);
    expect(code).toBe(0);
    expect(questions).toEqual([
      "Inspektor Gadget release that the commands must work on [v0.45.0]: ",
      `Write ${CONFIG} (for v0.45.0)? [Y/n] `,
      "Write .github/workflows/gadget-migrate.yaml (annotates pull requests, and fails while there are findings)? [Y/n] ",
    ]);
    expect(existsSync(join(root, ".github/workflows/gadget-migrate.yaml"))).toBe(true);
  });

  test("what is typed counts, and an unknown release is asked for again", async () => {
    const root = repository(files);
    const { stderr, stdout } = await asked(root, ["0.999", "0.50.0", "y", "n"]);
    expect(stderr).toMatch(/There is no release "0\.999"; known: v/);
    expect(read(root, CONFIG)).toContain("\ntarget: v0.50.0\n");
    expect(existsSync(join(root, ".github/workflows/gadget-migrate.yaml"))).toBe(false);
    expect(stdout).toContain("left    .github/workflows/gadget-migrate.yaml, as you said\n");
  });

  test("without an answer nothing is written", async () => {
    const root = repository(files);
    const { code, stderr } = await asked(root, ["", "y"]);
    expect([code, stderr]).toEqual([2, "gadget-migrate: No answer; nothing was written.\n"]);
    expect(contents(root)).toEqual(files);
  });

  test.each(["--yes", "--dry-run"])("%s asks nothing", async (option) => {
    expect((await asked(repository(files), [], [option])).questions).toEqual([]);
  });
});

test("what CI and hooks install is this version", async () => {
  const root = repository({ ".github/workflows/a.yaml": "on: push\n", ".gitlab-ci.yml": "a: {}\n" });
  const { stdout } = await runCli(root, ["init"]);
  const all = [...Object.values(contents(root)), stdout].join("\n");
  const versions = [...all.matchAll(/gadget-migrate@([\w.-]+)/g)].map(([, version]) => version);
  expect(versions.length).toBeGreaterThan(2);
  expect(new Set(versions)).toEqual(new Set([manifest.version]));
});

test.each([
  [["somewhere"], "init takes no paths; start it in the repository. Got somewhere."],
  [["--force"], "Unknown option '--force'. See gadget-migrate init --help."],
])("init %j is refused", async (words, message) => {
  const root = makeTree({});
  const { code, stderr } = await runCli(root, ["init", ...words]);
  expect([code, stderr]).toEqual([2, `gadget-migrate: ${message}\n`]);
  expect(readdirSync(root)).toEqual([]);
});
