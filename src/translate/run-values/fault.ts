import type { Running } from "../../knowledge/lookup.ts";
import { fieldMeant } from "../former-names.ts";
import { HOLE } from "../holes.ts";

/** What is wrong with a value; `expected` names what it should be. */
export type ValueFault =
  | {
      readonly kind: "bad-value";
      readonly expected: Expected;
      readonly value: string;
      readonly allowed: readonly string[];
    }
  | { readonly kind: "unknown-field"; readonly field: string; readonly nearest: string | null };

export type Expected =
  | "bool"
  | "int"
  | "uint"
  | "float"
  | "duration"
  /** One of `allowed`. */
  | "one-of"
  /** One value for all data sources, or one for each of `allowed`. */
  | "data-source"
  | "filter-rule"
  | "regular-expression"
  /** An operator that fields of this type have (`allowed`). */
  | "operator"
  /** A field that can be compared. */
  | "plain-field"
  | "array-data-source";

export function unknownField(field: string, known: readonly string[], running: Running): ValueFault {
  return { kind: "unknown-field", field, nearest: fieldMeant(field, known, running) };
}

export function bad(expected: Expected, value: string, allowed: readonly string[] = []): ValueFault {
  return { kind: "bad-value", expected, value: value.replaceAll(HOLE, "…"), allowed };
}
