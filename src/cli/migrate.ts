import type { FileFindings, FileSuppressions, Report, Skipped, SourceFile } from "../engine/report.ts";
import type { Finding } from "../rules/finding.ts";
import { applyEdits } from "../text/edits.ts";

/** A file with its fixes made, in memory. */
export interface Migration {
  readonly before: SourceFile;
  readonly after: SourceFile;
  /** What was fixed, in places of `before`. */
  readonly fixed: readonly Finding[];
  /** What is left, in places of `after`. */
  readonly left: readonly Finding[];
  /** What could not be read in `after`. */
  readonly skipped: readonly Skipped[];
  /** What is left and not reported, in places of `after`. */
  readonly suppressed: readonly FileSuppressions[];
}

/** A fix may make room for one that it was in the way of; more rounds than this mean that two fixes undo each other. */
const MOST_ROUNDS = 10;

/**
 * Makes the fixes of one file until none is left, so that a second run has nothing to do.
 * @param unsafe whether the unsafe fixes are made too
 * @param rescan reads a changed file again, for the same target
 * @returns null when the file has nothing to fix
 */
export async function migrate(
  entry: FileFindings,
  unsafe: boolean,
  rescan: (file: SourceFile) => Promise<Report>,
): Promise<Migration | null> {
  const isFixed = ({ fix }: Finding): boolean => fix?.grade === "safe" || (unsafe && fix !== null);
  const fixed = entry.findings.filter(isFixed);
  if (fixed.length === 0) return null;

  let after = entry.file;
  let left = entry.findings;
  let skipped: readonly Skipped[] = [];
  let suppressed: readonly FileSuppressions[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const edits = left.filter(isFixed).flatMap(({ fix }) => fix?.edits ?? []);
    if (edits.length === 0) break;
    after = { path: after.path, text: applyEdits(after.text, edits) };
    const report = await rescan(after);
    left = report.files.flatMap(({ findings }) => findings);
    skipped = report.skipped;
    suppressed = report.suppressed;
  }
  return { before: entry.file, after, fixed, left, skipped, suppressed };
}
