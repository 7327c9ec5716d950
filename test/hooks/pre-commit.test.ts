import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { detectLanguage } from "../../src/languages/detect.ts";
import { EXTENSIONS, TEMPLATE_EXTENSIONS } from "../../src/languages/names.ts";
import { ROOT } from "../support/console.ts";
import { bundledPackage, run, type Ran } from "../support/project.ts";
import { isMissing } from "../support/tools.ts";
import { addToTree, git, makeTree } from "../support/tree.ts";

interface Hook {
  readonly id: string;
  readonly files: string;
  readonly types: readonly string[];
}

const HOOKS_FILE = readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8");
const HOOKS = parse(HOOKS_FILE) as readonly Hook[];

describe.each(HOOKS.map((hook) => [hook.id, hook] as const))(
  "the names that %s is for",
  (_, { files, types }) => {
    // Python's verbose form.
    const pattern = new RegExp(
      files
        .replace(/^\(\?ix\)/, "")
        .replace(/^\s*#.*$/gm, "")
        .replace(/\s/g, ""),
      "i",
    );

    const read = [
      ...Array.from(EXTENSIONS.keys(), (extension) => `a.${extension}`),
      ...Array.from(TEMPLATE_EXTENSIONS.keys(), (extension) => `a.yaml.${extension}`),
      ...[
        "Makefile",
        "GNUmakefile",
        "Makefile.am",
        "Dockerfile",
        "Containerfile.dev",
        "Dockerfile-x",
        "Jenkinsfile",
      ],
      ...[
        "Jenkinsfile.ci",
        ".bashrc",
        ".envrc",
        "justfile",
        ".justfile",
        "Tiltfile",
        "Rakefile",
        "README",
        "A.SH",
      ],
      ...["deep/er/a.sh", "line\nbreak/a b.sh", "-a.sh", "日本.sh", ".github/workflows/a.yml"],
    ];
    test.each(read)("%j", (path) => {
      expect(detectLanguage(path, "")).not.toBeNull();
      expect(pattern.test(path)).toBe(true);
    });

    test("scripts that only their first line tells, and no pictures, styles or archives", () => {
      expect(pattern.test("bin/watch")).toBe(true);
      expect(["a.css", "a.png", "a.c", "a.lock", "a.proto"].filter((path) => pattern.test(path))).toEqual([]);
      expect(types).toEqual(["text"]);
    });
  },
);

const SAFE = "kubectl gadget trace exec -n demo\n";
const FIXED = "kubectl gadget run trace_exec:v0.45.0 --ignore-failed=false -n demo\n";
const FINE = "echo nothing\n";
const ODD_NAMES = [
  "a b.sh",
  "line\nbreak.sh",
  "-dash.sh",
  "--fix.sh",
  "日本.sh",
  "a[1].sh",
  "'quoted\"$x.sh",
];

describe.skipIf(isMissing("pre-commit"))("pre-commit", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gadget-migrate-hooks-")));
  const hooks = join(folder, "hooks");

  /** The repository that the hooks come from: the packed package, with what it depends on in it, so that nothing is fetched. */
  beforeAll(() => {
    bundledPackage(hooks);
    writeFileSync(join(hooks, ".pre-commit-hooks.yaml"), HOOKS_FILE);
    git(hooks, "init", "--quiet");
    git(hooks, "add", "--force", ".");
    git(hooks, "commit", "--quiet", "-m", "hooks");
  }, 120_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A repository that uses one of the hooks, with files that are committed. */
  function makeRepository(hook: string, files: Readonly<Record<string, string>>): string {
    const rev = git(hooks, "rev-parse", "HEAD").trim();
    const config = { repos: [{ repo: hooks, rev, hooks: [{ id: hook }] }] };
    const root = makeTree({
      ".pre-commit-config.yaml": JSON.stringify(config),
      "gadget-migrate.config.yaml": "target: v0.45.0\n",
      ...files,
    });
    git(root, "init", "--quiet");
    git(root, "add", "--all");
    git(root, "commit", "--quiet", "-m", "before");
    expect(pre(root, "pre-commit install")).toMatchObject({ status: 0 });
    return root;
  }

  /** Without a network: npm fails where it would need one. */
  function pre(root: string, command: string): Ran {
    const env = {
      PRE_COMMIT_HOME: join(folder, "home"),
      npm_config_offline: "true",
      npm_config_audit: "false",
    };
    const ran = run(root, command, env);
    const transcript = process.env["TRANSCRIPT"];
    if (transcript !== undefined) appendFileSync(transcript, `$ ${command}\n${ran.output}`);
    return ran;
  }

  const inIndex = (root: string, path: string): string => git(root, "show", `:${path}`);
  const commit = (root: string): Ran => pre(root, "git commit -m change");

  test("the check stops a commit of staged, renamed and oddly named files, and names them", () => {
    const root = makeRepository("gadget-migrate", {
      "old name.sh": SAFE,
      "gone.sh": SAFE,
      "untouched.sh": SAFE,
    });
    addToTree(root, {
      "new.md": `\`\`\`sh\n${SAFE}\`\`\`\n`,
      ...Object.fromEntries(ODD_NAMES.map((name) => [name, SAFE])),
    });
    renameSync(join(root, "old name.sh"), join(root, "renamed.sh"));
    rmSync(join(root, "gone.sh"));
    git(root, "add", "--all");
    const { status, output } = commit(root);
    expect(status).toBe(1);
    const named = [...output.matchAll(/^(.*):(\d+):1 error builtin-gadget/gm)].map(([, path]) => path);
    const shown = [...ODD_NAMES.map((name) => name.replace("\n", "\\u{a}")), "new.md", "renamed.sh"];
    expect(named.sort()).toEqual(shown.sort());
    expect(output).not.toContain("untouched.sh");
    expect(git(root, "log", "--oneline").split("\n")).toHaveLength(2);
  });

  test("a commit of other files does not even start the program", () => {
    const root = makeRepository("gadget-migrate", {});
    addToTree(root, { "a.css": "a{}", "b.png": "\u0000PNG" });
    git(root, "add", "--all");
    const { status, output } = commit(root);
    expect(status).toBe(0);
    expect(output).toMatch(/gadget-migrate\.+\(no files to check\)Skipped/);
  });

  test("the fix writes what is safe, and the second try is committed", () => {
    const root = makeRepository("gadget-migrate-fix", {});
    addToTree(root, Object.fromEntries(ODD_NAMES.map((name) => [name, SAFE])));
    git(root, "add", "--all");
    expect(commit(root)).toMatchObject({
      status: 1,
      output: expect.stringContaining("files were modified") as string,
    });
    for (const name of ODD_NAMES) expect(readFileSync(join(root, name), "utf8")).toBe(FIXED);
    for (const name of ODD_NAMES) expect(inIndex(root, name)).toBe(SAFE);
    git(root, "add", "--all");
    expect(commit(root)).toMatchObject({ status: 0 });
  });

  test("what is not staged of a file is neither read nor lost", () => {
    const root = makeRepository("gadget-migrate-fix", { "a.sh": `${FINE}\n\n\n\n${FINE}` });
    writeFileSync(join(root, "a.sh"), `${SAFE}\n\n\n\n${FINE}`);
    git(root, "add", "a.sh");
    writeFileSync(join(root, "a.sh"), `${SAFE}\n\n\n\n${FINE}ig trace dns\n`);
    const { status, output } = commit(root);
    expect(status).toBe(1);
    expect(output).toContain("Fixed 1 finding in 1 file.");
    expect(readFileSync(join(root, "a.sh"), "utf8")).toBe(`${FIXED}\n\n\n\n${FINE}ig trace dns\n`);
  });

  test("where the fix and what is not staged meet, what is not staged stays", () => {
    const root = makeRepository("gadget-migrate-fix", { "a.sh": FINE });
    writeFileSync(join(root, "a.sh"), SAFE);
    git(root, "add", "a.sh");
    writeFileSync(join(root, "a.sh"), SAFE.replace("demo", "other"));
    const { status, output } = commit(root);
    expect(status).toBe(1);
    expect(output).toContain("Rolling back fixes");
    expect(readFileSync(join(root, "a.sh"), "utf8")).toBe(SAFE.replace("demo", "other"));
    expect(inIndex(root, "a.sh")).toBe(SAFE);
  });
});
