import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/rules/finding.ts";
import { fingerprints } from "../../src/engine/fingerprint.ts";
import { json } from "../../src/reporters/json.ts";
import { contextOf, findingAt, reportOf } from "../support/report.ts";

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../docs/report.schema.json", import.meta.url), "utf8"),
);
const isValid = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
  schema as object,
);

const COMMAND = "kubectl gadget trace exec";
const SOURCE = `\uFEFF# first\r\n日本; ${COMMAND} -A\r\n${COMMAND} -n x\r\n`;
const SAFE = findingAt(SOURCE, `${COMMAND} -A`);
const MANUAL = findingAt(SOURCE, `${COMMAND} -n x`, {
  fix: null,
  after: null,
  gadget: null,
  image: null,
  severity: "info",
});

function render(findings: readonly Finding[], fixed: readonly Finding[] = []): Record<string, unknown> {
  const report = { ...reportOf(SOURCE, findings), skipped: [{ path: "x", reason: "It is a folder." }] };
  const files = fixed.length === 0 ? [] : [{ file: { path: "y.sh", text: SOURCE }, findings: fixed }];
  const output = json.render({ report, fixed: files }, contextOf());
  expect(output.endsWith("}\n")).toBe(true);
  return JSON.parse(output) as Record<string, unknown>;
}

describe("the JSON report", () => {
  test("is what its schema says", () => {
    for (const report of [render([]), render([SAFE, MANUAL]), render([MANUAL], [SAFE])]) {
      isValid(report);
      expect(isValid.errors).toBeNull();
    }
  });

  test("the schema refuses a report that lacks something", () => {
    for (const key of ["version", "target", "findings", "skipped", "summary"]) {
      const report = Object.entries(render([SAFE])).filter(([name]) => name !== key);
      expect(isValid(Object.fromEntries(report))).toBe(false);
    }
  });

  test("gives places in lines, columns and offsets, a byte order mark in offsets only", () => {
    const start = SOURCE.indexOf(COMMAND);
    expect(render([SAFE])["findings"]).toMatchObject([
      {
        path: "scripts/watch.sh",
        range: {
          start: { line: 2, column: 5, offset: start },
          end: { line: 2, column: 5 + COMMAND.length + 3, offset: start + COMMAND.length + 3 },
        },
        fix: { grade: "safe", edits: SAFE.fix?.edits },
      },
    ]);
  });

  test("counts", () => {
    expect(render([SAFE, MANUAL], [SAFE])["summary"]).toEqual({
      files: 3,
      filesWithFindings: 1,
      findings: 2,
      errors: 1,
      warnings: 0,
      infos: 1,
      fixable: 1,
      safe: 1,
      unsafe: 0,
      manual: 1,
      skipped: 1,
      ignored: 0,
      baselined: 0,
      fixed: 1,
    });
  });

  test("keeps what was fixed apart from what is left", () => {
    const report = render([MANUAL], [SAFE]);
    expect(report["findings"]).toMatchObject([{ fix: null, path: "scripts/watch.sh" }]);
    expect(report["fixed"]).toMatchObject([{ fix: { grade: "safe" }, path: "y.sh" }]);
  });
});

describe("fingerprints", () => {
  const prints = (text: string, ...commands: readonly string[]): readonly string[] =>
    fingerprints(
      "a.sh",
      commands.map((command) => findingAt(text, command)),
    );

  test("stay when lines move and spacing changes", () => {
    const [before] = prints(COMMAND, COMMAND);
    expect(prints(`\n\n  ${COMMAND}\n`, COMMAND)).toEqual([before]);
    expect(prints("kubectl  gadget trace\texec", "kubectl  gadget trace\texec")).toEqual([before]);
  });

  test("tell apart commands, rules, files and equal commands of one file", () => {
    const finding = findingAt(COMMAND, COMMAND);
    const all = [
      ...fingerprints("a.sh", [finding, finding]),
      ...fingerprints("a.sh", [{ ...finding, before: `${COMMAND} -A` }]),
      ...fingerprints("a.sh", [{ ...finding, ruleId: "unknown-gadget" }]),
      ...fingerprints("b.sh", [finding]),
    ];
    expect(new Set(all).size).toBe(5);
    for (const print of all) expect(print).toMatch(/^[0-9a-f]{16}$/);
  });
});
