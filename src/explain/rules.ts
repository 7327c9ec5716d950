import type { RuleId } from "../rules/finding.ts";

/** What a rule is about, in sentences for people. */
export interface RuleText {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export const RULE_TEXTS: Readonly<Record<RuleId, RuleText>> = {
  "builtin-gadget": {
    what: "A command calls a built-in gadget, such as `kubectl gadget trace exec` or `ig top file`.",
    why: "Built-in gadgets were deprecated in v0.37.0 and removed in v0.42.0. A gadget is an image now, and one command, `run`, starts them all. Before v0.37.0 the finding is an info, up to v0.41.x a warning, from v0.42.0 on an error.",
    fix: "The command becomes `run IMAGE:TARGET`, its flags, columns and filters become those of the image, and defaults that changed are restored. It is safe where nothing can break unseen, unsafe where a note says what to check, and manual where only a person can decide.",
  },
  "unknown-gadget": {
    what: "A command calls a gadget that no release ever had.",
    why: "It never worked. Most such commands are mistyped, or written by a program that made them up.",
    fix: "There is none: what was meant is not known. The nearest real gadget is named where there is one.",
  },
};

/** All rules, in the order in which reports list them. */
export const RULE_IDS = Object.keys(RULE_TEXTS).filter(isRuleId);

function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(RULE_TEXTS, id);
}
