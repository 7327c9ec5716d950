import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileFindings, SourceFile } from "../../src/engine/report.ts";
import type { ScanOptions } from "../../src/engine/scan.ts";
import { LineIndex } from "../../src/text/lines.ts";

export const FIXTURES = fileURLToPath(new URL("../../fixtures", import.meta.url));

/** What `options.json` of a fixture may say. */
export interface FixtureOptions extends Pick<
  ScanOptions,
  "imageStyle" | "registry" | "defaults" | "rules" | "form"
> {
  readonly target?: string;
  /** False: not tried again with CRLF and with a BOM. */
  readonly variants?: boolean;
}

/**
 * One folder of `fixtures/`. The input is `input.<ext>`, or all files of a folder `input`; what it becomes is
 * `expected.<ext>` or `expected` (safe fixes) and `expected.unsafe.<ext>` or `expected.unsafe` (unsafe ones too), only
 * for what changes. `findings.txt` has a line for each finding; without it there must be none.
 */
export interface Fixture {
  readonly name: string;
  readonly folder: string;
  readonly input: readonly SourceFile[];
  readonly options: FixtureOptions;
}

/** All fixtures, found by listing `fixtures/<group>/<case>`. */
export function listFixtures(): readonly Fixture[] {
  const groups = folders(FIXTURES).filter((group) => group !== "demo-repo");
  const names = groups.flatMap((group) => folders(join(FIXTURES, group)).map((name) => `${group}/${name}`));
  return names.map(readFixture);
}

function readFixture(name: string): Fixture {
  const folder = join(FIXTURES, name);
  const input = readTree(folder, "input");
  if (input.length === 0) throw new Error(`fixtures/${name} has no input`);
  const options = join(folder, "options.json");
  return {
    name,
    folder,
    input,
    options: existsSync(options) ? (JSON.parse(readFileSync(options, "utf8")) as FixtureOptions) : {},
  };
}

export type Outcome = "expected" | "expected.unsafe";

/** The files as they should be: those of the outcome's own, else those of the nearest safer outcome, else the input. */
export function expectedFiles({ folder, input }: Fixture, outcome: Outcome): readonly SourceFile[] {
  const sources = outcome === "expected" ? ["expected"] : ["expected", "expected.unsafe"];
  const texts = new Map(
    sources.flatMap((source) => readTree(folder, source)).map(({ path, text }) => [path, text]),
  );
  return input.map(({ path, text }) => ({ path, text: texts.get(path) ?? text }));
}

/** Writes what changed against `from`, so that a person reviews it as a diff. */
export function updateExpected(fixture: Fixture, outcome: Outcome, files: readonly SourceFile[]): void {
  const before = outcome === "expected" ? fixture.input : expectedFiles(fixture, "expected");
  for (const [i, { path, text }] of files.entries()) {
    if (text !== before[i]?.text) writeFileSync(placeOf(fixture, outcome, path), text);
  }
}

function placeOf({ folder }: Fixture, outcome: Outcome, path: string): string {
  return existsSync(join(folder, "input"))
    ? join(folder, outcome, path)
    : join(folder, path.replace(/^input/, outcome));
}

/** The expected findings, one a line. */
export function expectedFindings({ folder }: Fixture): string {
  const path = join(folder, "findings.txt");
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

export function updateFindings({ folder }: Fixture, lines: string): void {
  if (lines !== "") writeFileSync(join(folder, "findings.txt"), lines);
}

/** `line:column grade ruleId messageId`, the path ahead where there are several files. */
export function findingLines(files: readonly FileFindings[], several: boolean): string {
  const lines = files.flatMap(({ file, findings }) => {
    const index = new LineIndex(file.text);
    return findings.map(({ range, fix, ruleId, message }) => {
      const { line, column } = index.position(range.start);
      const place = `${several ? `${file.path}:` : ""}${line}:${column}`;
      return `${place} ${fix?.grade ?? "manual"} ${ruleId} ${message.messageId}\n`;
    });
  });
  return lines.join("");
}

/** `<source>.<ext>` as `input.<ext>`, and everything below a folder `<source>`, with paths relative to it. */
function readTree(folder: string, source: string): readonly SourceFile[] {
  const single = readdirSync(folder).find(
    (name) => name.replace(/\.[^.]*$/, "") === source && isFile(join(folder, name)),
  );
  if (single !== undefined) {
    return [
      { path: `input${single.slice(source.length)}`, text: readFileSync(join(folder, single), "utf8") },
    ];
  }
  const top = join(folder, source);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, encoding: "utf8" })
    .map((name) => join(top, name))
    .filter(isFile)
    .sort()
    .map((path) => ({ path: relative(top, path).replaceAll(sep, "/"), text: readFileSync(path, "utf8") }));
}

function folders(parent: string): readonly string[] {
  return readdirSync(parent)
    .filter((name) => !isFile(join(parent, name)))
    .sort();
}

function isFile(path: string): boolean {
  return statSync(path).isFile();
}
