import type { Running } from "../knowledge/lookup.ts";
import type { AddedFlag, GadgetMapping } from "../knowledge/mapping.ts";
import type { FlagChange } from "./change-flags.ts";
import { findNewFlag } from "./new-flags.ts";
import type { Note, TranslateOptions } from "./translation.ts";
import type { NewFlagUse } from "./values.ts";

/** Flags that the new command needs and the old one had no word for. */
export interface AddedFlags {
  readonly flags: readonly NewFlagUse[];
  /** Defaults that differ and stay so. */
  readonly doubts: readonly Note[];
}

/** The flags that make the image the same gadget, and those that restore what the built-in did by default. */
export function addedFlags(
  { add = [], defaults = [] }: GadgetMapping,
  changes: readonly FlagChange[],
  options: TranslateOptions,
  running: Running,
): AddedFlags {
  const given = new Set(changes.flatMap((change) => change.flags.map(({ name }) => name)));
  const required = add.filter(({ flag }) => !given.has(flag));
  const missing = defaults.filter(
    ({ flag, unless = [] }) => ![flag, ...unless].some((name) => given.has(name)),
  );
  const kept = missing.filter(
    ({ flag }) => options.defaults === "keep" && findNewFlag(flag, running) !== null,
  );
  const doubts = missing
    .filter((flag) => !kept.includes(flag))
    .map(({ note }) => ({ messageId: "default-differs", args: { note } }));
  return { flags: [...required, ...kept].map(toUse), doubts };
}

function toUse({ flag, value }: AddedFlag): NewFlagUse {
  return { name: flag, value: value === "true" ? null : [value] };
}
