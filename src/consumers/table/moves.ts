import type { Value } from "../../commands/command.ts";
import type { Edit } from "../../text/edits.ts";
import type { Note } from "../../translate/translation.ts";
import type { ColumnUse, TableRead } from "./read.ts";
import type { Cell, Table, Tables } from "./tables.ts";
import { readLists } from "./words.ts";

/** What a reader of a table finds elsewhere today. */
export interface Moves {
  /** None: all that it reads is where it was. */
  readonly notes: readonly Note[];
  /** Changes of its words after which it reads the same columns; null where that is not sure. */
  readonly edits: readonly WordEdit[] | null;
}

export interface WordEdit extends Edit {
  readonly word: number;
}

/** What moves for a reader of a table. @param command as it is shown to people */
export function movesOf(read: TableRead, tables: Tables, command: string): Moves {
  const moved = read.columns.map((use) => moveOf(use, tables));
  const notes = [
    ...moved.flatMap(({ note }) => note ?? []),
    ...read.patterns.flatMap((pattern) => changedTexts(pattern, tables)),
    ...(read.countsCharacters && isOtherTable(tables)
      ? [{ messageId: "characters-move", args: { command } }]
      : []),
  ];
  if (notes.length === 0) return { notes, edits: [] };
  const blanks = [...new Set(moved.flatMap(({ blanks: names }) => names))];
  const args = { columns: listed(blanks) };
  const edits = moved.map(({ edit }) => edit);
  const isSure = notes.length === moved.filter(({ note }) => note !== null).length && !edits.includes(null);
  return {
    notes: [
      ...notes,
      ...(blanks.length > 0 ? [{ messageId: "cells-with-blanks", args }] : []),
      ...(tables.keep === null || read.columns.length === 0
        ? []
        : [{ messageId: "columns-kept-by", args: { fields: tables.keep } }]),
    ],
    edits: isSure ? edits.flatMap((edit) => (edit === null || edit === "none" ? [] : [edit])) : null,
  };
}

/** What lists of columns' names in the words of a reader are today; none where nothing changed. */
export function movedLists(words: readonly Value[], tables: Tables): readonly Note[] {
  const { after } = tables;
  return readLists(words, (name) => tables.find(name) !== null).flatMap((list) => {
    const items = list.split(",");
    const now = items.map((item) => {
      const cell = tables.find(item.trim());
      const shown = after.find(({ field }) => cell?.field != null && field === cell.field);
      return cell === null ? item : (shown?.header ?? `(no ${cell.header})`);
    });
    const isSame = now.every((header, i) => header === items[i]?.trim().toUpperCase());
    if (isSame && !isOtherTable(tables)) return [];
    const headers = after.map(({ header }) => header).join(",");
    const args = { list, now: isSame ? "" : now.join(","), headers };
    return [{ messageId: "column-list", args }];
  });
}

interface Move {
  readonly note: Note | null;
  /** `none`: it can stay as it is; null: nothing is sure to read the same. */
  readonly edit: WordEdit | "none" | null;
  /** Columns before it that may be no word or several, and were not there. */
  readonly blanks: readonly string[];
}

const STAYS: Move = { note: null, edit: "none", blanks: [] };

function moveOf(use: ColumnUse, { before, after }: Tables): Move {
  const { code, index, number } = use;
  const [table] = before.filter(({ cells }) => cells.at(index) !== undefined);
  const cell = table?.cells.at(index);
  if (table === undefined || cell === undefined) return STAYS;
  const args = { code, column: cell.name.toUpperCase(), older: olderColumns(cell, index, before) };
  const note = cell.mapping?.note ?? "";
  if (cell.field === null) {
    return { note: { messageId: "column-lost", args: { ...args, note } }, edit: null, blanks: [] };
  }
  const at = after.findIndex(({ field }) => field === cell.field);
  const field = { ...args, field: cell.field };
  if (at < 0) return { note: { messageId: "column-hidden", args: field }, edit: null, blanks: [] };
  const blanks = newBlanks(table, index, after, at);
  const isThere = index < 0 ? at - after.length === index : at === index;
  const differs = cell.mapping?.state === "differs";
  if (isThere && args.older === "" && !differs && blanks.length === 0) return STAYS;
  const place = {
    ...field,
    field: after[at]?.name ?? cell.field,
    at: String(at + 1),
    count: String(after.length),
    note: differs ? note : "",
  };
  const messageId = isThere && args.older === "" ? "column-other-text" : "column-moves";
  const isSure =
    args.older === "" && !differs && blanks.length === 0 && index >= 0 && sameBlanks(table, index, after, at);
  const edit =
    isSure && number !== null ? { ...number.range, text: String(at + 1), word: number.word } : null;
  if (isThere && !differs && args.older === "") return { note: null, edit, blanks };
  return { note: { messageId, args: place }, edit, blanks };
}

/** What older releases had at the same place, where that was another column: `TID up to v0.36.1`. */
function olderColumns(cell: Cell, index: number, before: readonly Table[]): string {
  const others: string[] = [];
  let last = cell.name;
  for (const { until, cells } of before.toReversed()) {
    const name = cells.at(index)?.name;
    if (name === undefined || sameColumn(cells.at(index), cell)) continue;
    last = name.toUpperCase();
    const said = `${last} up to ${until}`;
    const known = others.findIndex((text) => text.startsWith(`${last} up to`));
    if (known >= 0) others[known] = said;
    else others.push(said);
  }
  return others.reverse().join(", ");
}

function sameColumn(a: Cell | undefined, b: Cell): boolean {
  return a !== undefined && (a.field === null ? a.name === b.name : a.field === b.field);
}

/** Names of columns that stand before a place today, and may be empty or have blanks, which were not before. */
function newBlanks({ cells }: Table, index: number, after: readonly Cell[], at: number): readonly string[] {
  const before = index < 0 ? cells.slice(cells.length + index + 1) : cells.slice(0, index);
  const now = index < 0 ? after.slice(at + 1) : after.slice(0, at);
  const known = new Set(before.map(({ field }) => field));
  return now.filter(({ field, mayBlank }) => mayBlank && !known.has(field)).map(({ name }) => name);
}

function sameBlanks({ cells }: Table, index: number, after: readonly Cell[], at: number): boolean {
  const blanks = (list: readonly Cell[]): string =>
    list
      .flatMap(({ field, name, mayBlank }) => (mayBlank ? [field ?? name] : []))
      .sort()
      .join();
  return blanks(cells.slice(0, index)) === blanks(after.slice(0, at));
}

function isOtherTable({ before, after }: Pick<Tables, "before" | "after">): boolean {
  const fields = (cells: readonly Cell[]): string => cells.map(({ field }) => field ?? "").join();
  return before.some(({ cells }) => fields(cells) !== fields(after));
}

/** What a pattern looks for that is written in another way today. */
function changedTexts(pattern: string, { before, after }: Tables): readonly Note[] {
  const cells = new Map(before.flatMap(({ cells: all }) => all).map((cell) => [cell.name, cell]));
  const headers = new Set(after.map(({ header }) => header));
  const words = new Set(pattern.match(/[A-Za-z_][\w.]*/g) ?? []);
  return [...cells.values()].flatMap((cell): readonly Note[] => {
    const name = cell.header;
    const notes: Note[] = [];
    if (words.has(name) && !headers.has(name)) {
      const shown = after.find(({ field }) => field === cell.field);
      notes.push({ messageId: "header-changed", args: { header: name, now: shown?.header ?? "" } });
    }
    for (const [old, now] of Object.entries(cell.mapping?.values ?? {})) {
      if (old === now || !looksFor(pattern, words, old)) continue;
      notes.push({ messageId: "text-changed", args: { before: old, after: now, column: name } });
    }
    return notes;
  });
}

/** Whether a pattern looks for a text; a letter or two (`C`) must be all of it. */
function looksFor(pattern: string, words: ReadonlySet<string>, text: string): boolean {
  if (text.length < 3) return pattern.replace(/^[\^\s]+|[$\s]+$/g, "") === text;
  return text.includes(" ") ? pattern.includes(text) : words.has(text);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
