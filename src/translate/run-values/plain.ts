import type { KnownFlag } from "../../knowledge/lookup.ts";
import { isOpen } from "../holes.ts";
import { bad, type ValueFault } from "./fault.ts";

/** Checks a value by the type of its flag. */
export function checkType(flag: KnownFlag, text: string): readonly ValueFault[] {
  if (isOpen(text)) return [];
  if (flag.values !== undefined) return flag.values.includes(text) ? [] : [bad("one-of", text, flag.values)];
  switch (flag.type) {
    case "bool":
      return /^(true|false)$/i.test(text) ? [] : [bad("bool", text)];
    case "int":
      return checkInt(text, BigInt(flag.min ?? -(2n ** 63n)), BigInt(flag.max ?? 2n ** 63n - 1n));
    case "uint":
      return checkUint(text, BigInt(flag.max ?? 2n ** 64n - 1n));
    case "float":
      return checkFloat(text);
    case "duration":
      return checkDuration(text);
    case "string":
    case "stringSlice":
    case "stringArray":
    case "bytes":
      return [];
  }
}

/** `time.ParseDuration`. */
const DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
/** `strconv.ParseFloat` without hexadecimal. */
const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

export function checkDuration(text: string): readonly ValueFault[] {
  return DURATION.test(text) ? [] : [bad("duration", text)];
}

export function checkInt(text: string, min: bigint, max: bigint): readonly ValueFault[] {
  const fits = /^[+-]?\d+$/.test(text) && isBetween(BigInt(text.replace(/^\+/, "")), min, max);
  return fits ? [] : [bad("int", text, [String(min), String(max)])];
}

export function checkUint(text: string, max: bigint): readonly ValueFault[] {
  const fits = /^\d+$/.test(text) && isBetween(BigInt(text), 0n, max);
  return fits ? [] : [bad("uint", text, ["0", String(max)])];
}

function isBetween(number: bigint, min: bigint, max: bigint): boolean {
  return number >= min && number <= max;
}

export function checkFloat(text: string): readonly ValueFault[] {
  return FLOAT.test(text) ? [] : [bad("float", text)];
}
