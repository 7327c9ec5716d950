import { SEVERITIES } from "../rules/severity.ts";

/*
 * Values that options of the command line and keys of the configuration share.
 */

export const IMAGE_STYLES = ["short", "full"] as const;
export const PINS = ["tag", "digest"] as const;
export const DEFAULTS = ["keep", "new"] as const;
export const FAIL_ON = [...[...SEVERITIES].reverse(), "never"] as const;
/** `off`: the rule does not report. */
export const RULE_SEVERITIES = ["off", ...SEVERITIES] as const;

/** Host, port and path of a registry as images name it; neither scheme nor tag. */
export const REGISTRY_PATTERN = "^[A-Za-z0-9.-]+(?::\\d+)?(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*/?$";
