import type { Report } from "../../engine/report.ts";
import { detectLanguage } from "../../languages/detect.ts";
import { findingMessage, sentence } from "../../rules/messages.ts";
import { gradeOf, placedIn, type PlacedFinding } from "../places.ts";

/** Stands for the owner of what none owns. */
export const NOBODY = "nobody";

/** One finding as the page shows and filters it. */
export interface Row {
  /** The fingerprint: deep links name it. */
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly severity: string;
  readonly rule: string;
  readonly gadget: string;
  readonly grade: string;
  readonly language: string;
  /** Who owns the file by CODEOWNERS; `nobody` when no one does. */
  readonly owner: readonly string[];
  readonly message: string;
  readonly before: string;
  readonly after: string;
  readonly notes: readonly string[];
}

/** All that the page's script works with. */
export interface PageModel {
  readonly rows: readonly Row[];
}

/** How many findings have one value of a filter. */
export interface Count {
  readonly value: string;
  readonly count: number;
}

/** @param ownersOf owners of a path of the report, none when nothing tells */
export function pageModel(report: Report, ownersOf: (path: string) => readonly string[]): PageModel {
  const rows = report.files.flatMap((entry) => {
    const language = detectLanguage(entry.file.path, entry.file.text) ?? "";
    const owners = ownersOf(entry.file.path);
    return placedIn(entry).map((placed) => rowOf(placed, language, owners.length > 0 ? owners : [NOBODY]));
  });
  return { rows };
}

/** The values of a filter, the most frequent first. */
export function countBy(
  { rows }: PageModel,
  key: "grade" | "gadget" | "language" | "owner",
): readonly Count[] {
  const counts = new Map<string, number>();
  for (const value of rows.flatMap((row) => row[key])) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Array.from(counts, ([value, count]) => ({ value, count }))
    .filter(({ value }) => value !== "")
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function rowOf(
  { finding, path, start, fingerprint }: PlacedFinding,
  language: string,
  owner: readonly string[],
): Row {
  return {
    id: fingerprint,
    path,
    line: start.line,
    severity: finding.severity,
    rule: finding.ruleId,
    gadget: finding.gadget ?? "",
    grade: gradeOf(finding),
    language,
    owner,
    message: findingMessage(finding),
    before: finding.before,
    after: finding.after ?? "",
    notes: finding.notes.map(sentence),
  };
}
