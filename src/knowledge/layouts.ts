import type { ProgramId } from "../translate/translation.ts";
import { compareReleases, within } from "./releases.ts";
import type { Gadget, OldColumn } from "./gadget.ts";
import type { Knowledge } from "./knowledge.ts";

/** The columns of a built-in gadget's table, from the left, as all releases of a span showed them. */
export interface OldLayout {
  readonly since: string;
  readonly until: string;
  readonly columns: readonly OldColumn[];
}

/**
 * The tables that a built-in gadget showed when no columns were asked for, newest first: one for each time that a column
 * came, went or moved. A column of the same place and meaning under another name is no other table.
 * @param flags bool flags that the command has; some show columns (`--paths`)
 */
export function oldLayouts(
  gadget: Gadget,
  program: ProgramId,
  flags: ReadonlySet<string>,
  knowledge: Knowledge,
): readonly OldLayout[] {
  const span = gadget.programs[program];
  if (span === undefined) return [];
  const columns = columnsOf(gadget, program, knowledge).filter((column) => isShown(column, program, flags));
  const layouts: OldLayout[] = [];
  for (const { tag } of knowledge.releases) {
    if (!within(span, tag) || compareReleases(tag, FIRST_KNOWN) < 0) continue;
    const shown = columns.filter((column) => within(column, tag));
    const last = layouts.at(-1);
    if (last !== undefined && isSameTable(last.columns, shown)) {
      layouts[layouts.length - 1] = { ...last, until: tag, columns: shown };
    } else if (shown.length > 0) layouts.push({ since: tag, until: tag, columns: shown });
  }
  return layouts.reverse();
}

/** Older releases had other tables for other programs (local-gadget), which no row tells. */
const FIRST_KNOWN = "v0.19.0";

/** All columns that a gadget ever had in a program, in the order of its table: those of containers come first. */
export function columnsOf(
  { columns, commonColumns }: Gadget,
  program: ProgramId,
  knowledge: Knowledge,
): readonly OldColumn[] {
  const all = commonColumns ? [...knowledge.commonColumns, ...columns] : columns;
  return all.filter(({ programs }) => programs?.includes(program) ?? true);
}

/** The column that a release's `-o columns=` meant by a name; names have no case. */
export function findOldColumn(columns: readonly OldColumn[], name: string): OldColumn | null {
  const wanted = name.toLowerCase();
  return columns.findLast((column) => column.name.toLowerCase() === wanted) ?? null;
}

function isShown(
  { visible, shownBy, withFlags }: OldColumn,
  program: ProgramId,
  flags: ReadonlySet<string>,
): boolean {
  return (
    visible &&
    (shownBy?.includes(program) ?? true) &&
    (withFlags === undefined || withFlags.some((flag) => flags.has(flag)))
  );
}

function isSameTable(a: readonly OldColumn[], b: readonly OldColumn[]): boolean {
  const meaning = ({ name, to }: OldColumn): string => to.at(-1)?.field ?? name;
  return a.length === b.length && a.every((column, i) => meaning(column) === (b[i] && meaning(b[i])));
}
