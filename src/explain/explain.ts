import { insteadLines } from "../translate/instead.ts";
import { display } from "../commands/command.ts";
import { fieldsOf, type Running } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Image } from "../knowledge/image.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { FieldMapping, FlagMapping, GadgetMapping, MappingState } from "../knowledge/mapping.ts";
import { sentence } from "../rules/messages.ts";
import { findNewFlag } from "../translate/new-flags.ts";
import { translate } from "../translate/translate.ts";
import type { ProgramId } from "../translate/translation.ts";
import { outputValue } from "../translate/values/output.ts";
import {
  entryOf,
  programFlags,
  type ColumnEntry,
  type FlagEntry,
  type GadgetEntry,
  type JsonEntry,
} from "./entry.ts";

/** What became of a built-in command at one release: each `to` is the one row that holds there. */
export interface Explanation {
  readonly command: string;
  readonly target: string;
  readonly programs: GadgetEntry["programs"];
  readonly olderNames: GadgetEntry["olderNames"];
  readonly positionals: GadgetEntry["positionals"];
  readonly becomes: Becomes;
  readonly flags: readonly At<FlagEntry, FlagMapping>[];
  readonly columns: readonly At<ColumnEntry, FieldMapping>[];
  readonly jsonFields: readonly At<JsonEntry, FieldMapping>[];
  readonly outputs: readonly OutputEntry[];
}

export type At<Entry, Mapping> = Omit<Entry, "to"> & { readonly to: Mapping };

export interface Becomes extends Omit<GadgetMapping, "instead"> {
  readonly manual: boolean;
  /** The release that published the image first; null without image, and for one that is not Inspektor Gadget's. */
  readonly imageSince: string | null;
  /** One for each program that had the command; `manual`: only where a person may start from. */
  readonly commands: readonly { readonly program: ProgramId; readonly words: string }[];
  /** What to type where that is more than an image with flags, for the first program that had it. */
  readonly instead: readonly string[];
}

/** A mode of `-o`, or the only way that the command printed. */
export interface OutputEntry {
  readonly mode: string;
  readonly isDefault: boolean;
  readonly to: { readonly mode: string | null; readonly state: MappingState; readonly note?: string };
}

/**
 * @param target a known release that has images
 * @throws RangeError when the tables do not say what becomes of the command there
 */
export function explain(gadget: Gadget, target: string, knowledge: Knowledge): Explanation {
  const { command, programs, olderNames, positionals, ...entry } = entryOf(gadget, knowledge);
  const row = at(gadget.to, target, command);
  const image = knowledge.images.find(({ name }) => name === row.image) ?? null;
  const place = { gadget, row, image, target, knowledge };
  return {
    command,
    target,
    programs,
    olderNames,
    positionals,
    becomes: {
      ...row,
      manual: row.manual === true,
      imageSince: image?.reference === undefined ? (image?.firstRelease ?? null) : null,
      commands: programs.flatMap(({ program, words }) => newCommand(program, words, place)),
      instead: programs.slice(0, 1).flatMap(({ program, words }) => {
        const named = words.slice(0, -command.length - 1).split(" ");
        const line = { program, words: named.map((word) => [word]), programWords: named.length };
        return insteadLines(row.instead, { line, flags: [], tag: [target] });
      }),
    },
    flags: entry.flags.map((flag) => ({ ...flag, to: flagAt(flag, place) })),
    columns: entry.columns.map((column) => ({ ...column, to: fieldAt(column.to, column.name, place) })),
    jsonFields: entry.jsonFields.map((field) => ({ ...field, to: fieldAt(field.to, field.path, place) })),
    outputs: entry.outputs.map((mode) => outputAt(mode, place)),
  };
}

/** What became of the flags that a program takes itself, whatever the command. */
export function programFlagsAt(target: string, knowledge: Knowledge): readonly At<FlagEntry, FlagMapping>[] {
  return programFlags(knowledge).map((flag) => ({ ...flag, to: at(flag.to, target, flag.name) }));
}

interface Place {
  readonly gadget: Gadget;
  readonly row: GadgetMapping;
  readonly image: Image | null;
  readonly target: string;
  readonly knowledge: Knowledge;
}

function at<Row extends { readonly since?: string; readonly until?: string | null }>(
  rows: readonly Row[],
  target: string,
  what: string,
): Row {
  const row = rows.find((candidate) => within(candidate, target));
  if (row === undefined) throw new RangeError(`nothing says what ${what} is at ${target}`);
  return row;
}

const NO_IMAGE = "No image takes the place of the command.";

function flagAt({ name, to, programs }: FlagEntry, place: Place): FlagMapping {
  const { image, target } = place;
  const row = at(to, target, name);
  if (image === null) return row.state === "none" ? row : { flag: null, ...lost(place, NO_IMAGE) };
  if (row.flag === null) return row;
  const { flag } = row;
  const isThere = runnings(place, image, programs).some((running) => findNewFlag(flag, running) !== null);
  // Translation refuses what the image does not take, so the table must not promise it.
  return isThere ? row : { flag: null, ...lost(place, `${image.name} has no --${flag} at ${target}.`) };
}

function fieldAt(to: readonly FieldMapping[], name: string, place: Place): FieldMapping {
  const { image, target } = place;
  const row = at(to, target, name);
  if (image === null) return row.state === "none" ? row : { field: null, ...lost(place, NO_IMAGE) };
  if (row.field === null) return row;
  const fields = runnings(place, image, image.programs).flatMap((running) =>
    image.dataSources.flatMap((source) => fieldsOf(running, source)),
  );
  // An object of JSON is there when one of its keys is.
  const isThere = ({ name: known }: { readonly name: string }): boolean =>
    known === row.field || known.startsWith(`${row.field ?? ""}.`);
  if (fields.some(isThere)) return row;
  return { field: null, ...lost(place, `${image.name} has no field ${row.field} at ${target}.`) };
}

function lost(
  { row }: Place,
  note = "",
): { readonly state: "none"; readonly note: string; readonly source: string } {
  return { state: "none", note, source: row.source };
}

/** The image as each of the programs, under its name of today, runs it. */
function runnings(
  { knowledge, target }: Place,
  image: Image,
  programs: readonly ProgramId[],
): readonly Running[] {
  const now = knowledge.programs.filter(({ id }) => programs.includes(id)).map((program) => program.now.id);
  return [...new Set(now)].map((program) => ({ knowledge, image, program, release: target }));
}

/** The translation of the command as it stands, without any flag. */
function newCommand(
  program: ProgramId,
  old: string,
  { gadget, target, knowledge }: Place,
): Becomes["commands"] {
  const words = old.split(" ").map((word) => [word]);
  const programWords = words.length - gadget.command.split(" ").length;
  const translated = translate(
    { program, words, programWords, output: { pipe: [], sink: "discarded" }, role: "run" },
    { target, tag: [target], imageStyle: "short", defaults: "keep" },
    knowledge,
  );
  if (translated.state === "fine") return [];
  const made = translated.state === "rewrite" ? translated.words : (translated.nearest ?? []);
  const text = made.map((word) => display("keep" in word ? (words[word.keep] ?? []) : word.write)).join(" ");
  return text === "" ? [] : [{ program, words: text }];
}

function outputAt(mode: string, place: Place): OutputEntry {
  const { gadget, row, image } = place;
  const entry = { mode, isDefault: mode === gadget.defaultOutput };
  if (image === null) return { ...entry, to: { mode: null, state: "none" } };
  if (row.manual === true)
    return { ...entry, to: { mode: null, state: row.state, note: "It is part of what must be rebuilt." } };
  const [running] = runnings(place, image, image.programs);
  const flag = place.knowledge.flagGroups
    .flatMap(({ flags }) => flags)
    .find(({ to }) => to.some(({ value }) => value === "output"));
  const mapping = flag?.to[0];
  if (running === undefined || flag === undefined || mapping === undefined)
    throw new RangeError(`nothing prints ${image.name}`);
  const changed = outputValue("output", [mode], { ...running, gadget, flag, mapping });
  if (changed.manual !== undefined)
    return { ...entry, to: { mode: null, state: "none", note: sentence(changed.manual) } };
  if (changed.flags.length > 0) return { ...entry, to: { mode, state: "same" } };
  return {
    ...entry,
    to: { mode: null, state: row.state, note: "It is what the image shows without a mode." },
  };
}
