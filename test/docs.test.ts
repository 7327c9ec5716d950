import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { OPTION_NAMES } from "../src/cli/options.ts";
import { REPORTER_IDS } from "../src/reporters/index.ts";
import { RULE_IDS, rulePage } from "../src/rules/registry.ts";
import { examplesIn, fenceOf, ROOT, Sandbox, type Example, type Step } from "./support/console.ts";

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`)
    .sort(),
];

const EXAMPLES = PAGES.flatMap((page) => examplesIn(read(page)).map((example) => ({ page, ...example })));

describe("an example does what it says", () => {
  test("there are some", () => {
    expect(EXAMPLES.length).toBeGreaterThan(3);
  });

  test.each(EXAMPLES)("$page:$line", ({ page, line, steps }) => {
    const sandbox = new Sandbox();
    try {
      const actual = steps.map(({ command }) => ({ command, output: sandbox.run(command) }));
      if (isUpdate) writeExample(page, { line, steps }, actual);
      expect(actual).toEqual(steps);
    } finally {
      sandbox.remove();
    }
  });
});

/** `UPDATE_DOCS=1` writes what the examples print now, to be read as a diff. */
const isUpdate = process.env["UPDATE_DOCS"] === "1";

function writeExample(page: string, { steps }: Example, actual: readonly Step[]): void {
  writeFileSync(
    join(ROOT, page),
    read(page).replace(fenceOf(steps), () => fenceOf(actual)),
  );
}

describe("README.md", () => {
  const readme = read("README.md");

  test("has a row for every option, and no other", () => {
    const rows = [...readme.matchAll(/^\| `--([a-z-]+)/gm)].map(([, name]) => name);
    expect(rows).toEqual([...OPTION_NAMES]);
  });

  test("names every format", () => {
    for (const id of REPORTER_IDS) expect(readme).toContain(`\`${id}\``);
  });
});

test.each(RULE_IDS)("rule %s has its page, which the README links to", (id) => {
  expect(read(rulePage(id))).toMatch(new RegExp(`^# ${id}\\n`));
  expect(read("README.md")).toContain(`(${rulePage(id)})`);
});

test.each(PAGES)("%s links to files that exist", (page) => {
  const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = ""]) => target);
  const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(page), target)));
  expect(missing).toEqual([]);
});

test.each(PAGES)("%s has tables whose rows have as many cells as their head", (page) => {
  const tables = read(page)
    .replaceAll(/^ *```.*?^ *```$/gms, "")
    .matchAll(/(?:^\|.*\n)+/gm);
  for (const [table] of tables) {
    const [head = "", ...rows] = table.trimEnd().split("\n");
    expect(rows.filter((row) => cellsOf(row) !== cellsOf(head))).toEqual([]);
  }
});

/** A bar parts cells in code too, unless a backslash stands before it. */
function cellsOf(row: string): number {
  return row.split(/(?<!\\)\|/).length;
}

function read(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}
