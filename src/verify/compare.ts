import type { FieldMapping } from "../knowledge/mapping.ts";

/**
 * How a value came over: as it was; as the mapping says it would (another text or sign); as the same in another type or
 * unit; or not.
 */
export type Verdict = "equal" | "mapped" | "changed" | "different";

/** @param mapping what became of the field that `before` is a value of */
export function compareValues(before: unknown, after: unknown, mapping: FieldMapping): Verdict {
  if (isSame(before, after)) return "equal";
  const expected = translated(before, mapping);
  if (expected !== undefined && (isSame(expected, after) || textOf(expected) === textOf(after)))
    return "mapped";
  if (typeof before === "string" && typeof after === "string") {
    return isCut(before, after) ? "equal" : "different";
  }
  if (textOf(before) === textOf(after)) return "changed";
  return mapping.state === "differs" && isOtherUnit(before, after) ? "changed" : "different";
}

/** A value as a text that is the same for values that compare as equal, of a field before (with its mapping) or after. */
export function comparableText(value: unknown, mapping?: FieldMapping): string {
  const expected = mapping === undefined ? undefined : translated(value, mapping);
  return textOf(expected ?? value);
}

/** What a value that was left out is today. */
export function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === 0 ||
    value === "" ||
    value === false ||
    textOf(value) === ""
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The value that the mapping's table or rule makes of an old one; undefined where it has none. */
function translated(value: unknown, { values, value: change, prefix }: FieldMapping): unknown {
  if (change === "negate") return typeof value === "number" ? -value : undefined;
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value);
  if (change === "syscall") return `SYS_${text.toUpperCase()}`;
  if (prefix !== undefined) return prefix + text;
  return values?.[text];
}

/** Lists, objects and numbers as the texts that images make of them: `a b`, `key=value,key=value`, `1`. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(" ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([key, inner]) => `${key}=${textOf(inner)}`)
      .sort()
      .join(",");
  }
  return String(value).replaceAll("\u00A0", " ");
}

/** Columns cut long texts with an ellipsis, at their end, their start or in the middle. */
function isCut(a: string, b: string): boolean {
  return matchesCut(a, b) || matchesCut(b, a);
}

function matchesCut(cut: string, whole: string): boolean {
  const at = cut.indexOf("…");
  if (at < 0) return false;
  return (
    whole.startsWith(cut.slice(0, at)) && whole.endsWith(cut.slice(at + 1)) && whole.length >= cut.length - 1
  );
}

const UNITS = [1e3, 1e6, 1e9];

/** Nanoseconds for microseconds and the like; what is rounded may be off by one unit. */
function isOtherUnit(before: unknown, after: unknown): boolean {
  if (typeof before !== "number" || typeof after !== "number" || before === 0 || after === 0) return false;
  const [small, large] = [before, after].toSorted((a, b) => Math.abs(a) - Math.abs(b)) as [number, number];
  return UNITS.some((unit) => Math.abs(large / unit - small) < 1);
}
