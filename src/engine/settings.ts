import type { Finding } from "../rules/finding.ts";
import { type RuleId, ruleOf } from "../rules/registry.ts";
import type { Severity } from "../rules/severity.ts";
import type { AnalyseOptions } from "./analyse.ts";

/** A severity to report with instead of the rule's own; `off`: not at all. */
export type RuleSeverity = Severity | "off";

/** What is set for a rule: its severity, or that of it and of its parts. */
export type RuleSetting = RuleSeverity | Readonly<Partial<Record<string, RuleSeverity>>>;

/** Settings that may differ from file to file. */
export interface FileSettings {
  readonly imageStyle?: AnalyseOptions["imageStyle"] | undefined;
  readonly registry?: string | undefined;
  readonly defaults?: AnalyseOptions["defaults"] | undefined;
  readonly form?: AnalyseOptions["form"];
  readonly rules?: Readonly<Partial<Record<RuleId, RuleSetting>>> | undefined;
}

/** Whether a rule reports in a file with these settings. */
export function isOn(rule: RuleId, { rules = {} }: FileSettings): boolean {
  const setting = rules[rule];
  const severity = typeof setting === "string" ? setting : setting?.["severity"];
  return severity === undefined ? ruleOf(rule).isOn : severity !== "off";
}

/**
 * The finding with the severity that it is reported with; null when it is not.
 * @param isAsked its rule was asked for by name, and reports though it is off
 */
export function judged(finding: Finding, { rules = {} }: FileSettings, isAsked = false): Finding | null {
  const { ruleId } = finding;
  const { parts = {} } = ruleOf(ruleId);
  const setting = rules[ruleId];
  const { severity, ...ofParts } = typeof setting === "string" ? { severity: setting } : (setting ?? {});
  if (!isAsked && !isOn(ruleId, { rules })) return null;
  const part = Object.keys(parts).find((key) => parts[key]?.messageIds.includes(finding.message.messageId));
  const isAskedFor =
    part === undefined || parts[part]?.isOn !== false || ofParts[part] !== undefined || isAsked;
  if (!isAskedFor) return null;
  const chosen = (part === undefined ? severity : ofParts[part]) ?? finding.severity;
  if (chosen !== "off") return { ...finding, severity: chosen };
  return isAsked && part === undefined ? finding : null;
}
