import type { FoundPath } from "./json-paths.ts";

export interface Constant {
  readonly value: string | number | boolean | null;
}

/** The operators that compare, each with what holds when both sides change sign. */
const MIRRORED: Readonly<Record<string, string>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

export const COMPARED: ReadonlySet<string> = new Set(Object.keys(MIRRORED));

/** A comparison with a constant as it must be today; `text` null: the constant stays. */
export interface Compared {
  readonly text: string | null;
  readonly operator: string;
}

/**
 * The constant that a value is compared with, in the text or number that it has today; null where that is not known, or
 * the values are no longer the same.
 */
export function convertConstant(
  { value }: Constant,
  operator: string,
  { mapping, to, type }: FoundPath,
): Compared | null {
  const stays = { text: null, operator };
  if (to === null) return null;
  if (mapping.state !== "differs") return stays;
  const { value: change, values, prefix } = mapping;
  if (change === "negate" && typeof value === "number" && Number.isInteger(value)) {
    return { text: value === 0 ? null : String(-value), operator: MIRRORED[operator] ?? operator };
  }
  if (typeof value !== "string" || (operator !== "==" && operator !== "!=")) return null;
  if (change === "syscall") return { text: JSON.stringify(`SYS_${value.toUpperCase()}`), operator };
  if (prefix !== undefined && value !== "") return { text: JSON.stringify(prefix + value), operator };
  if (values === undefined) return null;
  const now = values[value];
  if (now === undefined) return type === "number" ? null : stays;
  return { text: type === "number" ? now : JSON.stringify(now), operator };
}

/** Whether a comparison gives one result for null and another for the value that was left out (0, an empty text). */
export function seesNull(
  { value }: Constant,
  operator: string,
  { omitted, type }: FoundPath,
  isRight: boolean,
): boolean {
  if (!omitted) return false;
  const zero = type === "number" ? 0 : "";
  return compares(null, operator, value, isRight) !== compares(zero, operator, value, isRight);
}

type Plain = string | number | boolean | null;

function compares(value: Plain, operator: string, constant: Plain, isRight: boolean): boolean {
  const order = isRight ? orderOf(value, constant) : orderOf(constant, value);
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}

/** jq's order: null, false, true, numbers, texts. */
function orderOf(a: Plain, b: Plain): number {
  const rank = (value: Plain): number =>
    value === null ? 0 : value === false ? 1 : value === true ? 2 : typeof value === "number" ? 3 : 4;
  if (rank(a) !== rank(b) || a === null || b === null) return rank(a) - rank(b);
  return a < b ? -1 : a > b ? 1 : 0;
}
