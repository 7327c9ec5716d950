import type { FileFindings, Skipped } from "../engine/report.ts";
import { findingMessage, sentence } from "../rules/messages.ts";
import { gradeOf, placedIn, type PlacedFinding } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { type Element, xmlDocument } from "./xml.ts";

/** JUnit XML: a suite for each file, a failed test for each finding; one passed test where there is nothing to say. */
export const junit: Reporter = {
  render({ report }) {
    const suites = [...report.files.map(suiteOf), ...report.skipped.map(skippedSuite)];
    const tests = suites.length > 0 ? suites : [cleanSuite()];
    const failures = report.files.reduce((sum, { findings }) => sum + findings.length, 0);
    const counts = { tests: failures + report.skipped.length || 1, failures, skipped: report.skipped.length };
    return xmlDocument({
      name: "testsuites",
      attributes: { name: "gadget-migrate", ...counts, errors: 0 },
      children: tests,
    });
  },
};

function suiteOf(entry: FileFindings): Element {
  const count = entry.findings.length;
  return suite(
    entry.file.path,
    { tests: count, failures: count, skipped: 0 },
    placedIn(entry).map(failedTest),
  );
}

function failedTest({ finding, path, start }: PlacedFinding): Element {
  const place = `${path}:${start.line}:${start.column}`;
  const { before, after, fix, notes } = finding;
  const becomes = after === null ? [] : [`${fix === null ? "~" : "+"} ${after}`];
  const lines = [place, `- ${before}`, ...becomes, ...notes.map((note) => `= ${sentence(note)}`)];
  const failure: Element = {
    name: "failure",
    attributes: { type: finding.ruleId, message: `${findingMessage(finding)} [${gradeOf(finding)}]` },
    text: lines.join("\n"),
  };
  return testcase(`${finding.ruleId} at line ${start.line}`, path, [failure]);
}

function skippedSuite({ path, reason }: Skipped): Element {
  const skipped: Element = { name: "skipped", attributes: { message: reason } };
  return suite(path, { tests: 1, failures: 0, skipped: 1 }, [testcase("read", path, [skipped])]);
}

function cleanSuite(): Element {
  return suite("gadget-migrate", { tests: 1, failures: 0, skipped: 0 }, [
    testcase("no findings", "gadget-migrate", []),
  ]);
}

function suite(
  name: string,
  counts: Readonly<Record<string, number>>,
  children: readonly Element[],
): Element {
  return { name: "testsuite", attributes: { name, ...counts, errors: 0 }, children };
}

function testcase(name: string, classname: string, children: readonly Element[]): Element {
  return { name: "testcase", attributes: { name, classname }, children };
}
