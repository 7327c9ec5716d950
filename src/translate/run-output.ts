import { display, literal } from "../commands/command.ts";
import { imagePaths, movedPaths } from "../consumers/json-paths.ts";
import { imageTables, type Tables } from "../consumers/table/tables.ts";
import { printedSources, type Running } from "../knowledge/lookup.ts";
import type { Field } from "../knowledge/image.ts";
import { type Events, type ReadOutput, readOutput } from "./consumers.ts";
import { knownTexts } from "./known-texts.ts";
import type { RunChange } from "./run-change.ts";
import type { RunFlagUse } from "./run-changes.ts";
import { fieldAt } from "./run-fields.ts";
import type { CommandLine } from "./translation.ts";

const NOTHING: ReadOutput = { doubts: [], readers: [], findings: [] };

/** What becomes of those that read the output, which may find other columns or keys once the image is of another release. */
export function outputMoves(line: CommandLine, uses: readonly RunFlagUse[], change: RunChange): ReadOutput {
  const { from, to } = change;
  const { release } = from;
  if (release === null || (release === to.release && from.image === to.image && !changesFields(uses)))
    return NOTHING;
  const modes = outputModes(uses);
  const before = { ...from, release };
  const tables = (): Tables | null => tablesOf(before, uses, change);
  const events = eventsOf(before, change);
  const read = readOutput(line.output, { modes, events, tables, gadget: from.image.name }, from.knowledge);
  if (read.doubts.length === 0 && read.readers.length === 0) return read;
  const isTable = modes.every((mode) => mode === "columns");
  const isSame = isTable ? isSameTable(tables()) : isSameJson(before, events);
  return isSame && read.readers.length === 0 && read.findings.length === 0 ? NOTHING : read;
}

function eventsOf(before: Running, change: RunChange): Events | null {
  const [was, more] = printedSources(before);
  const [is, others] = printedSources(change.to);
  if (was === undefined || is === undefined || more !== undefined || others !== undefined) return null;
  const table = movedPaths(before, change.to, (field) => fieldAt(field, was.source, change));
  const now = (): readonly string[] => imagePaths(change.to).names;
  return { table, now, wereArrays: was.source.kind === "array", areArrays: is.source.kind === "array" };
}

/** Null where the columns that are asked for are known only at run time, or the image shows several tables. */
function tablesOf(before: Running, uses: readonly RunFlagUse[], change: RunChange): Tables | null {
  const [was] = printedSources(before);
  if (was === undefined) return null;
  const asked = uses.findLast(({ use }) => use.spec?.name === "fields");
  const fields = asked === undefined ? null : literal(asked.use.value ?? []);
  const next = asked?.flags.find(({ name }) => name === "fields")?.value;
  const isKnown = asked === undefined || (fields !== null && next != null && literal(next) !== null);
  // What stood in -o was never printed.
  const isOther = uses.some(({ use }) => /^(?:custom-)?columns=/.test(display(use.value ?? [])));
  if (!isKnown || isOther) return null;
  const now = (field: Field): ReturnType<typeof fieldAt> => fieldAt(field, was.source, change);
  return imageTables(
    { running: before, fields },
    { running: change.to, fields: next == null ? null : literal(next) },
    now,
  );
}

function isSameTable(tables: Tables | null): boolean {
  if (tables === null) return false;
  const [before] = tables.before;
  const isDifferent = before?.cells.some(({ mapping }) => mapping?.state === "differs") ?? true;
  const names = (cells: Tables["after"]): string => cells.map(({ field }) => field ?? "").join();
  return !isDifferent && names(before?.cells ?? []) === names(tables.after);
}

/** More keys hurt no reader. */
function isSameJson(before: Running, events: Events | null): boolean {
  if (events === null) return false;
  const types = imagePaths(before);
  return events.table.names.every((name) => {
    const found = events.table.find(name.split("."));
    const type = types.find(name.split("."))?.type;
    return found?.to?.join(".") === name && found.mapping.state !== "differs" && found.type === type;
  });
}

/** The modes that `-o` may have; a table where that is known only at run time. */
export function outputModes(uses: readonly RunFlagUse[]): readonly string[] {
  const value = uses.flatMap(({ flags }) => flags).findLast(({ name }) => name === "output")?.value;
  return value == null ? ["columns"] : (knownTexts(value) ?? ["columns"]);
}

function changesFields(uses: readonly RunFlagUse[]): boolean {
  return uses.some(({ flags, isChanged }) => isChanged && flags.some(({ name }) => name === "fields"));
}
