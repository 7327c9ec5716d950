import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { Ajv } from "ajv";
import { parse as parseCsv } from "csv-parse/sync";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { checkstyle } from "../../src/reporters/checkstyle.ts";
import { csv } from "../../src/reporters/csv.ts";
import { github } from "../../src/reporters/github.ts";
import { gitlab } from "../../src/reporters/gitlab.ts";
import { junit } from "../../src/reporters/junit.ts";
import { markdown } from "../../src/reporters/markdown.ts";
import type { Reporter } from "../../src/reporters/reporter.ts";
import { sarif } from "../../src/reporters/sarif.ts";
import { RULE_IDS } from "../../src/rules/registry.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { contextOf, findingAt, reportOf } from "../support/report.ts";

const COMMAND = "kubectl gadget trace exec";
const SOURCE = `# first\n日本; ${COMMAND} -A | jq\n${COMMAND} \\\n  -n "x"\n`;
const SAFE = findingAt(SOURCE, `${COMMAND} -A`);
const UNSAFE = findingAt(SOURCE, `${COMMAND} \\\n  -n "x"`, {
  severity: "warning",
  fix: { grade: "unsafe", edits: [{ start: 8, end: 8, text: "x" }] },
  notes: [{ messageId: "words-dropped", args: { words: '`a` <b> & "c"' } }],
});
const MANUAL = findingAt(SOURCE, `${COMMAND} -A`, {
  fix: null,
  after: null,
  gadget: null,
  image: null,
  severity: "info",
});

/** A path and a command that try to be markup, or commands of what reads the report. */
const HOSTILE_PATH = `=a,b:c%0A</file>"&'\`<img src=x>\u001b[31m\u202e.sh`;
const HOSTILE = findingAt("::error::x\n```\n</details>\n]]>", "::error::x\n```\n</details>\n]]>", {
  after: "::warning::y\r\n``` @everyone",
});

function render(reporter: Reporter, findings: readonly Finding[], path?: string, text = SOURCE): string {
  const report = {
    ...reportOf(text, findings, path),
    skipped: [{ path: "a b.sh", reason: "It is a folder." }],
  };
  return reporter.render({ report, fixed: [] }, contextOf());
}

const hostile = (reporter: Reporter): string =>
  render(reporter, [HOSTILE], HOSTILE_PATH, "::error::x\n```\n</details>\n]]>");

describe("SARIF", () => {
  const isValid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    Object.fromEntries(Object.entries(sarifSchema).filter(([key]) => key !== "$schema" && key !== "id")),
  );

  test.each([
    ["nothing", render(sarif, [])],
    ["findings of each grade", render(sarif, [SAFE, UNSAFE, MANUAL])],
    ["hostile text", hostile(sarif)],
  ])("is what the schema of the standard says: %s", (_, output) => {
    isValid(JSON.parse(output));
    expect(isValid.errors).toBeNull();
  });

  test("lists what is not reported, with the reason", () => {
    const report = reportOf(SOURCE, [SAFE]);
    const suppressions = [
      { finding: MANUAL, by: "comment", reason: "later" },
      { finding: MANUAL, by: "baseline", reason: null },
    ] as const;
    const file = { path: "b.sh", text: SOURCE };
    const output = sarif.render(
      { report: { ...report, suppressed: [{ file, suppressions }] }, fixed: [] },
      contextOf(),
    );
    isValid(JSON.parse(output));
    expect(isValid.errors).toBeNull();
    expect(JSON.parse(output)).toMatchObject({
      runs: [
        {
          results: [
            expect.not.objectContaining({ suppressions: expect.anything() as unknown }),
            { suppressions: [{ kind: "inSource", status: "accepted", justification: "later" }] },
            { suppressions: [{ kind: "external", status: "accepted" }] },
          ],
        },
      ],
    });
  });

  test("has places, rules, fingerprints, fixes and skips", () => {
    expect(JSON.parse(render(sarif, [SAFE, MANUAL]))).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          columnKind: "utf16CodeUnits",
          invocations: [{ toolExecutionNotifications: [{ message: { text: "It is a folder." } }] }],
          results: [
            {
              ruleId: "builtin-gadget",
              ruleIndex: RULE_IDS.indexOf("builtin-gadget"),
              level: "error",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "scripts/watch.sh", uriBaseId: "%SRCROOT%" },
                    region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 33 },
                  },
                },
              ],
              partialFingerprints: {
                primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) as unknown,
                "gadgetMigrate/v1": expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
              },
              fixes: [
                {
                  artifactChanges: [
                    {
                      replacements: [
                        {
                          deletedRegion: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 33 },
                          insertedContent: { text: SAFE.after },
                        },
                      ],
                    },
                  ],
                },
              ],
            },
            { level: "note", properties: { grade: "manual" } },
          ],
        },
      ],
    });
  });

  test("names files by URIs", () => {
    expect(hostile(sarif)).toContain('"uri": "%3Da%2Cb%3Ac%250A%3C/file%3E');
  });
});

describe("GitHub annotations", () => {
  test("are one line each", () => {
    expect(render(github, [SAFE, UNSAFE, MANUAL]).split("\n")).toEqual([
      "::error file=scripts/watch.sh,line=2,endLine=2,col=5,endColumn=33,title=builtin-gadget [safe]::`trace exec` is a built-in gadget, and v0.42.0 removed those.%0A+ kubectl gadget run trace_exec:v0.55.1",
      expect.stringMatching(
        /^::warning file=scripts\/watch\.sh,line=3,endLine=4,title=builtin-gadget \[unsafe\]::/,
      ),
      "::notice file=scripts/watch.sh,line=2,endLine=2,col=5,endColumn=33,title=builtin-gadget [manual]::`trace exec` is a built-in gadget, and v0.42.0 removed those.",
      "::warning file=a b.sh,title=skipped::It is a folder.",
      "",
    ]);
  });

  test("say no command that a file made up", () => {
    const lines = hostile(github).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^::error file==a%2Cb%3Ac%250A/);
    expect(hostile(github)).not.toMatch(/[\u001b\u202e\r]/);
  });
});

test("a GitLab report has what GitLab asks for", () => {
  expect(JSON.parse(render(gitlab, [SAFE]))).toEqual([
    {
      description: `\`trace exec\` is a built-in gadget, and v0.42.0 removed those. ${SAFE.after ?? ""}`,
      check_name: "builtin-gadget",
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
      severity: "major",
      location: { path: "scripts/watch.sh", lines: { begin: 2, end: 2 } },
    },
  ]);
});

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Every element in order; throws when the document is not well-formed. */
function elements(xml: string): readonly Tag[] {
  const tags: Tag[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => tags.push({ name, attributes }));
  parser.write(xml).close();
  return tags;
}

describe("JUnit", () => {
  test("is a failed test for each finding", () => {
    const tags = elements(render(junit, [SAFE, UNSAFE]));
    expect(tags.map(({ name }) => name)).toEqual([
      "testsuites",
      ...["testsuite", "testcase", "failure", "testcase", "failure"],
      ...["testsuite", "testcase", "skipped"],
    ]);
    expect(tags[0]?.attributes).toMatchObject({ tests: "3", failures: "2", skipped: "1" });
  });

  test("is a passed test when there is nothing to say", () => {
    const report = reportOf(SOURCE, []);
    const tags = elements(junit.render({ report, fixed: [] }, contextOf()));
    expect(tags.map(({ name }) => name)).toEqual(["testsuites", "testsuite", "testcase"]);
    expect(tags[0]?.attributes).toMatchObject({ tests: "1", failures: "0" });
  });

  test("holds hostile text", () => {
    expect(elements(hostile(junit))).toHaveLength(7);
  });
});

describe("Checkstyle", () => {
  test("has files and errors", () => {
    expect(elements(render(checkstyle, [SAFE]))).toMatchObject([
      { name: "checkstyle" },
      { name: "file", attributes: { name: "scripts/watch.sh" } },
      {
        name: "error",
        attributes: { line: "2", column: "5", severity: "error", source: "gadget-migrate.builtin-gadget" },
      },
    ]);
  });

  test("holds hostile text", () => {
    expect(elements(hostile(checkstyle))[1]?.attributes["name"]).toBe(
      HOSTILE_PATH.replace("\u001b", "\ufffd"),
    );
  });
});

describe("CSV", () => {
  const rows = (output: string): readonly Record<string, string>[] =>
    parseCsv(output, { columns: true, record_delimiter: "\r\n" });

  test("has a row for each finding", () => {
    expect(rows(render(csv, [SAFE, UNSAFE, MANUAL]))).toMatchObject([
      {
        path: "scripts/watch.sh",
        line: "2",
        column: "5",
        grade: "safe",
        before: SAFE.before,
        after: SAFE.after,
      },
      { line: "3", "end line": "4", grade: "unsafe", before: UNSAFE.before },
      { grade: "manual", gadget: "", after: "" },
    ]);
  });

  test("runs no formula", () => {
    expect(rows(hostile(csv))[0]?.["path"]).toBe(`'${HOSTILE_PATH}`);
  });
});

describe("Markdown", () => {
  test("folds each file", () => {
    expect(render(markdown, [SAFE, UNSAFE])).toMatchInlineSnapshot(`
      "## gadget-migrate

      **2 findings in 1 of 3 files: 1 safe, 1 unsafe, 0 manual; 1 skipped.**

      Target v0.55.1, as given by --target.

      <details>
      <summary><code>scripts/watch.sh</code>: 2 findings</summary>

      Line 2: **error** \`builtin-gadget\` (safe): \`trace exec\` is a built-in gadget, and v0.42.0 removed those.

      \`\`\`diff
      - kubectl gadget trace exec -A
      + kubectl gadget run trace_exec:v0.55.1
      \`\`\`

      Line 3: **warning** \`builtin-gadget\` (unsafe): \`trace exec\` is a built-in gadget, and v0.42.0 removed those.

      \`\`\`diff
      - kubectl gadget trace exec \\
      -   -n "x"
      + kubectl gadget run trace_exec:v0.55.1
      \`\`\`

      - ''a' &lt;b&gt; &amp; "c"' is dropped: the gadget never read it. Does anything else?

      </details>

      <details>
      <summary>1 file skipped</summary>

      - \`a b.sh\`: It is a folder.

      </details>
      "
    `);
  });

  test("no file steps out of its section or calls anybody", () => {
    const output = hostile(markdown);
    expect(output.match(/^<\/details>$/gm)).toHaveLength(2);
    expect(output).toContain("````diff");
    expect(output).not.toContain("<img");
  });

  test("stays short enough for a comment", () => {
    const files = Array.from({ length: 2000 }, (_, i) => ({
      file: { path: `f${i}.sh`, text: SOURCE },
      findings: [SAFE, UNSAFE],
    }));
    const output = markdown.render({ report: { ...reportOf(SOURCE, []), files }, fixed: [] }, contextOf());
    expect(output.length).toBeLessThan(65_536);
    expect(output).toMatch(/\d+ more sections left out: the report is too long for a comment\.\n$/);
  });

  test("of 2,000 findings in one file, as many are told as a comment holds", () => {
    const text = "kubectl gadget trace exec -A\n".repeat(2000);
    const findings = Array.from({ length: 2000 }, (_, i) => {
      const start = i * 29;
      return { ...findingAt(text, "kubectl gadget trace exec -A"), range: { start, end: start + 28 } };
    });
    const files = [{ file: { path: "a.sh", text }, findings }];
    const output = markdown.render({ report: { ...reportOf(text, []), files }, fixed: [] }, contextOf());
    expect(output.length).toBeLessThan(65_536);
    expect(output.length).toBeGreaterThan(50_000);
    const told = output.match(/^Line \d+:/gm)?.length ?? 0;
    expect(output).toContain(`${2000 - told} more findings left out here.`);
    expect(output).toMatch(/<\/details>\n\nThe report is too long for a comment\.\n$/);
  });
});
