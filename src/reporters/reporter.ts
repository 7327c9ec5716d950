import type { FileFindings, Report } from "../engine/report.ts";
import type { Summary } from "./summary.ts";

/** What a run ends with: what is left to do, and what it has fixed. */
export interface Outcome {
  readonly report: Report;
  /** Findings that `--fix` made go away, each with the text of its file before. */
  readonly fixed: readonly FileFindings[];
}

/** How much a piece of a report stands out; a reporter names the part, whoever runs it decides on colours. */
export type Emphasis =
  "error" | "warning" | "info" | "path" | "rule" | "faint" | "strong" | "removed" | "added" | "caret";

export interface ReportContext {
  readonly paint: (emphasis: Emphasis, text: string) => string;
  /** A path of the report (relative to the project root) as the user would type it. */
  readonly showPath: (path: string) => string;
  /** Links a shown text to a path of the report, where whoever reads has links. */
  readonly link?: (path: string, text: string) => string;
  /** The text for people has findings and skipped files alone. */
  readonly isQuiet?: boolean;
  readonly nextSteps: (summary: Summary) => readonly NextStep[];
  /** Who owns a path of the report by CODEOWNERS; none when nothing tells. */
  readonly ownersOf: (path: string) => readonly string[];
  readonly releases: () => ReleaseDates;
}

/** Releases of Inspektor Gadget, oldest first, and the two that matter most. */
export interface ReleaseDates {
  readonly known: readonly { readonly tag: string; readonly date: string }[];
  readonly deprecated: string;
  readonly removed: string;
}

/** A command line to go on with, and what it does (`writes them`). */
export interface NextStep {
  readonly command: string;
  readonly effect: string;
}

/** One output format: the whole report as one text that ends with a newline. */
export interface Reporter {
  render(outcome: Outcome, context: ReportContext): string;
}
