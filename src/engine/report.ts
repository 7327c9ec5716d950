import type { Finding } from "../rules/finding.ts";

/** A file of the scan. `path` has `/` and is relative to the project root; `text` is the file as read, a BOM included. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A file that was not read, or not fixed, and why in one sentence. */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

/** One sign of the Inspektor Gadget release that a repository uses. */
export interface Evidence {
  /** `library`: what a program is built with, which says nothing of the release that it talks to, and decides on no target. */
  readonly kind: "agent" | "cli" | "image" | "library";
  /** As found: `v0.45.0`. */
  readonly version: string;
  readonly path: string;
  readonly line: number;
  /** What names it, in a few words: `Helm chart dependency`. */
  readonly what: string;
}

/** The release that commands must work on, and how it was chosen. */
export interface Target {
  readonly version: string;
  readonly source: "option" | "configuration" | "evidence" | "default";
  readonly evidence: readonly Evidence[];
}

/** Findings of one file, sorted by offset, with the text that their ranges and edits belong to. */
export interface FileFindings {
  readonly file: SourceFile;
  readonly findings: readonly Finding[];
}

/** A finding that is not reported, since a comment ignores it or the baseline knows it. */
export interface Suppression {
  readonly finding: Finding;
  readonly by: "comment" | "baseline";
  readonly reason: string | null;
}

/** What is not reported of one file, sorted by offset. */
export interface FileSuppressions {
  readonly file: SourceFile;
  readonly suppressions: readonly Suppression[];
}

/** The outcome of a scan: files with findings, sorted by path. */
export interface Report {
  readonly target: Target;
  readonly files: readonly FileFindings[];
  readonly skipped: readonly Skipped[];
  /** Files with findings that are not reported, sorted by path. */
  readonly suppressed: readonly FileSuppressions[];
  /** How many files were looked at (those that the prefilter put aside included). */
  readonly scanned: number;
}
