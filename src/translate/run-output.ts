import { defaultColumns, fieldsOf, printedSources, type Running } from "../knowledge/lookup.ts";
import { readOutput } from "./consumers.ts";
import { knownTexts } from "./known-texts.ts";
import type { RunChange } from "./run-change.ts";
import type { RunFlagUse } from "./run-changes.ts";
import type { CommandLine, Note } from "./translation.ts";

/** What reads the output may find other columns or keys once the image is of another release. */
export function outputMoves(
  line: CommandLine,
  uses: readonly RunFlagUse[],
  { from, to }: RunChange,
): readonly Note[] {
  const { release } = from;
  if (release === null || (release === to.release && from.image === to.image && !changesFields(uses)))
    return [];
  const modes = outputModes(uses);
  const printed = { modes, events: null, tables: () => null, gadget: from.image.name };
  const { doubts } = readOutput(line.output, printed, from.knowledge);
  if (doubts.length === 0 || changesFields(uses)) return doubts;
  const before = { ...from, release };
  const isTable = modes.every((mode) => mode === "columns");
  const isSame = isTable
    ? columns(before) === columns(to)
    : [...keys(before)].every((key) => keys(to).has(key));
  return isSame ? [] : doubts;
}

/** The modes that `-o` may have; a table where that is known only at run time. */
export function outputModes(uses: readonly RunFlagUse[]): readonly string[] {
  const value = uses.flatMap(({ flags }) => flags).findLast(({ name }) => name === "output")?.value;
  return value == null ? ["columns"] : (knownTexts(value) ?? ["columns"]);
}

function changesFields(uses: readonly RunFlagUse[]): boolean {
  return uses.some(({ flags, isChanged }) => isChanged && flags.some(({ name }) => name === "fields"));
}

function columns(running: Running): string {
  return printedSources(running)
    .map(({ source }) => defaultColumns(running, source).join())
    .join(";");
}

/** The keys of JSON with their types; more of them hurt no reader. */
function keys(running: Running): ReadonlySet<string> {
  const fields = printedSources(running).flatMap(({ source }) => fieldsOf(running, source));
  return new Set(fields.flatMap(({ name, json }) => (json === null ? [] : [`${name} ${json}`])));
}
