import { literal, type Value } from "../commands/command.ts";
import type { Range } from "../text/edits.ts";

/**
 * A value that a file writes out, whatever its language: a node of YAML or JSON, an object literal of a program. `place` is
 * a range of the file's source.
 */
export type Datum = Mapping | Sequence | Scalar;

export interface Mapping {
  readonly kind: "mapping";
  readonly place: Range;
  /** A key counts once, with its last value. */
  readonly fields: ReadonlyMap<string, Field>;
}

export interface Field {
  /** Where the key stands. */
  readonly key: Range;
  readonly value: Datum;
}

export interface Sequence {
  readonly kind: "sequence";
  readonly place: Range;
  readonly items: readonly Datum[];
}

export interface Scalar {
  readonly kind: "scalar";
  readonly place: Range;
  /** Empty where it says nothing (`key:`, `null`, `""`). */
  readonly value: Value;
}

/** Deeper nesting is no data that a person wrote. */
const MAX_DEPTH = 100;

/** Every mapping in a value, itself included, the outer before the inner. */
export function* mappingsIn(datum: Datum, depth = 0): Generator<Mapping> {
  if (depth > MAX_DEPTH || datum.kind === "scalar") return;
  if (datum.kind === "mapping") yield datum;
  const inner =
    datum.kind === "sequence" ? datum.items : [...datum.fields.values()].map(({ value }) => value);
  for (const child of inner) yield* mappingsIn(child, depth + 1);
}

/** What stands under the keys, one in the other; null where one is missing. */
export function at(datum: Datum | null, ...keys: readonly string[]): Datum | null {
  let found = datum;
  for (const key of keys) found = found?.kind === "mapping" ? (found.fields.get(key)?.value ?? null) : null;
  return found;
}

/** The value of the scalar under the keys; null where there is none, or it says nothing. */
export function valueAt(datum: Datum | null, ...keys: readonly string[]): Value | null {
  const found = at(datum, ...keys);
  return found?.kind === "scalar" && found.value.length > 0 ? found.value : null;
}

/** The literal text of the scalar under the keys; null where there is none, or part of it is known only at run time. */
export function textAt(datum: Datum | null, ...keys: readonly string[]): string | null {
  const value = valueAt(datum, ...keys);
  return value === null ? null : literal(value);
}

/** The scalars of the mapping under the keys, by their own keys. */
export function scalarsAt(
  datum: Datum | null,
  ...keys: readonly string[]
): readonly (readonly [key: string, value: Value])[] {
  const found = at(datum, ...keys);
  if (found?.kind !== "mapping") return [];
  return [...found.fields].flatMap(([key, { value }]) =>
    value.kind === "scalar" ? [[key, value.value] as const] : [],
  );
}
