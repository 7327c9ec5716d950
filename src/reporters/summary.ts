import type { Suppression } from "../engine/report.ts";
import type { Outcome } from "./reporter.ts";

/** The counts of a run. */
export interface Summary {
  /** Files looked at, and those among them with something left to do. */
  readonly files: number;
  readonly filesWithFindings: number;
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings that `--fix` would make go away: those with a safe fix. */
  readonly fixable: number;
  readonly safe: number;
  readonly unsafe: number;
  readonly manual: number;
  readonly skipped: number;
  /** Findings that comments ignore, and those that the baseline knows. */
  readonly ignored: number;
  readonly baselined: number;
  readonly fixed: number;
}

export function summarize({ report, fixed }: Outcome): Summary {
  const findings = report.files.flatMap((file) => file.findings);
  const graded = (grade: "safe" | "unsafe" | undefined): number =>
    findings.filter(({ fix }) => fix?.grade === grade).length;
  const severe = (severity: string): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const suppressed = (by: Suppression["by"]): number =>
    report.suppressed.flatMap(({ suppressions }) => suppressions).filter((one) => one.by === by).length;
  return {
    files: report.scanned,
    filesWithFindings: report.files.length,
    findings: findings.length,
    errors: severe("error"),
    warnings: severe("warning"),
    infos: severe("info"),
    fixable: graded("safe"),
    safe: graded("safe"),
    unsafe: graded("unsafe"),
    manual: graded(undefined),
    skipped: report.skipped.length,
    ignored: suppressed("comment"),
    baselined: suppressed("baseline"),
    fixed: fixed.reduce((sum, file) => sum + file.findings.length, 0),
  };
}
