import {
  defaultColumns,
  fieldsOf,
  findColumn,
  headerOf,
  printedSources,
  type Running,
} from "../../knowledge/lookup.ts";
import { columnsOf, findOldColumn, oldLayouts } from "../../knowledge/layouts.ts";
import { within } from "../../knowledge/releases.ts";
import type { Gadget, OldColumn } from "../../knowledge/gadget.ts";
import type { Field } from "../../knowledge/image.ts";
import type { FieldMapping } from "../../knowledge/mapping.ts";
import type { ProgramId } from "../../translate/translation.ts";

/** One column of a table before or after. */
export interface Cell {
  /** As people call it: the column's name, the field's full name. */
  readonly name: string;
  /** As the table is headed. */
  readonly header: string;
  /** The field that has its value today; null: none. */
  readonly field: string | null;
  /** What became of a column of a built-in gadget. */
  readonly mapping: FieldMapping | null;
  /** Whether it may be empty or have blanks, so that words are no columns. */
  readonly mayBlank: boolean;
}

/** The columns of a table from the left; `until`: the last release that showed it. */
export interface Table {
  readonly until: string;
  readonly cells: readonly Cell[];
}

/** What a command's readers got, and what they get once it is rewritten. */
export interface Tables {
  /** By releases, newest first; of a release of an image, one. */
  readonly before: readonly Table[];
  readonly after: readonly Cell[];
  /** The column that was called so at any of these releases, shown or not; names have no case. */
  find(name: string): Cell | null;
  /** Value of `--fields` with which the columns stay where the newest of them were; null where there is none. */
  readonly keep: string | null;
}

/** Tables that are only made when something reads them; null: it is no table whose columns are known. */
export type LateTables = () => Tables | null;

/** What a built-in gadget showed, as far as it is known. */
export interface OldTable {
  readonly gadget: Gadget;
  readonly program: ProgramId;
  /** Bool flags that it was given. */
  readonly flags: ReadonlySet<string>;
  /** What `-o columns=` said, items with their signs; null: nothing. */
  readonly asked: readonly string[] | null;
}

/**
 * The tables of a built-in gadget and of the image that takes its place; null where one of them is not known, or the image
 * shows several.
 * @param fields value of the new command's `--fields`; null: none
 */
export function builtinTables(old: OldTable, fields: string | null, running: Running): Tables | null {
  const { knowledge, release } = running;
  const after = shownFields(fields, running);
  if (after === null) return null;
  const all = columnsOf(old.gadget, old.program, knowledge);
  const layouts = oldLayouts(old.gadget, old.program, old.flags, knowledge);
  const cell = (column: OldColumn): Cell => {
    const mapping = column.to.find((row) => within(row, release)) ?? null;
    const field = findField(mapping?.field ?? "", running);
    const mayHoldBlanks = mayBlank(field ?? everField(column, running));
    return {
      name: column.name,
      header: column.name.toUpperCase(),
      field: field?.name ?? null,
      mapping,
      mayBlank: mayHoldBlanks,
    };
  };
  const before = layouts.map(({ until, columns }): Table => {
    const names = columns.map(({ name }) => name);
    const shown = asked(old.asked, names).flatMap(
      (name) => columns.find((column) => column.name === name) ?? findOldColumn(all, name) ?? [],
    );
    return { until, cells: shown.map(cell) };
  });
  const tables = old.asked?.every((item) => !/^[+-]/.test(item)) === true ? before.slice(0, 1) : before;
  const newest = tables[0]?.cells ?? [];
  const kept = newest.flatMap(({ field }) => field ?? []);
  const keep = fields === null && kept.length === newest.length ? kept.join(",") : null;
  const find = (name: string): Cell | null => {
    const column = findOldColumn(all, name);
    return column === null ? null : cell(column);
  };
  return tables.length === 0 ? null : { before: tables, after, find, keep };
}

/**
 * The tables of an image at two releases.
 * @param now the field of today that has the value of one of before; null: none
 */
export function imageTables(
  before: { readonly running: Running; readonly fields: string | null },
  after: { readonly running: Running; readonly fields: string | null },
  now: (field: Field) => { readonly name: string | null; readonly mapping: FieldMapping },
): Tables | null {
  const { running } = before;
  const [printed] = printedSources(running);
  const was = shownFields(before.fields, running);
  const is = shownFields(after.fields, after.running);
  if (printed === undefined || was === null || is === null) return null;
  const all = fieldsOf(running, printed.source);
  const moved = (cell: Cell): Cell => {
    const field = all.find(({ name }) => name === cell.field);
    return field === undefined ? { ...cell, field: null } : { ...cell, ...fieldOf(now(field)) };
  };
  const cells = was.map(moved);
  const find = (name: string): Cell | null => {
    const [cell] = shownFields(name, running) ?? [];
    return cell === undefined ? null : moved(cell);
  };
  const kept = cells.flatMap(({ field }) => field ?? []);
  const keep = after.fields === null && kept.length === cells.length ? kept.join(",") : null;
  return { before: [{ until: running.release, cells }], after: is, find, keep };
}

function fieldOf({
  name,
  mapping,
}: {
  readonly name: string | null;
  readonly mapping: FieldMapping;
}): Pick<Cell, "field" | "mapping"> {
  return { field: name, mapping };
}

/** Fields that the table of an image shows; null for none, and for several tables. */
function shownFields(fields: string | null, running: Running): readonly Cell[] | null {
  const [printed, more] = printedSources(running);
  if (printed === undefined || more !== undefined) return null;
  const all = fieldsOf(running, printed.source);
  const items = fields === null ? null : fields.replace(/^[\w-]+:/, "").split(",");
  if (items?.some((item) => item.includes(";") || item.includes(":")) === true) return null;
  return asked(items, defaultColumns(running, printed.source)).flatMap((name) => {
    const field = findColumn(all, name);
    const shown = field === null ? null : (textOf(field, all) ?? field);
    if (field === null || shown === null) return [];
    return {
      name: field.name,
      header: headerOf(field, all),
      field: shown.name,
      mapping: null,
      mayBlank: mayBlank(shown),
    };
  });
}

/** The text that the table shows for an address with its parts (pkg/operators/formatters: the parts, joined). */
function textOf({ name, type }: Field, all: readonly Field[]): Field | null {
  if (type !== "struct") return null;
  const find = (part: string): Field | undefined => all.find((field) => field.name === `${name}.${part}`);
  return find("endpoint") ?? find("addr") ?? null;
}

/** A list of columns, or of those that come (`+a`) and go (`-a`). */
function asked(items: readonly string[] | null, shown: readonly string[]): readonly string[] {
  if (items === null) return shown;
  const named = items.filter((item) => !/^[+-]/.test(item));
  const gone = new Set(
    items.filter((item) => item.startsWith("-")).map((item) => item.slice(1).toLowerCase()),
  );
  const added = items.filter((item) => item.startsWith("+")).map((item) => item.slice(1));
  const base = named.length > 0 ? named : shown;
  const kept = base.filter((name) => !gone.has(name.toLowerCase()));
  return [...kept, ...added.filter((name) => !kept.includes(name))];
}

function findField(name: string, running: Running): Field | null {
  const fields = printedSources(running).flatMap(({ source }) => fieldsOf(running, source));
  return fields.find((field) => field.name === name) ?? null;
}

/** A field that has the column's value at some release: it is of the same type. */
function everField({ to }: OldColumn, { image }: Running): Field | null {
  const names = new Set(to.map(({ field }) => field));
  return image.dataSources.flatMap(({ fields }) => fields).find(({ name }) => names.has(name)) ?? null;
}

/** Numbers and truth values are one word each, always. */
function mayBlank(field: Field | null): boolean {
  return field === null || !/^(?:u?int\d*|float\d*|bool)$/.test(field.type);
}
