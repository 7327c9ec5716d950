import type { FileFindings } from "../engine/report.ts";
import type { Finding } from "../rules/finding.ts";
import { findingMessage, sentence } from "../rules/messages.ts";
import { LineIndex } from "../text/lines.ts";
import { fingerprints } from "./fingerprint.ts";
import type { Reporter } from "./reporter.ts";
import { summarize } from "./summary.ts";

/** Report version 1, described by `docs/report.schema.json`; keys are added, never changed. */
export const json: Reporter = {
  render(outcome) {
    const { report, fixed } = outcome;
    const document = {
      version: 1,
      target: report.target,
      findings: report.files.flatMap(wireFindings),
      fixed: fixed.flatMap(wireFindings),
      skipped: report.skipped,
      summary: summarize(outcome),
    };
    return `${JSON.stringify(document, null, 2)}\n`;
  },
};

function wireFindings(entry: FileFindings): readonly unknown[] {
  const lines = new LineIndex(entry.file.text);
  const prints = fingerprints(entry);
  return entry.findings.map((finding, i) => wireFinding(finding, entry.file.path, lines, prints[i] ?? ""));
}

function wireFinding(finding: Finding, path: string, lines: LineIndex, fingerprint: string): unknown {
  const { ruleId, severity, range, gadget, image, before, after, notes, fix } = finding;
  return {
    ruleId,
    messageId: finding.message.messageId,
    severity,
    message: findingMessage(finding),
    path,
    range: { start: lines.position(range.start), end: lines.position(range.end) },
    gadget,
    image,
    before,
    after,
    notes: notes.map((note) => ({ messageId: note.messageId, message: sentence(note) })),
    fix:
      fix === null
        ? null
        : { grade: fix.grade, edits: fix.edits.map(({ start, end, text }) => ({ start, end, text })) },
    fingerprint,
  };
}
