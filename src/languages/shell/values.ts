import type { SyntaxNode } from "unbash";
import type { Value } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import type { Place } from "./settings.ts";

/** A name that doubles with each line grows without end. */
export const MAX_LENGTH = 10_000;

/** The values that a name may have at one place, all literal. */
export interface Values {
  readonly values: readonly string[];
  /** Whether the environment may set another one. */
  readonly overridable: boolean;
}

/** What the function gets that a place stands in. */
export interface Parameters {
  readonly body: SyntaxNode;
  /** The values that its calls give an argument, all literal; with the one for calls that leave it out. */
  valuesOf(number: number, place: Place, fallback?: string): Values | undefined;
  /** Those of all arguments from one on. */
  allValues(from: number, place: Place): Values | undefined;
}

/** A variable that holds just what another expansion stands for. */
export interface HeldExpansion {
  readonly value: Value;
  /** Where the expansion stands. */
  readonly range: Range;
  readonly place: Place;
}

/** An arm of a `case`: what it looks at, and the literal patterns of the arm. */
export interface Arm {
  readonly value: Value;
  readonly values: readonly string[];
  readonly place: Place;
}

/** Of one text each. */
export function appended(before: Values | undefined, more: Values): Values | undefined {
  const [first, other] = before?.values ?? [];
  const [added, another] = more.values;
  if (before === undefined || first === undefined || added === undefined) return undefined;
  if (other !== undefined || another !== undefined || first.length + added.length > MAX_LENGTH)
    return undefined;
  return { values: [first + added], overridable: before.overridable || more.overridable };
}

/** The values of all; undefined when there are none, or some are unknown. */
export function united<T>(all: readonly T[], valuesOf: (one: T) => Values | undefined): Values | undefined {
  const values = new Set<string>();
  let overridable = false;
  for (const one of all) {
    const found = valuesOf(one);
    if (found === undefined) return undefined;
    for (const value of found.values) values.add(value);
    overridable ||= found.overridable;
  }
  return all.length === 0 ? undefined : { values: [...values], overridable };
}

/** Each word of the values. */
export function splitAtBlanks(found: Values | undefined): Values | undefined {
  return found && { ...found, values: found.values.flatMap((text) => text.trim().split(/\s+/)) };
}
