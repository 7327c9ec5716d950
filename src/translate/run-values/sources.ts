import { filteredSources, printedSources, type Running } from "../../knowledge/lookup.ts";
import type { DataSource } from "../../knowledge/image.ts";
import { isOpen } from "../holes.ts";
import { bad, type ValueFault } from "./fault.ts";

/** `VALUE` or `DS:VALUE,...` (pkg/gadget-service/api-helpers). */
export function checkPerSource(
  text: string,
  names: readonly string[],
  check: (item: string, source: string | null) => readonly ValueFault[],
): readonly ValueFault[] {
  const items = text
    .split(",")
    .filter((item) => item !== "")
    .map(splitSource);
  if (items.length > 1 && items.some(({ name }) => name === null)) return [bad("data-source", text, names)];
  return items.flatMap(({ name, rest }) => {
    if (isOpen(name)) return [];
    if (name !== null && !names.includes(name)) return [bad("data-source", name, names)];
    return isOpen(rest) ? [] : check(rest, name);
  });
}

export function splitSource(part: string): { readonly name: string | null; readonly rest: string } {
  const colon = part.indexOf(":");
  return colon < 0 ? { name: null, rest: part } : { name: part.slice(0, colon), rest: part.slice(colon + 1) };
}

/** What agents and those who print know it by, which are two names for arrays collected from several nodes. */
export function sourceNames(running: Running): readonly string[] {
  return [...new Set(namesOf([...printedSources(running), ...filteredSources(running)]))];
}

/** Every data source that has the name on one side or the other; all of them without a name. */
export function sourcesNamed(name: string | null, running: Running): readonly DataSource[] {
  const printed = printedSources(running).filter((entry) => name === null || entry.name === name);
  const filtered = filteredSources(running).filter((source) => name === null || source.name === name);
  return [...new Set([...printed.map(({ source }) => source), ...filtered])];
}

export function namesOf(named: readonly { readonly name: string }[]): readonly string[] {
  return named.map(({ name }) => name);
}
