import type { Range } from "../../text/edits.ts";
import type { Note } from "../../translate/translation.ts";
import type { Finding, Fix } from "../finding.ts";
import type { RuleId } from "../registry.ts";

/** A finding of a rule on how Inspektor Gadget is set up, which no gadget of a command is behind. */
export function practiceFinding(
  ruleId: RuleId,
  message: Note,
  { start, end }: Range,
  text: string,
  notes: readonly Note[],
  fix: Fix | null = null,
): Finding {
  return {
    ruleId,
    message,
    severity: "warning",
    range: { start, end },
    gadget: null,
    image: null,
    before: text.slice(start, end),
    after: null,
    notes,
    fix,
  };
}
