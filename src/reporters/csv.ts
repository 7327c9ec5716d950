import { findingMessage, sentence } from "../rules/messages.ts";
import { gradeOf, placedIn, type PlacedFinding } from "./places.ts";
import type { Reporter } from "./reporter.ts";

/** A table for spreadsheets (RFC 4180: comma, CRLF), one row for each finding below a row of names. */
export const csv: Reporter = {
  render({ report }) {
    const rows = report.files.flatMap(placedIn).map(rowOf);
    return [COLUMNS, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
  },
};

const COLUMNS = [
  "path",
  "line",
  "column",
  "end line",
  "end column",
  "severity",
  "rule",
  "grade",
  "gadget",
  "image",
  "message",
  "before",
  "after",
  "notes",
  "fingerprint",
] as const;

function rowOf({ finding, path, start, end, fingerprint }: PlacedFinding): readonly string[] {
  const place = [start.line, start.column, end.line, end.column].map(String);
  return [
    path,
    ...place,
    finding.severity,
    finding.ruleId,
    gradeOf(finding),
    finding.gadget ?? "",
    finding.image ?? "",
    findingMessage(finding),
    finding.before,
    finding.after ?? "",
    finding.notes.map(sentence).join("\n"),
    fingerprint,
  ];
}

/** A spreadsheet takes a cell that begins like this for a formula and runs it; an apostrophe in front makes it a text. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
