import { fieldsOf, type Running } from "../../knowledge/lookup.ts";
import type { DataSource } from "../../knowledge/image.ts";
import { isOpen } from "../holes.ts";
import { bad, unknownField, type ValueFault } from "./fault.ts";
import { kindOf } from "./field-kind.ts";
import { namesOf, sourceNames, sourcesNamed, splitSource } from "./sources.ts";

/** `[DS:][-]FIELD,...;...`: arrays only, fields by their exact names. */
export function checkSort(text: string, running: Running): readonly ValueFault[] {
  const names = sourceNames(running);
  const parts = text
    .split(";")
    .filter((part) => part !== "")
    .map(splitSource);
  if (parts.length > 1 && parts.some(({ name }) => name === null)) return [bad("data-source", text, names)];
  return parts.flatMap(({ name, rest }) => {
    if (isOpen(name)) return [];
    if (name !== null && !names.includes(name)) return [bad("data-source", name, names)];
    const sorted = sourcesNamed(name, running);
    const single = sorted.find((source) => source.kind === "single");
    if (single !== undefined) return [bad("array-data-source", single.name)];
    return sorted.flatMap((source) =>
      rest.split(",").flatMap((item) => checkSortField(item, source, running)),
    );
  });
}

function checkSortField(item: string, source: DataSource, running: Running): readonly ValueFault[] {
  if (isOpen(item)) return [];
  const name = item.replace(/^-/, "");
  const fields = fieldsOf(running, source);
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) return [unknownField(name, namesOf(fields), running)];
  return kindOf(field) === "other" || kindOf(field) === "bool" ? [bad("plain-field", name)] : [];
}
