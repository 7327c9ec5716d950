import { compareReleases } from "../knowledge/releases.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { type RuleId, ruleOf } from "./registry.ts";
import type { Severity } from "./severity.ts";

/** How bad a finding of a rule is where a release is what must work. */
export function severityAt(rule: RuleId, target: string, { milestones }: Knowledge): Severity {
  const { severity } = ruleOf(rule);
  if (severity !== "by-target") return severity;
  if (compareReleases(target, milestones.removed) >= 0) return "error";
  return compareReleases(target, milestones.deprecated) >= 0 ? "warning" : "info";
}
