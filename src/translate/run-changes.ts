import type { Value } from "../commands/command.ts";
import { flagsOf, successorAt, type KnownFlag, type Running } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { FlagChangeRow } from "../knowledge/mapping.ts";
import type { FlagUse } from "./flags.ts";
import { findNewFlag } from "./new-flags.ts";
import type { RunChange } from "./run-change.ts";
import { changeFields } from "./run-fields.ts";
import { RUN_FLAG_VALUES } from "./run-flag-values.ts";
import { specsOf, type RunSpec } from "./run-line.ts";
import type { Note } from "./translation.ts";
import type { NewFlagUse } from "./values.ts";

/** What one flag of an image-based command becomes; no flags: it is dropped. */
export interface RunFlagUse {
  readonly use: FlagUse<RunSpec>;
  readonly flags: readonly NewFlagUse[];
  readonly doubts: readonly Note[];
  readonly manual: readonly Note[];
  readonly isChanged: boolean;
}

/** The flags that a command may have been written with: those of its release where that is known, else of any, the target's first. */
export function writtenSpecs({ from, to }: RunChange): readonly RunSpec[] {
  const { knowledge, image, program, release } = from;
  const operators = [...knowledge.commonOperators, ...image.operators];
  const anyRun = knowledge.runFlags.filter(
    (flag) =>
      operators.includes(flag.operator) && flag.programs.includes(program) && flag.dataSources !== "each",
  );
  const then = release === null ? [] : flagsOf({ knowledge, image, program, release });
  return specsOf([...image.flags, ...anyRun, ...flagsOf({ ...to, image }), ...then]);
}

/** What becomes of a flag with its value on the way to the target. */
export function changeUse(use: FlagUse<RunSpec>, change: RunChange): RunFlagUse {
  const { spec, value } = use;
  const kept = {
    use,
    flags: [{ name: spec?.name ?? use.name, value }],
    doubts: [],
    manual: [],
    isChanged: false,
  };
  if (spec === null) return kept;
  const { flag } = spec;
  const listed = "syntax" in flag && flag.syntax === "output" ? columnsOf(value) : null;
  if (listed !== null) return listColumns(use, spec.name, listed, change);
  const fields =
    value === null ? null : changeFields(value, "syntax" in flag ? flag.syntax : undefined, change);
  const next = fields?.value ?? value;
  const row = isThere(flag, change.to) ? null : mappingOf(flag, change);
  const { doubts = [], manual = [] } = fields ?? {};
  if (row === null) {
    const flags = [{ name: spec.name, value: next }];
    return { use, flags, doubts, manual, isChanged: !isSameValue(next, value) || manual.length > 0 };
  }

  const moved = move(row, spec.name, next, change);
  const isChanged =
    manual.length > 0 || moved.manual !== undefined || !isSameFlag(moved.flags, spec.name, value);
  const note = noteOf(row, spec.name);
  return {
    use,
    flags: moved.flags,
    doubts: [...doubts, ...(note === null ? [] : [note])],
    manual: [...manual, ...(moved.manual === undefined ? [] : [moved.manual])],
    isChanged: isChanged || note !== null,
  };
}

/** The columns of `columns=a,b`, which `-o` of built-in gadgets took; null for a mode. */
function columnsOf(value: Value | null): Value | null {
  const [head, ...rest] = value ?? [];
  const mode = typeof head === "string" ? /^(?:custom-)?columns=/.exec(head)?.[0] : undefined;
  return typeof head !== "string" || mode === undefined ? null : [head.slice(mode.length), ...rest];
}

/** No release of `run` printed anything with them in `-o`. */
function listColumns(use: FlagUse<RunSpec>, name: string, columns: Value, change: RunChange): RunFlagUse {
  const fields = changeFields(columns, "fields", change);
  return {
    use,
    flags: [
      { name, value: ["columns"] },
      { name: "fields", value: fields.value },
    ],
    doubts: [{ messageId: "output-lists-columns", args: {} }, ...fields.doubts],
    manual: fields.manual,
    isChanged: true,
  };
}

/** Whether the target has the very flag; one of the same name may mean something else. */
function isThere(flag: KnownFlag, to: Running): boolean {
  return flagsOf(to).some(
    ({ name, since, type }) => name === flag.name && since === flag.since && type === flag.type,
  );
}

/** What the tables say about a flag that the target lacks; for an older target, what became this flag. */
function mappingOf(flag: KnownFlag, { from, to }: RunChange): FlagChangeRow | null {
  const known = successorAt(flag, to.release);
  if (known !== undefined) return known;
  const { release } = from;
  if (release === null) return null;
  for (const older of flagsOf(to)) {
    const row = older.to?.find((one) => one.flag === flag.name && within(one, release));
    if (row?.state === "same" && row.value === undefined) return { ...row, flag: older.name };
  }
  return null;
}

function move(
  row: FlagChangeRow,
  name: string,
  value: Value | null,
  change: RunChange,
): { readonly flags: readonly NewFlagUse[]; readonly manual?: Note } {
  if (row.flag === null) return { flags: [] };
  const make = RUN_FLAG_VALUES[row.value ?? "same"];
  if (make === undefined) return { flags: [{ name, value }] };
  // A flag of one data source has its name in its own.
  return make(name.startsWith(`${row.flag}.`) ? name : row.flag, value, row, change);
}

function noteOf({ state, flag, note = "" }: FlagChangeRow, name: string): Note | null {
  if (state === "same" || state === "equal") return null;
  const args = { flag: `--${name}`, to: flag === null ? "" : `--${flag}`, note };
  return { messageId: flag === null ? "flag-dropped" : "flag-differs", args };
}

/** Flags that do what was done without a flag of the old release. */
export function absentFlags(uses: readonly RunFlagUse[], { from, to }: RunChange): readonly NewFlagUse[] {
  const { release, image } = from;
  if (release === null || release === to.release) return [];
  const given = new Set(uses.map(({ use }) => use.spec?.name));
  return image.flags.flatMap((flag) => {
    const row = successorAt(flag, to.release);
    if (!within(flag, release) || given.has(flag.name) || row?.absent === undefined || row.flag === null)
      return [];
    if (findNewFlag(row.flag, to) === null) return [];
    return [{ name: row.flag, value: row.absent === "true" ? null : [row.absent] }];
  });
}

function isSameFlag(flags: readonly NewFlagUse[], name: string, value: Value | null): boolean {
  const [only, more] = flags;
  return only?.name === name && more === undefined && isSameValue(only.value, value);
}

function isSameValue(a: Value | null, b: Value | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
