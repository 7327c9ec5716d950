import type { Finding } from "../rules/finding.ts";
import { isRuleId, RULE_IDS } from "../rules/registry.ts";
import type { Severity } from "../rules/severity.ts";
import { overlaps } from "../text/edits.ts";
import { nearest } from "../text/nearest.ts";
import type { Note } from "../translate/translation.ts";
import { KINDS, MARK } from "./directives.ts";
import type { Directive } from "./suppressions.ts";

const OWN_RULE = "unused-ignore";

/** The comment that ignores a finding; undefined when none does. */
export function ignoredBy(finding: Finding, directives: readonly Directive[]): Directive | undefined {
  return directives.find((directive) => reaches(directive, finding));
}

function reaches({ reach, rules, range: own }: Directive, { ruleId, range, head = range }: Finding): boolean {
  if (reach === null || (rules.length > 0 && !rules.includes(ruleId))) return false;
  // What is wrong with a comment is ignored by another one that says so, never by itself.
  if (ruleId === OWN_RULE && (rules.length === 0 || own.start === range.start)) return false;
  return [range, head].some(
    (place) => overlaps(reach, place) || (reach.start <= place.start && place.end <= reach.end),
  );
}

interface Checking {
  /** Whether findings of a rule are looked for: of any other rule a comment cannot be told to be of no use. */
  readonly isLookedFor: (rule: string) => boolean;
  readonly requireReason: boolean;
}

/** What is wrong with the comments themselves: of no use, unknown names, no reason where one is asked for. */
export function faultsOf(
  directives: readonly Directive[],
  findings: readonly Finding[],
  checking: Checking,
): readonly Finding[] {
  return directives.flatMap((directive) => [
    ...unknownIn(directive),
    ...unusedIn(directive, findings, checking),
    ...(checking.requireReason &&
    directive.reason === null &&
    directive.kind !== null &&
    directive.kind !== "end"
      ? [fault(directive, "warning", { messageId: "ignore-without-reason", args: { text: directive.text } })]
      : []),
  ]);
}

function unknownIn(directive: Directive): readonly Finding[] {
  const { kind, text, rules } = directive;
  if (kind === null) {
    const [word = ""] = text.split(/\s/);
    const known = KINDS.map((one) => `${MARK}-${one}`);
    const args = { comment: word, nearest: nearest(word, known) ?? "", known: known.join(", ") };
    return [fault(directive, "warning", { messageId: "ignore-unknown-kind", args })];
  }
  return rules
    .filter((rule) => !isRuleId(rule))
    .map((rule) => {
      const args = { rule, nearest: nearest(rule, RULE_IDS) ?? "" };
      return fault(directive, "warning", { messageId: "ignore-unknown-rule", args });
    });
}

function unusedIn(
  directive: Directive,
  findings: readonly Finding[],
  { isLookedFor }: Checking,
): readonly Finding[] {
  const { kind, rules, isStray, text } = directive;
  if (isStray) return [fault(directive, "info", { messageId: "ignore-ends-nothing", args: { text } })];
  if (kind === null || kind === "end") return [];
  const unused = (rule: string | null): boolean =>
    !findings.some((finding) => (rule === null || finding.ruleId === rule) && reaches(directive, finding));
  if (rules.length === 0) {
    return unused(null) ? [fault(directive, "info", { messageId: "ignore-unused", args: { text } })] : [];
  }
  return rules
    .filter((rule) => isRuleId(rule) && rule !== OWN_RULE && isLookedFor(rule) && unused(rule))
    .map((rule) => fault(directive, "info", { messageId: "ignore-unused-rule", args: { rule } }));
}

function fault({ range, text }: Directive, severity: Severity, message: Note): Finding {
  return {
    ruleId: OWN_RULE,
    message,
    severity,
    range,
    gadget: null,
    image: null,
    before: text,
    after: null,
    notes: [],
    fix: null,
  };
}
