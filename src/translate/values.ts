import { display, literal, type Value } from "../commands/command.ts";
import type { Running } from "../knowledge/lookup.ts";
import type { OldFlag } from "../knowledge/flag.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { FlagMapping } from "../knowledge/mapping.ts";
import { joined } from "./image-ref.ts";
import { parses } from "./old-flags.ts";
import type { Note } from "./translation.ts";
import type { ValueName } from "./value-names.ts";
import { portsValue, prefixesValue } from "./values/any-of.ts";
import { filterValue } from "./values/filter.ts";
import { outputValue } from "./values/output.ts";
import { sortValue } from "./values/sort.ts";
import { swapBytes } from "./values/port.ts";
import { tableValue } from "./values/table.ts";

/** What an old flag's value is translated for. */
export interface ValueContext extends Running {
  readonly gadget: Gadget;
  readonly flag: OldFlag;
  readonly mapping: FlagMapping;
}

/** A flag of the new command; `value` null: a bool that is written bare. */
export interface NewFlagUse {
  readonly name: string;
  readonly value: Value | null;
}

/**
 * What an old flag with its value becomes: no flag, one or several. `doubts` make a fix unsafe. `manual`: there is no
 * such value in the new command, `flags` is the nearest to it.
 */
export interface ChangedValue {
  readonly flags: readonly NewFlagUse[];
  readonly doubts: readonly Note[];
  readonly manual?: Note;
}

/** @param name the new flag's name, @param value null for a bare bool */
export type ValueChange = (name: string, value: Value | null, context: ValueContext) => ChangedValue;

/** The functions that `value:` in `rules/` names. */
const CHANGES: Readonly<Record<ValueName, ValueChange>> = {
  /** The text stays. */
  same: (name, value) => ({ flags: [{ name, value }], doubts: [] }),
  /** A bool with the opposite meaning. */
  not: (name, value) => changeLiteral(name, value, (text) => (isTrue(text) ? "false" : "true"), "true"),
  /** Whole seconds (`5`) to a Go duration (`5s`). With 0 built-in gadgets crashed; images print once, when they end. */
  seconds: (name, value, { flag }) => {
    const changed = append(name, value, "s");
    const text = literal(value ?? []);
    if (text === null || Number(text) !== 0) return changed;
    return {
      ...changed,
      manual: { messageId: "value-never-valid", args: { flag: `--${flag.name}`, value: text } },
    };
  },
  /** Whole milliseconds to whole microseconds. */
  microseconds: (name, value) => append(name, value, literal(value ?? []) === "0" ? "" : "000"),
  /** A signal's name (`SIGKILL`) or number to its number. */
  signal: (name, value) => changeLiteral(name, value, signalNumber),
  /** `--json` to a mode of `--output`. */
  json: (name, value, context) =>
    isTrue(literal(value ?? ["true"]) ?? "")
      ? outputValue(name, ["json"], context)
      : { flags: [], doubts: [] },
  /** Output modes, and the columns of `columns=` to `--fields`. */
  output: outputValue,
  /** The built-in filter grammar to that of the filter operator. */
  filter: filterValue,
  /** Ports of which one must be that of the event, to a filter. */
  ports: portsValue,
  /** Texts with one of which a field must begin, to a filter. */
  prefixes: prefixesValue,
  /** Names of columns, each with or without `-`. */
  sort: sortValue,
  /** Texts that the mapping lists (`values`). */
  table: tableValue,
  /** A port's number with its two bytes swapped. */
  "swapped-port": (name, value) => changeLiteral(name, value, swapBytes),
};

export const VALUE_CHANGES: Readonly<Record<string, ValueChange>> = CHANGES;

/** Appends to a whole number, which may be known only at run time. */
export function append(name: string, value: Value | null, suffix: string): ChangedValue {
  const text = literal(value ?? []);
  if (text !== null && !/^\d+$/.test(text)) return stuck(name, value, "value-not-understood");
  return { flags: [{ name, value: joined([...(value ?? []), suffix]) }], doubts: [] };
}

/** Applies a change to a literal value; what is known only at run time cannot be changed and stays, manual. */
export function changeLiteral(
  name: string,
  value: Value | null,
  change: (text: string) => string | null,
  bare?: string,
): ChangedValue {
  const text = value === null ? (bare ?? "") : literal(value);
  if (text === null) return stuck(name, value, "value-is-dynamic");
  const changed = change(text);
  if (changed === null) return stuck(name, value, "value-not-understood");
  const isBareTrue = bare !== undefined && changed === "true";
  return { flags: [{ name, value: isBareTrue ? null : [changed] }], doubts: [] };
}

function stuck(name: string, value: Value | null, messageId: string): ChangedValue {
  const args = { flag: `--${name}`, value: display(value ?? []) };
  return { flags: [{ name, value }], doubts: [], manual: { messageId, args } };
}

/** Whether a bool's text stands for true. */
export function isTrue(text: string): boolean {
  return /^(?:1|t|true)$/i.test(text);
}

/** Numbers of signals on Linux (signal(7), x86 and ARM). */
const SIGNALS = (
  "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU " +
  "XFSZ VTALRM PROF WINCH IO PWR SYS"
).split(" ");

function signalNumber(text: string): string | null {
  if (parses(text, "uint")) return text;
  const number = SIGNALS.indexOf(text.toUpperCase().replace(/^SIG/, "")) + 1;
  return number === 0 ? null : String(number);
}
