import { literal, type Value } from "../commands/command.ts";
import { compareReleases, within } from "../knowledge/releases.ts";
import type { FlagType, OldFlag } from "../knowledge/flag.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Span } from "../knowledge/releases.ts";
import type { FlagSpec } from "./flags.ts";
import type { ProgramId } from "./translation.ts";

/** A flag as the old parser saw it; `row` null for the flags that every command has (`--help`). */
export interface OldSpec extends FlagSpec {
  readonly row: OldFlag | null;
  /** Known before the command words too. */
  readonly root: boolean;
}

interface PlacedRow {
  readonly row: OldFlag;
  readonly root: boolean;
}

/** Known to cobra in every release. */
const HELP: OldSpec = { name: "help", shorthand: "h", takesValue: false, row: null, root: true };

/** The form of the announcement of image-based gadgets (`trace exec --image REF`), which no release accepted. */
const IMAGE: OldSpec = { name: "image", shorthand: null, takesValue: true, row: null, root: false };

export const ANNOUNCED_FLAG = IMAGE.name;

/** Flags of a program's root command, of all releases. */
export function rootFlags(program: ProgramId, knowledge: Knowledge): readonly OldSpec[] {
  const known = roots.get(knowledge) ?? new Map<ProgramId, readonly OldSpec[]>();
  roots.set(knowledge, known);
  const flags = known.get(program) ?? [...rootRows(program, knowledge).map((row) => specOf(row, true)), HELP];
  known.set(program, flags);
  return flags;
}

const roots = new WeakMap<Knowledge, Map<ProgramId, readonly OldSpec[]>>();

/**
 * The flags that a gadget had on a program, one table for each stretch of releases in which they were the same, newest
 * first. The last table is {@link allFlags}: it reads lines that no single release accepts.
 * @param span the releases that had the gadget's words
 */
export function flagTables(
  gadget: Gadget,
  program: ProgramId,
  span: Span,
  knowledge: Knowledge,
): readonly (readonly OldSpec[])[] {
  const known = tableLists.get(gadget) ?? new Map<string, readonly (readonly OldSpec[])[]>();
  tableLists.set(gadget, known);
  const key = `${program} ${span.since} ${span.until ?? ""}`;
  const tables = known.get(key) ?? tablesOf(gadget, program, span, knowledge);
  known.set(key, tables);
  return tables;
}

/** Asked for once for each command; by program and span. */
const tableLists = new WeakMap<Gadget, Map<string, readonly (readonly OldSpec[])[]>>();

function tablesOf(
  gadget: Gadget,
  program: ProgramId,
  span: Span,
  knowledge: Knowledge,
): readonly (readonly OldSpec[])[] {
  const all = flagRows(gadget, program, knowledge);
  const bounds = [span, ...all.map(({ row }) => row)].flatMap(({ since, until }) => [since, until ?? since]);
  const releases = [...new Set(bounds)].filter((release) => within(span, release));
  releases.sort((a, b) => compareReleases(b, a));
  return [
    ...releases.map((release) => table(all.filter(({ row }) => within(row, release)))),
    allFlags(gadget, program, knowledge),
  ];
}

const unions = new WeakMap<Gadget, Map<ProgramId, readonly OldSpec[]>>();

/** Every flag that a gadget had on a program in any release; where two share a name or letter, the newer one comes last. */
export function allFlags(gadget: Gadget, program: ProgramId, knowledge: Knowledge): readonly OldSpec[] {
  const known = unions.get(gadget) ?? new Map<ProgramId, readonly OldSpec[]>();
  unions.set(gadget, known);
  const oldestFirst = (): readonly PlacedRow[] =>
    [...flagRows(gadget, program, knowledge)].sort((a, b) => compareReleases(a.row.since, b.row.since));
  const union = known.get(program) ?? table(oldestFirst());
  known.set(program, union);
  return union;
}

function table(rows: readonly PlacedRow[]): readonly OldSpec[] {
  return [IMAGE, ...rows.map(({ row, root }) => specOf(row, root)), HELP];
}

/** Whether the old flag took this value; a value that is not known yet might be any. */
export function fits({ row }: OldSpec, value: Value | null): boolean {
  if (row === null) return true;
  if (value === null) return row.type === "bool";
  const text = literal(value);
  if (text === null) return true;
  if (row.allowed !== undefined && !row.allowed.includes(text)) return false;
  return parses(text, row.type);
}

/** Whether a text is a value of a flag type, as Go reads it. */
export function parses(text: string, type: FlagType): boolean {
  switch (type) {
    case "bool":
      return /^(?:1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(text);
    case "int":
      return /^[+-]?(?:\d+|0x[\da-f]+)$/i.test(text);
    case "uint":
      return /^(?:\d+|0x[\da-f]+)$/i.test(text);
    case "float":
      return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
    case "duration":
      return text === "0" || /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(text);
    case "string":
    case "stringSlice":
    case "stringArray":
    case "bytes":
      return true;
  }
}

function specOf(row: OldFlag, root: boolean): OldSpec {
  return { name: row.name, shorthand: row.shorthand, takesValue: row.type !== "bool", row, root };
}

/** Later rows win where two carry one name: a gadget's own flag hides the root's. */
function flagRows(gadget: Gadget, program: ProgramId, knowledge: Knowledge): readonly PlacedRow[] {
  const groups = knowledge.flagGroups.filter(
    (group) => !group.root && group.programs.includes(program) && gadget.groups.includes(group.id),
  );
  const shared = groups
    .flatMap((group) => group.flags)
    .filter((flag) => !gadget.groupsExcept.includes(flag.name));
  const leaf = [...shared, ...gadget.flags].filter((flag) => isOn(flag, program));
  return [
    ...rootRows(program, knowledge).map((row) => ({ row, root: true })),
    ...leaf.map((row) => ({ row, root: false })),
  ];
}

function rootRows(program: ProgramId, { flagGroups }: Knowledge): readonly OldFlag[] {
  return flagGroups
    .filter((group) => group.root && group.programs.includes(program))
    .flatMap((group) => group.flags)
    .filter((flag) => isOn(flag, program));
}

function isOn(flag: OldFlag, program: ProgramId): boolean {
  return flag.programs?.includes(program) ?? true;
}
