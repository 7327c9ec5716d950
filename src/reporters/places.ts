import { fingerprints } from "../engine/fingerprint.ts";
import type { FileFindings } from "../engine/report.ts";
import type { Finding } from "../rules/finding.ts";
import { LineIndex, type Position } from "../text/lines.ts";

/** A finding with all that a report says about where it is. */
export interface PlacedFinding {
  readonly finding: Finding;
  /** With `/`, relative to the project root. */
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
  readonly fingerprint: string;
  /** The lines of its file. */
  readonly lines: LineIndex;
}

/** The findings of one file in the order of their offsets. */
export function placedIn(entry: FileFindings): readonly PlacedFinding[] {
  const { file, findings } = entry;
  const lines = new LineIndex(file.text);
  const prints = fingerprints(file.path, findings);
  return findings.map((finding, i) => ({
    finding,
    path: file.path,
    start: lines.position(finding.range.start),
    end: lines.position(finding.range.end),
    fingerprint: finding.fingerprint ?? prints[i] ?? "",
    lines,
  }));
}

/** How a finding can go away, in two words at most. */
export function gradeOf({ fix }: Finding): "safe" | "unsafe" | "manual" {
  return fix?.grade ?? "manual";
}
