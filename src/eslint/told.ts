import type { Finding } from "../rules/finding.ts";
import { findingMessage, sentence } from "../rules/messages.ts";
import type { Told } from "./protocol.ts";

/** A finding in the words that ESLint shows: what is wrong, what it becomes, and why or what to check. */
export function told(finding: Finding): Told {
  const { ruleId, range, fix, after, notes } = finding;
  const becomes = after === null ? [] : [`${fix === null ? "Start from" : "Becomes"} \`${after}\`.`];
  const reasons = notes.map(sentence);
  return {
    ruleId,
    range,
    message: [findingMessage(finding), ...becomes, ...reasons].join(" "),
    fix,
    suggestion: [`Rewrite to \`${after ?? ""}\`.`, ...reasons].join(" "),
  };
}
