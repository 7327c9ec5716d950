import {
  defaultColumns,
  fieldsOf,
  findColumn,
  modesOf,
  printedSources,
  type Running,
} from "../../knowledge/lookup.ts";
import type { DataSource } from "../../knowledge/image.ts";
import { isOpen } from "../holes.ts";
import { bad, unknownField, type ValueFault } from "./fault.ts";
import { checkPerSource, namesOf, splitSource } from "./sources.ts";

/** `[DS:]ITEM,...;...` where an item is a column, `+` and a column to add, or `-` and the exact name of one to drop. */
export function checkFields(text: string, running: Running): readonly ValueFault[] {
  const printed = printedSources(running);
  return text.split(";").flatMap((part) => {
    const { name, rest } = splitSource(part);
    if (isOpen(name)) return [];
    const sources =
      name === null
        ? printed.filter(({ source }) => showsColumns(source, running))
        : printed.filter((entry) => entry.name === name);
    if (name !== null && sources.length === 0) return [bad("data-source", name, namesOf(printed))];
    return sources.flatMap(({ source }) => checkColumns(rest, source, running));
  });
}

function showsColumns(source: DataSource, running: Running): boolean {
  return modesOf(running, source)[0] === "columns";
}

function checkColumns(list: string, source: DataSource, running: Running): readonly ValueFault[] {
  const fields = fieldsOf(running, source);
  const items = list.split(",").map((item) => item.trim());
  const chosen = items.filter((item) => item !== "" && !/^[+-]/.test(item));
  const added = items.flatMap((item) => (item.startsWith("+") ? [item.slice(1)] : []));
  const shown = [...(chosen.length > 0 ? chosen : defaultColumns(running, source)), ...added];
  return items.flatMap((item) => {
    if (item === "" || isOpen(item)) return [];
    const name = item.replace(/^[+-]/, "");
    if (item.startsWith("-")) {
      // To take away what is hidden does nothing; what is shown goes only by its exact name.
      const isKnown = shown.includes(name) || fields.some((field) => field.name === name);
      return isKnown ? [] : [unknownField(name, shown, running)];
    }
    return findColumn(fields, name) === null ? [unknownField(name, namesOf(fields), running)] : [];
  });
}

/** `MODE` or `DS:MODE,...`: a mode that no data source has prints nothing, and the program ends well. */
export function checkOutput(text: string, running: Running): readonly ValueFault[] {
  const printed = printedSources(running);
  const all = new Set(printed.flatMap(({ source }) => modesOf(running, source)));
  return checkPerSource(text, namesOf(printed), (mode, name) => {
    const source = printed.find((entry) => entry.name === name)?.source;
    const modes = source === undefined ? [...all] : modesOf(running, source);
    return modes.includes(mode) ? [] : [bad("one-of", mode, modes)];
  });
}
