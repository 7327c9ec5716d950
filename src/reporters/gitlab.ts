import type { Severity } from "../rules/severity.ts";
import { findingMessage } from "../rules/messages.ts";
import { placedIn } from "./places.ts";
import type { Reporter } from "./reporter.ts";

/** A Code Quality report as GitLab reads it from `artifacts:reports:codequality`. */
export const gitlab: Reporter = {
  render({ report }) {
    const issues = report.files.flatMap(placedIn).map(({ finding, path, start, end, fingerprint }) => ({
      description:
        finding.after === null ? findingMessage(finding) : `${findingMessage(finding)} ${finding.after}`,
      check_name: finding.ruleId,
      fingerprint,
      severity: SEVERITY[finding.severity],
      location: { path, lines: { begin: start.line, end: end.line } },
    }));
    return `${JSON.stringify(issues, null, 2)}\n`;
  },
};

const SEVERITY = { error: "major", warning: "minor", info: "info" } as const satisfies Readonly<
  Record<Severity, string>
>;
