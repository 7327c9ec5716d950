import { builtinPaths, textOf, type JsonPath } from "../consumers/json-paths.ts";
import { columnsOf } from "../knowledge/layouts.ts";
import { fieldsOf, findColumn, printedSources, type Running } from "../knowledge/lookup.ts";
import { compareReleases, within } from "../knowledge/releases.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { FieldMapping } from "../knowledge/mapping.ts";
import { isEvent, type Event, type OutputFormat } from "./events.ts";

/** What stands at one place of an old event, and where it is today. */
export interface OldField {
  /** As it is printed: a JSON path, or the heading of a column. */
  readonly name: string;
  /** Null: no release had it. */
  readonly mapping: FieldMapping | null;
  /** The field of the image that prints it today; null: none. */
  readonly to: string | null;
  /** Old JSON left it out where it was 0, empty or false. */
  readonly omitted: boolean;
}

/** The values of an event by what they are called: old fields by their name, new ones by that of the image's field. */
export type Values = ReadonlyMap<string, unknown>;

/** Reads events of a built-in gadget. */
export interface OldReader {
  valuesOf(event: Event): Values;
  /** What is known of a name that `valuesOf` gave. */
  field(name: string): OldField;
  /** Names that JSON leaves out where there is nothing to say, by the field that they are today. */
  readonly silent: ReadonlyMap<string, OldField>;
}

export function oldReader(gadget: Gadget, format: OutputFormat, running: Running): OldReader {
  return format === "columns" ? columnsReader(gadget, running) : jsonReader(gadget, running);
}

function jsonReader(gadget: Gadget, running: Running): OldReader {
  const table = builtinPaths(gadget, running);
  const paths = new Map<string, JsonPath>();
  const field = (name: string): OldField => {
    const found = table.find(paths.get(name) ?? name.split("."));
    const to = found?.to == null ? null : textOf(found.to);
    return { name, mapping: found?.mapping ?? null, to, omitted: found?.omitted ?? false };
  };
  const isSplit = (path: JsonPath): boolean => {
    const found = table.find(path);
    return found === null || found.type === "object" || found.to === null;
  };
  const silent = new Map<string, OldField>();
  for (const name of table.names) {
    const found = field(name);
    if (found.omitted && found.to !== null) silent.set(found.to, found);
  }
  return {
    silent,
    field,
    valuesOf(event) {
      const values = new Map<string, unknown>();
      for (const { path, value } of leavesOf(event, [], isSplit)) {
        const name = textOf(path);
        paths.set(name, path);
        values.set(name, value);
      }
      return values;
    },
  };
}

function columnsReader(gadget: Gadget, { knowledge, program, release }: Running): OldReader {
  const columns = columnsOf(gadget, program, knowledge).toSorted((a, b) => compareReleases(b.since, a.since));
  return {
    silent: new Map(),
    valuesOf: (event) => new Map(Object.entries(event)),
    field(name) {
      const column = columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
      const mapping = column?.to.find((row) => within(row, release)) ?? null;
      return { name, mapping, to: mapping?.field ?? null, omitted: false };
    },
  };
}

/** The values of an event that an image printed. */
export function newValues(event: Event, format: OutputFormat, running: Running): Values {
  if (format !== "columns") {
    return new Map(leavesOf(event, [], () => true).map(({ path, value }) => [textOf(path), value]));
  }
  const fields = printedSources(running).flatMap(({ source }) => fieldsOf(running, source));
  return new Map(
    Object.entries(event).map(([heading, value]) => [findColumn(fields, heading)?.name ?? heading, value]),
  );
}

interface Leaf {
  readonly path: JsonPath;
  readonly value: unknown;
}

/** A list of objects is a list of values under each of its keys (`parameters[].name`). */
function leavesOf(value: unknown, path: JsonPath, isSplit: (path: JsonPath) => boolean): readonly Leaf[] {
  if (isEvent(value) && (path.length === 0 || isSplit(path)) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key], isSplit));
  }
  if (!Array.isArray(value) || !value.some(isEvent)) return [{ path, value }];
  const inner = value.flatMap((element) => leavesOf(element, [...path, "[]"], isSplit));
  const byName = new Map(inner.map((leaf) => [textOf(leaf.path), leaf.path]));
  return Array.from(byName, ([name, path]) => ({
    path,
    value: inner.filter((leaf) => textOf(leaf.path) === name).map((leaf) => leaf.value),
  }));
}
