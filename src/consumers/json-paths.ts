import { columnsOf } from "../knowledge/layouts.ts";
import { fieldsOf, printedSources, type Running } from "../knowledge/lookup.ts";
import { compareReleases, within } from "../knowledge/releases.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Field } from "../knowledge/image.ts";
import type { FieldMapping } from "../knowledge/mapping.ts";
import { nearest } from "../text/nearest.ts";

/** Keys from an event down, `[]` for the elements of an array: `["parameters", "[]", "name"]`. */
export type JsonPath = readonly string[];

/** What became of one JSON path of an old event. */
export interface FoundPath {
  /** Where it is today; null: nowhere. */
  readonly to: JsonPath | null;
  readonly mapping: FieldMapping;
  /** Whether old JSON left the key out where its value was 0 or empty, which no image does. */
  readonly omitted: boolean;
  /** JSON's type today. */
  readonly type: string;
}

/** Old JSON paths of one command, and where they are today. */
export interface PathTable {
  /** Null: no event ever had this path. */
  find(path: JsonPath): FoundPath | null;
  /** A path that is spelled almost like one that nothing had. */
  nearest(path: JsonPath): string | null;
  /** All paths that there were, as people write them. */
  readonly names: readonly string[];
}

interface Row {
  readonly json: string;
  readonly since: string;
  readonly to: readonly FieldMapping[];
  readonly always: boolean;
}

/** The paths that the JSON of a built-in gadget had, as an image prints them; made when the first one is asked for. */
export function builtinPaths(gadget: Gadget, running: Running): PathTable {
  let made: ReadonlyMap<string, Row> | undefined;
  let types: ReadonlyMap<string, string> | undefined;
  const rows = (): ReadonlyMap<string, Row> => (made ??= rowsOf(gadget, running));
  const find = (path: JsonPath): FoundPath | null => {
    types ??= jsonFields(running);
    const row = rows().get(textOf(path));
    const mapping = row?.to.find((candidate) => within(candidate, running.release));
    if (row === undefined || mapping === undefined) return null;
    const { field } = mapping;
    const type = field === null ? undefined : types.get(field);
    const to = field === null || type === undefined ? null : field.split(".");
    const omitted = !row.always && type !== "boolean" && type !== "object";
    return { to, mapping, omitted, type: type ?? "" };
  };
  return {
    find,
    nearest: (path) => nearest(textOf(path), rows().keys()),
    get names() {
      return [...rows().keys()];
    },
  };
}

/** The paths that the JSON of an image has, each where it is. */
export function imagePaths(running: Running): PathTable {
  const types = jsonFields(running);
  const find = (path: JsonPath): FoundPath | null => {
    const type = types.get(path.join("."));
    return type === undefined ? null : { to: path, mapping: STAYS, omitted: false, type };
  };
  return { find, nearest: () => null, names: [...types.keys()] };
}

/**
 * The paths that the JSON of an image had at one release, as it prints them at another.
 * @param now the field of today that has the value of one of before; null: none
 */
export function movedPaths(
  before: Running,
  after: Running,
  now: (field: Field) => { readonly name: string | null; readonly mapping: FieldMapping },
): PathTable {
  const was = jsonFields(before);
  const is = jsonFields(after);
  const fields = printedSources(before).flatMap(({ source }) => fieldsOf(before, source));
  const find = (path: JsonPath): FoundPath | null => {
    const name = path.join(".");
    const field = fields.find((one) => one.name === name);
    const type = was.get(name);
    if (type === undefined) return null;
    if (field === undefined) return { to: is.has(name) ? path : null, mapping: STAYS, omitted: false, type };
    const { name: next, mapping } = now(field);
    const to = next === null || !is.has(next) ? null : next.split(".");
    return { to, mapping, omitted: false, type: is.get(next ?? "") ?? type };
  };
  return { find, nearest: () => null, names: [...was.keys()] };
}

const STAYS: FieldMapping = { field: null, state: "same", source: "" };

/** How people write a path: `parameters[].name`. */
export function textOf(path: JsonPath): string {
  return path.map((key, i) => (key === "[]" ? key : (i === 0 ? "" : ".") + key)).join("");
}

/** The newest row of each path. */
function rowsOf(gadget: Gadget, { program, knowledge }: Running): ReadonlyMap<string, Row> {
  const columns = columnsOf(gadget, program, knowledge);
  const fields = [...gadget.jsonFields, ...(gadget.commonColumns ? knowledge.commonJsonFields : [])];
  const rows: readonly Row[] = [
    ...columns.flatMap(({ json, since, to, always = false }) =>
      json === null ? [] : [{ json, since, to, always }],
    ),
    ...fields.map(({ path, since, to, always = false }) => ({ json: path, since, to, always })),
  ];
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const known = newest.get(row.json);
    if (known === undefined || compareReleases(row.since, known.since) > 0) newest.set(row.json, row);
  }
  return newest;
}

/** What an image prints as JSON: full names of fields, and of the objects that hold them, with their types. */
function jsonFields(running: Running): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const { source } of printedSources(running)) {
    for (const { name, json } of fieldsOf(running, source)) {
      if (json === null) continue;
      types.set(name, json);
      const parts = name.split(".");
      for (let i = 1; i < parts.length; i++) {
        const parent = parts.slice(0, i).join(".");
        if (!types.has(parent)) types.set(parent, "object");
      }
    }
  }
  return types;
}
