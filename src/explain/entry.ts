import { spansMeet, within } from "../knowledge/releases.ts";
import type { OldFlag } from "../knowledge/flag.ts";
import type { Gadget, OldColumn, OldJsonField } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { GadgetMapping } from "../knowledge/mapping.ts";
import type { Span } from "../knowledge/releases.ts";
import type { ProgramId } from "../translate/translation.ts";

/** A program under the first of its spellings, with the releases in which it had something. */
export interface ProgramSpan extends Span {
  readonly program: ProgramId;
  /** As typed: `kubectl gadget`. */
  readonly words: string;
}

/** One old flag of a command. */
export interface FlagEntry extends OldFlag {
  /** The programs on which the command had it. */
  readonly programs: readonly ProgramId[];
  /** The group that it comes from; null: the command's own. */
  readonly group: string | null;
}

export interface ColumnEntry extends OldColumn {
  /** Whether all gadgets that know containers had it. */
  readonly common: boolean;
}

export interface JsonEntry extends OldJsonField {
  readonly common: boolean;
}

/** All that the tables hold about one built-in command, for all releases; each `to` is a list of rows with their spans. */
export interface GadgetEntry {
  readonly command: string;
  readonly programs: readonly ProgramSpan[];
  /** What it was called in other releases. */
  readonly olderNames: readonly ProgramSpan[];
  readonly positionals: Gadget["positionals"];
  readonly outputs: readonly string[];
  readonly defaultOutput: string;
  readonly to: readonly GadgetMapping[];
  readonly flags: readonly FlagEntry[];
  readonly columns: readonly ColumnEntry[];
  readonly jsonFields: readonly JsonEntry[];
}

/** Collects what a command had: its own, and what it shared with others in the same releases. */
export function entryOf(gadget: Gadget, knowledge: Knowledge): GadgetEntry {
  const { command, positionals, outputs, defaultOutput, to } = gadget;
  const all = [...livesOf(gadget)];
  const hadIt = (row: Span & { readonly programs?: readonly ProgramId[] }): boolean =>
    all.some((life) => spansMeet(life, row) && (row.programs?.includes(life.program) ?? true));
  const shared = gadget.commonColumns ? knowledge : { commonColumns: [], commonJsonFields: [] };
  return {
    command,
    programs: Object.entries(gadget.programs).map(([id, span]) => programSpan(id, command, span, knowledge)),
    olderNames: gadget.spellings.map(({ words, program, ...span }) =>
      programSpan(program, words, span, knowledge),
    ),
    positionals,
    outputs,
    defaultOutput,
    to,
    flags: flagsOf(gadget, knowledge),
    columns: [
      ...gadget.columns.map((column) => ({ ...column, common: false })),
      ...shared.commonColumns.filter(hadIt).map((column) => ({ ...column, common: true })),
    ],
    jsonFields: [
      ...gadget.jsonFields.map((field) => ({ ...field, common: false })),
      ...shared.commonJsonFields.filter(hadIt).map((field) => ({ ...field, common: true })),
    ],
  };
}

/** The flags of a program itself, which all its commands took. */
export function programFlags({ flagGroups }: Knowledge): readonly FlagEntry[] {
  return flagGroups
    .filter((group) => group.root)
    .flatMap(({ id, programs, flags }) => flags.map((flag) => ({ programs, ...flag, group: id })));
}

function flagsOf(gadget: Gadget, { flagGroups }: Knowledge): readonly FlagEntry[] {
  const groups = flagGroups.filter((group) => !group.root && gadget.groups.includes(group.id));
  const shared = groups.flatMap(({ id, programs, flags }) =>
    flags
      .filter((flag) => !gadget.groupsExcept.includes(flag.name))
      .map((flag) => ({
        ...flag,
        programs: programs.filter((program) => flag.programs?.includes(program) ?? true),
        group: id,
      })),
  );
  const onItsPrograms = (flag: OldFlag, group: string | null): FlagEntry => {
    const lives = [...livesOf(gadget)].filter((life) => spansMeet(life, flag));
    const programs = new Set(lives.map(({ program }) => program));
    return { ...flag, programs: [...programs].filter((id) => flag.programs?.includes(id) ?? true), group };
  };
  return [
    ...gadget.flags.map((flag) => onItsPrograms(flag, null)),
    ...shared
      .filter((flag) => !gadget.flags.some((own) => own.name === flag.name && covers(own, flag)))
      .map((flag) => onItsPrograms(flag, flag.group))
      .filter(({ programs }) => programs.length > 0),
  ];
}

/** Whether a command's own flag stood in the place of a shared one of its name in all releases that had that. */
function covers(own: OldFlag, shared: OldFlag): boolean {
  return (
    own.programs === undefined &&
    shared.until !== null &&
    within(own, shared.since) &&
    within(own, shared.until)
  );
}

/** The releases in which each program had the command, under any name. */
function* livesOf({ programs, spellings }: Gadget): Generator<Span & { readonly program: ProgramId }> {
  for (const [id, span] of Object.entries(programs)) if (isProgram(id)) yield { ...span, program: id };
  yield* spellings;
}

function programSpan(id: string, command: string, { since, until }: Span, knowledge: Knowledge): ProgramSpan {
  const program = knowledge.programs.find((known) => known.id === id);
  if (program === undefined) throw new RangeError(`no program ${id}`);
  return { program: program.id, words: `${program.spellings[0] ?? id} ${command}`, since, until };
}

function isProgram(id: string): id is ProgramId {
  return ["kubectl-gadget", "ig", "gadgetctl", "local-gadget"].includes(id);
}
