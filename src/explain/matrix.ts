import { within } from "../knowledge/releases.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { GadgetMapping, MappingRow, MappingState } from "../knowledge/mapping.ts";
import { entryOf, programFlags, type FlagEntry, type GadgetEntry } from "./entry.ts";
import { explain, programFlagsAt, type Explanation } from "./explain.ts";

/** How many rows are in each state. */
export type Counts = Readonly<Record<MappingState, number>>;

export interface Matrix {
  /** Null: all releases, each `to` with all its rows. */
  readonly target: string | null;
  readonly gadgets: readonly GadgetEntry[];
  /** Flags that all commands of a program took. */
  readonly programFlags: readonly FlagEntry[];
  /** One for each command and each stretch of releases in which the same becomes of it. */
  readonly lines: readonly MatrixLine[];
  /** At the target, or at the newest release; flags and columns counted once for each command. */
  readonly summary: Readonly<
    Record<"commands" | "flags" | "columns" | "jsonFields" | "programFlags", Counts>
  >;
}

/** One line of the overview; its counts are those of the newest of its releases. */
export interface MatrixLine {
  readonly explanation: Explanation;
  /** First and last target that it holds for. */
  readonly first: string;
  readonly last: string;
  readonly flags: Counts;
  /** Columns, and JSON that no column has. */
  readonly fields: Counts;
  /** Names of the flags (with dashes) and of the columns and JSON fields that have nothing like them. */
  readonly lost: readonly string[];
}

/**
 * @param targets the releases that commands can be written for, oldest first
 * @param target one of them, or null for all
 */
export function matrix(targets: readonly string[], target: string | null, knowledge: Knowledge): Matrix {
  const asked = target === null ? targets : [target];
  const last = asked.at(-1);
  if (last === undefined) throw new RangeError("no target");
  const newest = knowledge.gadgets.map((gadget) => ({
    gadget,
    explanation: explain(gadget, last, knowledge),
  }));
  const explanations = newest.map(({ explanation }) => explanation);
  const flags = programFlagsAt(last, knowledge);
  return {
    target,
    gadgets: newest.map(({ gadget, explanation }) => {
      const entry = entryOf(gadget, knowledge);
      return target === null ? entry : narrowed(entry, gadget.to, explanation);
    }),
    programFlags: target === null ? programFlags(knowledge) : flags.map(only),
    lines: knowledge.gadgets.flatMap((gadget) => linesOf(gadget, asked, knowledge)),
    summary: {
      commands: countStates(explanations.map(({ becomes }) => becomes)),
      flags: countStates(explanations.flatMap((one) => one.flags.map(({ to }) => to))),
      columns: countStates(explanations.flatMap((one) => one.columns.map(({ to }) => to))),
      jsonFields: countStates(explanations.flatMap((one) => one.jsonFields.map(({ to }) => to))),
      programFlags: countStates(flags.map(({ to }) => to)),
    },
  };
}

export function countStates(rows: readonly Pick<MappingRow, "state">[]): Counts {
  const of = (state: MappingState): number => rows.filter((row) => row.state === state).length;
  return { same: of("same"), equal: of("equal"), differs: of("differs"), none: of("none") };
}

function linesOf(gadget: Gadget, asked: readonly string[], knowledge: Knowledge): readonly MatrixLine[] {
  return gadget.to.flatMap((row) => {
    const held = asked.filter((tag) => within(row, tag));
    const [first, last] = [held[0], held.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [lineOf(explain(gadget, last, knowledge), first, last)];
  });
}

function lineOf(explanation: Explanation, first: string, last: string): MatrixLine {
  const { flags, columns, jsonFields } = explanation;
  const isLost = ({ to }: { readonly to: MappingRow }): boolean => to.state === "none";
  const lost = [
    ...flags.filter(isLost).map(({ name }) => `--${name}`),
    ...columns.filter(isLost).map(({ name }) => name),
    ...jsonFields.filter(isLost).map(({ path }) => path),
  ];
  return {
    explanation,
    first,
    last,
    flags: countStates(flags.map(({ to }) => to)),
    fields: countStates([...columns, ...jsonFields].map(({ to }) => to)),
    lost: [...new Set(lost)],
  };
}

/** The entry with the one row of each that holds at the target; what the image there lacks is lost. */
function narrowed(
  entry: GadgetEntry,
  to: readonly GadgetMapping[],
  { target, flags, columns, jsonFields }: Explanation,
): GadgetEntry {
  return {
    ...entry,
    to: to.filter((row) => within(row, target)),
    flags: flags.map(only),
    columns: columns.map(only),
    jsonFields: jsonFields.map(only),
  };
}

function only<Row extends { readonly to: unknown }>(
  row: Row,
): Omit<Row, "to"> & { readonly to: readonly Row["to"][] } {
  return { ...row, to: [row.to] };
}
