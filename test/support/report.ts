import type { Report } from "../../src/engine/report.ts";
import type { ReportContext } from "../../src/reporters/reporter.ts";
import type { Finding } from "../../src/rules/finding.ts";

/** A report about one file, in which each finding is described by the text it is about. */
export function reportOf(text: string, findings: readonly Finding[], path = "scripts/watch.sh"): Report {
  return {
    target: { version: "v0.55.1", source: "option", evidence: [] },
    files: findings.length === 0 ? [] : [{ file: { path, text }, findings }],
    skipped: [],
    suppressed: [],
    scanned: 3,
  };
}

/** A finding about the first place where `before` stands in `text`. */
export function findingAt(text: string, before: string, overrides: Partial<Finding> = {}): Finding {
  const start = text.indexOf(before);
  if (start < 0) throw new Error(`${before} is not in the text`);
  return {
    ruleId: "builtin-gadget",
    message: {
      messageId: "builtin-removed",
      args: { gadget: "trace exec", deprecated: "v0.37.0", removed: "v0.42.0", target: "v0.55.1" },
    },
    severity: "error",
    range: { start, end: start + before.length },
    gadget: "trace exec",
    image: "trace_exec",
    before,
    after: "kubectl gadget run trace_exec:v0.55.1",
    notes: [],
    fix: {
      grade: "safe",
      edits: [{ start, end: start + before.length, text: "kubectl gadget run trace_exec:v0.55.1" }],
    },
    ...overrides,
  };
}

/** Paths as they are, one next step, no emphasis unless asked for. */
export function contextOf(paint: ReportContext["paint"] = (_, text) => text): ReportContext {
  return {
    paint,
    showPath: (path) => path,
    ownersOf: () => [],
    releases: () => ({
      known: [
        { tag: "v0.36.0", date: "2025-01-01" },
        { tag: "v0.37.0", date: "2025-02-01" },
        { tag: "v0.42.0", date: "2025-07-01" },
        { tag: "v0.55.1", date: "2026-10-01" },
      ],
      deprecated: "v0.37.0",
      removed: "v0.42.0",
    }),
    nextSteps: () => [{ command: "gadget-migrate --fix", effect: "writes them" }],
  };
}
