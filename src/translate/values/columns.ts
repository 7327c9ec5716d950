import { fieldsOf, filteredSources, printedSources, type Running } from "../../knowledge/lookup.ts";
import { compareReleases, within } from "../../knowledge/releases.ts";
import { columnsOf } from "../../knowledge/layouts.ts";
import type { Gadget, OldColumn } from "../../knowledge/gadget.ts";
import type { Field } from "../../knowledge/image.ts";
import type { FieldMapping } from "../../knowledge/mapping.ts";
import { nearest } from "../../text/nearest.ts";
import type { Note } from "../translation.ts";

/** Where a column is looked up: the gadget that had it, and the image that should have its field. */
export interface ColumnContext extends Running {
  readonly gadget: Gadget;
}

/** The field that a column became, with what a person must check of it; or why there is none. */
export type FoundField =
  | { readonly field: Field; readonly mapping: FieldMapping; readonly doubt: Note | null }
  | { readonly field: null; readonly why: Note };

/** Names of columns that stood for several, in `-o columns=` of v0.21.0 and later. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  k8s: ["k8s.node", "k8s.namespace", "k8s.podName", "k8s.containerName"],
  runtime: [
    "runtime.runtimeName",
    "runtime.containerId",
    "runtime.containerName",
    "runtime.containerImageName",
  ],
};

/** The columns that a name in `-o columns=` stood for, in any case; the empty one for none. */
export function expandColumn(name: string): readonly string[] {
  return name === "" ? [] : (GROUPS[name.toLowerCase()] ?? [name]);
}

/** @param name in any case, as in all releases */
export function fieldOf(name: string, context: ColumnContext): FoundField {
  const column = findColumn(name, context);
  const mapping = column?.to.find((row) => within(row, context.release));
  if (column === undefined) return unknown(name, context);
  if (mapping === undefined) return gone("column-undecided", name);
  const field = mapping.field === null ? null : findField(mapping.field, context);
  if (field === null) return gone("column-gone", name, mapping);
  const differs = mapping.state === "differs" || mapping.state === "none";
  return { field, mapping, doubt: differs ? columnNote("column-differs", name, mapping) : null };
}

/** The newest column of that name. */
function findColumn(name: string, { gadget, program, knowledge }: ColumnContext): OldColumn | undefined {
  return columnsOf(gadget, program, knowledge)
    .filter((column) => column.name.toLowerCase() === name.toLowerCase())
    .sort((a, b) => compareReleases(b.since, a.since))[0];
}

/** Many who write a name that no column had mean that of the JSON key (`latency` for `lat`). */
function unknown(name: string, { gadget, program, knowledge }: ColumnContext): FoundField {
  const columns = columnsOf(gadget, program, knowledge);
  const wanted = name.trim().toLowerCase();
  const sameKey = columns.find(({ json }) => json?.toLowerCase() === wanted);
  const names = columns.map((column) => column.name);
  const near = wanted === "" ? "" : (sameKey?.name ?? nearest(wanted, names) ?? "");
  return { field: null, why: { messageId: "column-unknown", args: { column: name, nearest: near } } };
}

/** A field of the image by its full name. */
function findField(name: string, running: Running): Field | null {
  const sources = [...filteredSources(running), ...printedSources(running).map(({ source }) => source)];
  const fields = sources.flatMap((source) => fieldsOf(running, source));
  return fields.find((field) => field.name === name) ?? null;
}

/**
 * The number behind a text that was made for people (`1.2 kB`), which built-in gadgets sorted by and compared with;
 * images keep it in a field of its own.
 */
export function numberBehind(field: Field, running: Running): Field {
  const raw = field.type === "string" ? findField(`${field.name}_raw`, running) : null;
  return raw !== null && /^(?:u?int|float)/.test(raw.type) ? raw : field;
}

function gone(messageId: string, name: string, mapping?: FieldMapping): FoundField {
  return { field: null, why: columnNote(messageId, name, mapping) };
}

function columnNote(messageId: string, column: string, mapping: FieldMapping | undefined): Note {
  return { messageId, args: { column, field: mapping?.field ?? "", note: mapping?.note ?? "" } };
}
