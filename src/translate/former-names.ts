import { columnsOf } from "../knowledge/layouts.ts";
import { successorAt, type Running } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import { nearest } from "../text/nearest.ts";
import { findNewFlag } from "./new-flags.ts";
import { allFlags } from "./old-flags.ts";

/**
 * The flag of an image that took the place of one of the built-in gadget (`--max-rows`: `max-entries`), or null.
 * @param name without dashes, a letter where `short`
 */
export function flagThatWas(name: string, short: boolean, running: Running): string | null {
  const { program, release, knowledge } = running;
  for (const gadget of gadgetsBefore(running)) {
    const specs = allFlags(gadget, program, knowledge);
    const row = specs.find((spec) => (short ? spec.shorthand : spec.name) === name)?.row;
    const flag = row?.to.find((mapping) => within(mapping, release))?.flag ?? null;
    if (flag !== null && flag !== name && findNewFlag(flag, running) !== null) return flag;
  }
  return null;
}

/**
 * The field that somebody most likely meant: what the name was before (a column or JSON key of the built-in gadget, a field
 * of another release), the full name of its last part (`comm`: `proc.comm`), or what is spelled alike. Null: none.
 * @param known what it must be one of
 */
export function fieldMeant(name: string, known: readonly string[], running: Running): string | null {
  const before = fieldsThatWere(name, running).find((field) => known.includes(field));
  const last = lastPart(name);
  const parts = known.map(lastPart);
  return (
    before ??
    known[parts.indexOf(last)] ??
    nearest(name, known) ??
    known[parts.indexOf(nearest(last, parts) ?? "")] ??
    null
  );
}

function fieldsThatWere(name: string, running: Running): readonly string[] {
  const { image, program, release, knowledge } = running;
  const wanted = name.toLowerCase();
  const moved = image.dataSources
    .flatMap(({ fields }) => fields)
    .filter((field) => field.name === name)
    .flatMap((field) => successorAt(field, release)?.field ?? []);
  const columns = gadgetsBefore(running)
    .flatMap((gadget) => columnsOf(gadget, program, knowledge))
    .filter((column) => column.name.toLowerCase() === wanted || column.json === name)
    .flatMap(({ to }) => to.find((mapping) => within(mapping, release))?.field ?? []);
  return [...moved, ...columns];
}

function gadgetsBefore({ image, release, knowledge }: Running): readonly Gadget[] {
  return knowledge.gadgets.filter(({ to }) =>
    to.some((row) => row.image === image.name && within(row, release)),
  );
}

function lastPart(name: string): string {
  return name.toLowerCase().split(".").at(-1) ?? "";
}
