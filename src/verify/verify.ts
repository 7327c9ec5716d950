import type { Running } from "../knowledge/lookup.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import { comparableText, compareValues, isNothing, type Verdict } from "./compare.ts";
import type { Output } from "./events.ts";
import { newValues, oldReader, type OldField, type OldReader, type Values } from "./fields.ts";
import { matchEvents, type Traits } from "./match.ts";

/** What became of one field over all events that were matched. */
export interface FieldResult {
  readonly old: string | null;
  readonly new: string | null;
  /**
   * The worst of its events; `missing`: the new output lacks it. `none`: it has no equal, `unknown`: no release had it, `extra`:
   * only the new output has it; these three do not count.
   */
  readonly state: Verdict | "missing" | "none" | "unknown" | "extra";
  /** How many events had each verdict. */
  readonly events: Readonly<Partial<Record<Verdict | "missing", number>>>;
  /** What the mapping says of the field. */
  readonly note: string | null;
  /** The first pair of values that is not equal. */
  readonly example: { readonly old: unknown; readonly new: unknown } | null;
}

export interface Verification {
  /** All mapped fields are equal in all events, and each event is on both sides. */
  readonly consistent: boolean;
  readonly events: {
    readonly old: number;
    readonly new: number;
    readonly matched: number;
    /** Without a match: indexes in each output. */
    readonly onlyOld: readonly number[];
    readonly onlyNew: readonly number[];
  };
  /** Fields of the image that events were matched by. */
  readonly keys: readonly string[];
  readonly fields: readonly FieldResult[];
  /** Matched events, by index. */
  readonly pairs: readonly (readonly [number, number])[];
}

export interface VerifyOptions {
  /** Fields of the image to match events by. */
  readonly keys?: readonly string[] | undefined;
  /** Whether events that only one side has make them inconsistent; not so where both sides ran for a while, at their own pace. */
  readonly isWhole: boolean;
}

/**
 * Compares what a built-in gadget printed with what its image printed of the same events.
 * @param running the image, with the program and release that ran it
 */
export function verifyOutputs(
  before: Output,
  after: Output,
  gadget: Gadget,
  running: Running,
  { keys, isWhole }: VerifyOptions,
): Verification {
  const reader = oldReader(gadget, before.format, running);
  const old = before.events.map((event) => reader.valuesOf(event));
  const now = after.events.map((event) => newValues(event, after.format, running));
  const matching = matchEvents(
    old.map((values) => oldTraits(values, reader)),
    now.map(newTraits),
    keys,
  );
  const tally = new Tally();
  for (const [i, j] of matching.pairs) compareEvents(old[i] ?? NONE, now[j] ?? NONE, reader, tally);
  const fields = tally.results(reader);
  const onlyOld = without(
    old.length,
    matching.pairs.map(([i]) => i),
  );
  const onlyNew = without(
    now.length,
    matching.pairs.map(([, j]) => j),
  );
  const isComplete = !isWhole || onlyOld.length + onlyNew.length === 0;
  return {
    consistent: matching.pairs.length > 0 && isComplete && !fields.some(({ state }) => isBad(state)),
    events: { old: old.length, new: now.length, matched: matching.pairs.length, onlyOld, onlyNew },
    keys: matching.keys,
    fields,
    pairs: matching.pairs,
  };
}

/** Whether a state makes outputs inconsistent. */
export function isBad(state: FieldResult["state"]): boolean {
  return state === "different" || state === "missing";
}

const NONE: Values = new Map();

/** What events are matched by: the values of fields that the image has, as they are there. */
function oldTraits(values: Values, reader: OldReader): Traits {
  const traits = new Map<string, string>();
  for (const [name, value] of values) {
    const { to, mapping } = reader.field(name);
    if (to !== null && mapping !== null && !isNothing(value)) traits.set(to, comparableText(value, mapping));
  }
  return traits;
}

function newTraits(values: Values): Traits {
  const traits = new Map<string, string>();
  for (const [name, value] of values) if (!isNothing(value)) traits.set(name, comparableText(value));
  return traits;
}

function compareEvents(old: Values, now: Values, reader: OldReader, tally: Tally): void {
  const seen = new Set<string>();
  for (const [name, before] of old) {
    const { mapping, to } = reader.field(name);
    if (mapping === null || to === null) {
      tally.add(name, null, mapping === null ? "unknown" : "none", before, undefined);
      continue;
    }
    seen.add(to);
    const after = now.get(to);
    const verdict = !now.has(to) && !isNothing(before) ? "missing" : compareValues(before, after, mapping);
    const isNone = isNothing(before) && isNothing(after);
    tally.add(name, to, isNone ? "equal" : verdict, before, after);
  }
  for (const [name, after] of now) {
    if (seen.has(name)) continue;
    const left = reader.silent.get(name);
    if (left === undefined) tally.add(null, name, "extra", undefined, after);
    else tally.add(left.name, name, isNothing(after) ? "equal" : "different", undefined, after);
  }
}

type State = FieldResult["state"];

/** From good to bad; a field is what its worst event is. */
const ORDER: readonly State[] = [
  "equal",
  "mapped",
  "changed",
  "none",
  "unknown",
  "extra",
  "missing",
  "different",
];

interface Row {
  readonly old: string | null;
  readonly new: string | null;
  state: State;
  readonly counts: Map<Verdict | "missing", number>;
  example: FieldResult["example"];
}

function emptyRow(old: string | null, now: string | null): Row {
  return { old, new: now, state: "equal", counts: new Map(), example: null };
}

/** Verdicts by field, in the order in which the fields came. */
class Tally {
  readonly #rows = new Map<string, Row>();

  add(old: string | null, now: string | null, state: State, before: unknown, after: unknown): void {
    const key = JSON.stringify([old, now]);
    const row: Row = this.#rows.get(key) ?? emptyRow(old, now);
    this.#rows.set(key, row);
    if (ORDER.indexOf(state) > ORDER.indexOf(row.state)) {
      row.state = state;
      row.example = { old: before, new: after };
    }
    if (state !== "none" && state !== "unknown" && state !== "extra")
      row.counts.set(state, (row.counts.get(state) ?? 0) + 1);
  }

  results(reader: OldReader): readonly FieldResult[] {
    return Array.from(this.#rows.values(), ({ old, new: now, state, counts, example }) => ({
      old,
      new: now,
      // Renamed is mapped: what reads it must read another name.
      state: state === "equal" && old?.toLowerCase() !== now?.toLowerCase() ? "mapped" : state,
      events: Object.fromEntries(counts),
      note: (old === null ? undefined : noteOf(reader.field(old))) ?? null,
      example,
    }));
  }
}

function noteOf({ mapping }: OldField): string | undefined {
  return mapping?.note;
}

function without(count: number, taken: readonly number[]): readonly number[] {
  const known = new Set(taken);
  return Array.from({ length: count }, (_, index) => index).filter((index) => !known.has(index));
}
