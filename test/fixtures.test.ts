import { describe, expect, test } from "vitest";
import { migrate } from "../src/cli/migrate.ts";
import { HelperIndex } from "../src/engine/helpers.ts";
import type { FileFindings, Report, SourceFile } from "../src/engine/report.ts";
import { scan, type ScanOptions } from "../src/engine/scan.ts";
import {
  expectedFiles,
  expectedFindings,
  findingLines,
  listFixtures,
  updateExpected,
  updateFindings,
  type Fixture,
  type Outcome,
} from "./support/fixture.ts";

/** Fixtures say so when they are about another release; a new one in the knowledge must not change them all. */
const TARGET = "v0.55.1";
const isUpdate = process.env["UPDATE_FIXTURES"] === "1";
const OUTCOMES = ["expected", "expected.unsafe"] as const;

describe.each(listFixtures().map((fixture) => [fixture.name, fixture] as const))("%s", (_, fixture) => {
  test("findings", async () => {
    const { files, skipped } = await look(fixture, fixture.input);
    const ahead = await look(fixture, fixture.input, new HelperIndex(), (make) => {
      make(fixture.options.target ?? TARGET);
    });
    expect(ahead.files).toEqual(files);
    const lines = findingLines(files, fixture.input.length > 1);
    if (isUpdate) updateFindings(fixture, lines);
    expect(lines).toBe(expectedFindings(fixture));
    expect(skipped.filter(({ path }) => !path.includes("broken"))).toEqual([]);
  });

  test.each(OUTCOMES)("%s, and a second run changes nothing", async (outcome) => {
    const fixed = await fix(fixture, fixture.input, outcome);
    if (isUpdate) updateExpected(fixture, outcome, fixed);
    expect(fixed).toEqual(expectedFiles(fixture, outcome));
    expect(await fix(fixture, fixed, outcome)).toEqual(fixed);
  });

  test.runIf(fixture.options.variants !== false)("the same with CRLF and a BOM", async () => {
    const { files } = await look(fixture, fixture.input.map(asWindows));
    expect(findingLines(files, fixture.input.length > 1)).toBe(expectedFindings(fixture));
    for (const outcome of OUTCOMES) {
      const fixed = await fix(fixture, fixture.input.map(asWindows), outcome);
      expect(fixed).toEqual(expectedFiles(fixture, outcome).map(asWindows));
    }
  });
});

function look(
  { options, input }: Fixture,
  files: readonly SourceFile[],
  helpers = new HelperIndex(),
  ahead?: ScanOptions["ahead"],
): Promise<Report> {
  const { target = TARGET, imageStyle, registry, defaults, form, rules } = options;
  return scan(files, {
    imageStyle,
    registry,
    defaults,
    form,
    rules,
    helpers,
    ahead,
    filesWith: (texts) => files.filter(({ text }) => [...texts].some((one) => text.includes(one))),
    repositoryWith: (texts) =>
      Promise.resolve(input.filter(({ text }) => [...texts].some((one) => text.includes(one)))),
    target: () => ({ version: target, source: "option", evidence: [] }),
  });
}

async function fix(
  fixture: Fixture,
  files: readonly SourceFile[],
  outcome: Outcome,
): Promise<readonly SourceFile[]> {
  const helpers = new HelperIndex();
  const report = await look(fixture, files, helpers);
  const rescan = (file: SourceFile): Promise<Report> => look(fixture, [file], helpers);
  const fixed = new Map<string, string>();
  for (const entry of report.files) {
    const migration = await migrate(entry, outcome === "expected.unsafe", rescan);
    if (migration !== null) fixed.set(entry.file.path, migration.after.text);
    if (migration !== null) expectNothingToFix(migration.left, outcome);
  }
  return files.map(({ path, text }) => ({ path, text: fixed.get(path) ?? text }));
}

function expectNothingToFix(left: FileFindings["findings"], outcome: Outcome): void {
  const fixable = left.filter(
    ({ fix }) => fix?.grade === "safe" || (outcome === "expected.unsafe" && fix !== null),
  );
  expect(fixable).toEqual([]);
}

/** Lines end with CRLF, and a BOM comes first. */
function asWindows({ path, text }: SourceFile): SourceFile {
  return { path, text: `\uFEFF${text.replace(/\r?\n/g, "\r\n")}` };
}
