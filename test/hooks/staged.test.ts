import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BIN, ROOT } from "../support/console.ts";
import { linkPrograms, run } from "../support/project.ts";
import { isMissing, TOOLS } from "../support/tools.ts";
import { addToTree, git, makeTree } from "../support/tree.ts";

const PAGE = readFileSync(join(ROOT, "docs", "hooks.md"), "utf8");

/** The block of the page that begins with the name of its file in a comment, or that follows it. */
function recipe(file: string): string {
  const [, text] =
    new RegExp(`^\`${file.replaceAll(".", "\\.")}\`:\\n\\n\`\`\`\\w+\\n(.*?)^\`\`\`$`, "ms").exec(PAGE) ?? [];
  if (text === undefined) throw new Error(`docs/hooks.md has no ${file}`);
  return text;
}

const PROGRAMS = {
  "gadget-migrate": BIN,
  "lint-staged": join(TOOLS, "lint-staged", "bin", "lint-staged.js"),
  husky: join(TOOLS, "husky", "bin.js"),
  lefthook: join(TOOLS, "lefthook", "bin", "index.js"),
};

const SAFE = "kubectl gadget trace exec -n demo\n";
const FIXED = "kubectl gadget run trace_exec:v0.45.0 --ignore-failed=false -n demo\n";
const UNSAFE = "kubectl gadget trace dns | awk '{ print $3 }'\n";
const NAMES = ["a b.sh", "日本.sh", "-dash.sh", "'quoted$x.sh"];

interface Recipe {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly install: string;
}

function makeProject({ files, install }: Recipe): string {
  const root = makeTree({
    ".gitignore": "node_modules\n",
    "package.json": "{}",
    "gadget-migrate.config.yaml": "target: v0.45.0\n",
    "untouched.sh": SAFE,
    ...files,
  });
  linkPrograms(root, PROGRAMS);
  git(root, "init", "--quiet");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "-m", "before");
  for (const path of Object.keys(files)) if (path.startsWith(".husky/")) chmodSync(join(root, path), 0o755);
  expect(run(root, `PATH="$PWD/node_modules/.bin:$PATH" ${install}`)).toMatchObject({ status: 0 });
  return root;
}

const RECIPES: readonly Recipe[] = [
  {
    name: "husky and lint-staged",
    files: {
      ".husky/pre-commit": recipe(".husky/pre-commit"),
      ".lintstagedrc.json": recipe(".lintstagedrc.json"),
    },
    install: "husky",
  },
  { name: "lefthook", files: { "lefthook.yml": recipe("lefthook.yml") }, install: "lefthook install" },
];

describe.skipIf(isMissing(TOOLS)).each(RECIPES.map((one) => [one.name, one] as const))("%s", (_, one) => {
  test("writes what is safe into the commit", () => {
    const root = makeProject(one);
    addToTree(root, Object.fromEntries(NAMES.map((name) => [name, SAFE])));
    git(root, "add", "--all");
    const { status, output } = run(root, "git commit -m change");
    expect({ status, output }).toMatchObject({ status: 0 });
    for (const name of NAMES) expect(git(root, "show", `HEAD:${name}`)).toBe(FIXED);
    expect(git(root, "show", "HEAD:untouched.sh")).toBe(SAFE);
  });

  test("stops a commit that needs a person", () => {
    const root = makeProject(one);
    addToTree(root, { "a.sh": UNSAFE });
    git(root, "add", "--all");
    const { status, output } = run(root, "git commit -m change");
    expect(status).toBe(1);
    expect(output).toContain("a.sh:1:1");
    expect(readFileSync(join(root, "a.sh"), "utf8")).toBe(UNSAFE);
  });
});
