import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/rules/finding.ts";
import { findingMessage } from "../../src/rules/messages.ts";
import { text as reporter } from "../../src/reporters/text.ts";
import { contextOf, findingAt, reportOf } from "../support/report.ts";

const COMMAND = "kubectl gadget trace exec";

function render(
  source: string,
  findings: readonly Finding[],
  fixed: readonly Finding[] = [],
): readonly string[] {
  const file = { path: "scripts/watch.sh", text: source };
  const outcome = {
    report: reportOf(source, findings),
    fixed: fixed.length === 0 ? [] : [{ file, findings: fixed }],
  };
  return reporter.render(outcome, contextOf()).split("\n");
}

describe("a finding", () => {
  test("shows place, severity, rule, sentence and grade, then line, caret and change", () => {
    const source = `#!/bin/sh\n  ${COMMAND}  # processes\n`;
    const finding = findingAt(source, COMMAND);
    expect(render(source, [finding]).slice(0, 5)).toEqual([
      `scripts/watch.sh:2:3 error builtin-gadget: ${findingMessage(finding)} [safe fix]`,
      `  2 |   ${COMMAND}  # processes`,
      `    |   ^^^^^^^^^^^^^^^^^^^^^^^^^`,
      `    - ${COMMAND}`,
      `    + kubectl gadget run trace_exec:v0.55.1`,
    ]);
  });

  test.each([
    ["a tab", "\tx; ", "    | " + " ".repeat(7)],
    ["wide characters", "echo 漢字🚀; ", "    | " + " ".repeat(13)],
    ["a combining mark", "echo e\u0301; ", "    | " + " ".repeat(8)],
    ["an escape sequence", "\u001b[31m; ", "    | " + " ".repeat(12)],
  ])("has its caret below the command behind %s", (_, ahead, indent) => {
    const source = `\n${ahead}${COMMAND}\n`;
    const [, line = "", carets = ""] = render(source, [findingAt(source, COMMAND)]);
    expect(carets).toBe(`${indent}${"^".repeat(COMMAND.length)}`);
    expect(line.endsWith(COMMAND)).toBe(true);
    expect(line).not.toContain("\u001b");
    expect(line).not.toContain("\t");
  });

  test("does not repeat a long note of another", () => {
    const source = `${COMMAND}\n${COMMAND}\n`;
    const long = { messageId: "gadget-differs", args: { note: "x".repeat(200) } };
    const short = { messageId: "gadget-differs", args: { note: "y" } };
    const first = { ...findingAt(source, COMMAND), notes: [long, short] };
    const from = source.lastIndexOf(COMMAND);
    const second = { ...first, range: { start: from, end: from + COMMAND.length } };
    const notes = render(source, [first, second]).filter((line) => line.startsWith("    = "));
    expect(notes).toEqual([
      `    = ${"x".repeat(200)}`,
      "    = y",
      "    = As told at scripts/watch.sh:1:1.",
      "    = y",
    ]);
  });

  test("over several lines is marked on its first", () => {
    const command = "kubectl gadget \\\n  trace exec";
    const source = `sudo ${command}\n`;
    const [, line, carets] = render(source, [findingAt(source, command)]);
    expect(line).toBe("  1 | sudo kubectl gadget \\");
    expect(carets).toBe("    |      ^^^^^^^^^^^^^^^^");
  });

  test("on a very long line is shown with what is around it", () => {
    const source = `${"x".repeat(5000)} ${COMMAND} ${"y".repeat(5000)}\n`;
    const [, line = "", carets = ""] = render(source, [findingAt(source, COMMAND)]);
    expect(line.length).toBeLessThan(200);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe(COMMAND);
    expect(line).toMatch(/…x+ kubectl.*y…$/);
  });

  test("without a fix shows where to start from, if anywhere", () => {
    const source = `${COMMAND}\n`;
    const nearest = render(source, [findingAt(source, COMMAND, { fix: null })]);
    expect(nearest[0]).toMatch(/ \[manual\]$/);
    expect(nearest.slice(3, 5)).toEqual(["    ~ kubectl gadget run trace_exec:v0.55.1", ""]);
    const nothing = render(source, [findingAt(source, COMMAND, { fix: null, after: null })]);
    expect(nothing[3]).toBe("");
  });
});

describe("the end", () => {
  const source = `${COMMAND}; ${COMMAND} -A; ${COMMAND} -n x\n`;
  const safe = findingAt(source, COMMAND);
  const unsafe = findingAt(source, `${COMMAND} -A`, {
    fix: { grade: "unsafe", edits: safe.fix?.edits ?? [] },
  });
  const manual = findingAt(source, `${COMMAND} -n x`, { fix: null });

  test("counts by grade, names the target and what to type next", () => {
    expect(render(source, [safe, unsafe, manual]).slice(-4)).toEqual([
      "3 findings in 1 of 3 files: 1 safe, 1 unsafe, 1 manual.",
      "Target v0.55.1, as given by --target.",
      "  gadget-migrate --fix  writes them",
      "",
    ]);
  });

  test("says so when only a person can go on", () => {
    const report = { report: reportOf(source, [manual]), fixed: [] };
    const lines = reporter.render(report, { ...contextOf(), nextSteps: () => [] }).split("\n");
    expect(lines.at(-2)).toMatch(/^ {2}What is left needs a person/);
  });

  test("says that there is nothing", () => {
    expect(render(source, []).slice(0, 2)).toEqual([
      "No findings in 3 files.",
      "Target v0.55.1, as given by --target.",
    ]);
  });

  test("tells what was fixed and what is left", () => {
    expect(render(source, [manual], [safe, unsafe]).slice(-5, -3)).toEqual([
      "Fixed 2 findings in 1 file.",
      "1 finding left in 1 of 3 files: 0 safe, 0 unsafe, 1 manual.",
    ]);
  });

  test("lists skipped files with their reasons", () => {
    const report = { ...reportOf("", []), skipped: [{ path: "a\u001bb.sh", reason: "It is not UTF-8." }] };
    const lines = reporter.render({ report, fixed: [] }, contextOf()).split("\n");
    expect(lines[0]).toBe("a\\u{1b}b.sh skipped: It is not UTF-8.");
    expect(lines[2]).toBe("No findings in 3 files; 1 skipped.");
  });

  const chart = {
    kind: "agent",
    version: "0.55.1",
    path: "Chart.yaml",
    line: 9,
    what: "Helm chart",
  } as const;
  test.each([
    ["evidence", [chart], "Target v0.55.1, found in Chart.yaml:9 (Helm chart 0.55.1)."],
    ["evidence", [chart, chart], "Target v0.55.1, found in Chart.yaml:9 (Helm chart 0.55.1)."],
    [
      "default",
      [],
      "Target v0.55.1, the newest known release: nothing here names a release (--target chooses).",
    ],
    [
      "default",
      [{ ...chart, version: "9.9.9" }],
      "Target v0.55.1, the newest known release: Chart.yaml:9 (Helm chart 9.9.9) is none that commands can be written for (--target chooses).",
    ],
  ] as const)("says how the target was chosen: %s %j", (chosenBy, evidence, expected) => {
    const report = { ...reportOf("", []), target: { version: "v0.55.1", source: chosenBy, evidence } };
    expect(reporter.render({ report, fixed: [] }, contextOf())).toContain(`\n${expected}\n`);
  });
});

test("what a file says reaches the terminal escaped, colours aside", () => {
  const command = `kubectl gadget trace exec '\u001b]0;owned\u0007\u202e'`;
  const source = `${command}\n`;
  const finding = findingAt(source, command, {
    after: `${command} -A`,
    notes: [{ messageId: "may-hold-flags", args: { word: "\u001b[2J" } }],
  });
  const context = contextOf((emphasis, text) => `<${emphasis} ${text}>`);
  const output = reporter.render({ report: reportOf(source, [finding], "a\u0007.sh"), fixed: [] }, context);
  expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(output).toContain("<error error>");
});
