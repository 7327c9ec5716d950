import { findingMessage, sentence } from "../rules/messages.ts";
import { placedIn, type PlacedFinding } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { summarize } from "./summary.ts";

/** Report version 1, described by `docs/report.schema.json`; keys are added, never changed. */
export const json: Reporter = {
  render(outcome) {
    const { report, fixed } = outcome;
    const document = {
      version: 1,
      target: report.target,
      findings: report.files.flatMap(placedIn).map(wireFinding),
      fixed: fixed.flatMap(placedIn).map(wireFinding),
      skipped: report.skipped,
      summary: summarize(outcome),
    };
    return `${JSON.stringify(document, null, 2)}\n`;
  },
};

function wireFinding({ finding, path, start, end, fingerprint }: PlacedFinding): unknown {
  const { ruleId, severity, gadget, image, before, after, notes, fix } = finding;
  return {
    ruleId,
    messageId: finding.message.messageId,
    severity,
    message: findingMessage(finding),
    path,
    range: { start, end },
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
