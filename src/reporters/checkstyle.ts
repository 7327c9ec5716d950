import type { FileFindings } from "../engine/report.ts";
import { findingMessage } from "../rules/messages.ts";
import { placedIn } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { type Element, xmlDocument } from "./xml.ts";

/** Checkstyle's XML, which most review tools take. */
export const checkstyle: Reporter = {
  render({ report }) {
    return xmlDocument({
      name: "checkstyle",
      attributes: { version: "4.3" },
      children: report.files.map(fileOf),
    });
  },
};

function fileOf(entry: FileFindings): Element {
  const errors = placedIn(entry).map(({ finding, start }): Element => ({
    name: "error",
    attributes: {
      line: start.line,
      column: start.column,
      severity: finding.severity,
      message:
        finding.after === null ? findingMessage(finding) : `${findingMessage(finding)} ${finding.after}`,
      source: `gadget-migrate.${finding.ruleId}`,
    },
  }));
  return { name: "file", attributes: { name: entry.file.path }, children: errors };
}
