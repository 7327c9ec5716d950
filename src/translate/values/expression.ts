import type { Value } from "../../commands/command.ts";
import { filteredSources, type Running } from "../../knowledge/lookup.ts";
import { joined } from "../image-ref.ts";
import { findNewFlag } from "../new-flags.ts";

/** The flag that takes conditions in the language of expr-lang.org, from v0.43.0 on (pkg/operators/filter). */
export const EXPRESSION = "filter-expr";

/** Whether the image has the flag, or with several data sources that of one of them. */
export function hasExpressions(running: Running): boolean {
  const names = [EXPRESSION, ...filteredSources(running).map((source) => `${EXPRESSION}.${source.name}`)];
  return names.some((candidate) => findNewFlag(candidate, running) !== null);
}

/**
 * A text in quotes of the language, which escapes as JSON does.
 * @param text without what is known only at run time
 */
export function quotedText(text: string): string {
  return JSON.stringify(text);
}

/** Both conditions, of which each may hold several. */
export function bothHold(a: Value, b: Value): Value {
  return joined([...grouped(a), " && ", ...grouped(b)]);
}

function grouped(condition: Value): Value {
  const isAlternative = condition.some((part) => typeof part === "string" && part.includes("||"));
  return isAlternative ? ["(", ...condition, ")"] : condition;
}
