import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectedFindings, FIXTURES, listFixtures } from "../support/fixture.ts";

/** Where most people keep their commands. */
const GROUPS = ["dockerfile", "go", "helm", "javascript", "makefile", "markdown", "python", "shell", "yaml"];
const LEAST = { no: 10, nested: 5, broken: 3, other: 15 };

describe.each(GROUPS)("fixtures/%s", (group) => {
  test.each(Object.entries(LEAST))("enough of the kind %s", (kind, least) => {
    const names = readdirSync(join(FIXTURES, group));
    expect(names.filter((name) => kindOf(name) === kind).length).toBeGreaterThanOrEqual(least);
  });
});

test("what is named no-* has no findings, and only that", () => {
  const fixtures = listFixtures().filter(({ name }) => GROUPS.includes(name.split("/")[0] ?? ""));
  for (const fixture of fixtures) {
    const isQuiet = kindOf(fixture.name.split("/")[1] ?? "") === "no";
    expect([fixture.name, expectedFindings(fixture) === ""]).toEqual([fixture.name, isQuiet]);
  }
});

function kindOf(name: string): string {
  return /^(no|nested|broken)(?:-|$)/.exec(name)?.[1] ?? "other";
}
