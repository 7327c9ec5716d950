import { display, literal, type Value } from "../commands/command.ts";
import { filteredSources, type Running } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { FlagType, OldFlag } from "../knowledge/flag.ts";
import type { FlagMapping } from "../knowledge/mapping.ts";
import type { FlagUse } from "./flags.ts";
import { joined } from "./image-ref.ts";
import { findNewFlag } from "./new-flags.ts";
import { allFlags, fits, parses, type OldSpec } from "./old-flags.ts";
import type { GadgetLine } from "./parse.ts";
import type { CommandLine, Note, ProgramId } from "./translation.ts";
import { nearestFlag } from "./unknown.ts";
import { isTrue, VALUE_CHANGES, type NewFlagUse } from "./values.ts";
import { toNanoseconds } from "./values/duration.ts";
import { bothHold } from "./values/expression.ts";

/** What one flag of the old command becomes; no flags: it is dropped. */
export interface FlagChange {
  readonly use: FlagUse<OldSpec>;
  readonly flags: readonly NewFlagUse[];
  readonly doubts: readonly Note[];
  /** Doubts that hold only where the output is a table. */
  readonly tableDoubts: readonly Note[];
  readonly manual: Note | null;
}

const DROPPED = { flags: [], doubts: [], tableDoubts: [], manual: null } as const;

/** What becomes of each flag of a line, in order. */
export function changeFlags(parsed: GadgetLine, line: CommandLine, running: Running): readonly FlagChange[] {
  const { gadget, uses } = parsed;
  const changes = uses.map((use, i) => {
    if (isOverruled(use, uses.slice(i + 1))) return { ...DROPPED, use };
    if (!isListForFilter(use, running)) return changeFlag(use, gadget, line.program, running);
    const [first, ...more] = uses.filter((other) => other.spec?.name === use.spec?.name);
    return first === use
      ? changeFlag(asOneList(use, more), gadget, line.program, running)
      : { ...DROPPED, use };
  });
  const named = [...positionalChange(parsed, line, running), ...namedPositionals(parsed, line)];
  const merged = mergeLists([...changes, ...named], running);
  return withoutRepeats(merged).map((change) => ({
    ...change,
    flags: change.flags.map((flag) => perDataSource(flag, running)),
  }));
}

/** Two old flags may have become one (`--cwd --paths`): the later one says it. */
function withoutRepeats(changes: readonly FlagChange[]): readonly FlagChange[] {
  return changes.map((change, i) => {
    const later = changes.slice(i + 1).filter(({ use }) => use.spec?.name !== change.use.spec?.name);
    const saidLater = new Set(later.flatMap(({ flags }) => flags.map(({ name }) => name)));
    const flags = change.flags.filter(({ name }) => !saidLater.has(name));
    return flags.length === change.flags.length ? change : { ...change, flags };
  });
}

/** Of a flag that does not add up, the last use counts. */
function isOverruled({ spec }: FlagUse<OldSpec>, later: readonly FlagUse<OldSpec>[]): boolean {
  if (spec?.row == null || isList(spec.row.type)) return false;
  return later.some((use) => use.spec?.name === spec.name);
}

/** Of filters all must hold, of a list one must, so that a list may not be split over several filters. */
function isListForFilter({ spec }: FlagUse<OldSpec>, { release }: Running): boolean {
  if (spec?.row == null || !isList(spec.row.type)) return false;
  return spec.row.to.some((row) => within(row, release) && row.fields !== undefined);
}

function asOneList(use: FlagUse<OldSpec>, more: readonly FlagUse<OldSpec>[]): FlagUse<OldSpec> {
  return {
    ...use,
    value: joined([...(use.value ?? []), ...more.flatMap(({ value }) => [",", ...(value ?? [])])]),
  };
}

function isList(type: FlagType | undefined): boolean {
  return type === "stringSlice" || type === "stringArray";
}

function changeFlag(
  use: FlagUse<OldSpec>,
  gadget: GadgetLine["gadget"],
  program: ProgramId,
  running: Running,
): FlagChange {
  const { spec } = use;
  if (spec === null) return neverExisted(use, gadget, program, running);
  const { row } = spec;
  if (row === null) return { ...DROPPED, use, flags: [{ name: spec.name, value: use.value }] };
  const mapping = row.to.find((candidate) => within(candidate, running.release));
  const flag = `--${row.name}`;
  if (mapping === undefined) {
    return { ...DROPPED, use, manual: { messageId: "flag-undecided", args: { flag } } };
  }

  const note = mapping.note ?? "";
  if (mapping.manual === true) return refused(use, { messageId: "flag-manual", args: { flag, note } });
  const isGone = mapping.flag === null && mapping.fields === undefined;
  const isWithoutDoubt =
    mapping.fields !== undefined || ((isGone || row.type === "bool") && isDefault(use, row));
  const own = isWithoutDoubt ? [] : doubtsOf(row, mapping);
  const [doubts, tableDoubts] = mapping.onlyIn === undefined ? [own, []] : [[], own];
  if (isGone) return { ...DROPPED, use, doubts, tableDoubts };

  const usable = usableValue(use, spec);
  const change = VALUE_CHANGES[mapping.value ?? "same"];
  if (use.value === null && spec.takesValue) {
    return refused(use, { messageId: "missing-value", args: { flag: row.name } });
  }
  if (usable === null || change === undefined) {
    return refused(use, { messageId: "value-never-valid", args: { flag, value: display(use.value ?? []) } });
  }
  const changed = change(mapping.flag ?? "", usable.value, { gadget, flag: row, mapping, ...running });
  return {
    use,
    flags: changed.flags,
    doubts: [...doubts, ...usable.doubts, ...changed.doubts],
    tableDoubts,
    manual: changed.manual ?? null,
  };
}

/** Whether a flag says what holds without it. */
function isDefault({ value }: FlagUse<OldSpec>, { type, default: byDefault }: OldFlag): boolean {
  const text = value === null ? "true" : literal(value);
  if (text === null || byDefault === null) return false;
  if (type === "bool") return isTrue(text) === isTrue(byDefault);
  if (type === "duration")
    return toNanoseconds(text) !== null && toNanoseconds(text) === toNanoseconds(byDefault);
  if (type === "int" || type === "uint") return text !== "" && Number(text) === Number(byDefault);
  return text === byDefault;
}

/** A word that older releases read as the value of what became a flag (`top file 5`), and newer ones ignore. */
function positionalChange(
  { gadget, positionals, uses }: GadgetLine,
  { words, program }: CommandLine,
  running: Running,
): readonly FlagChange[] {
  const [wordIndex] = positionals;
  const [positional] = gadget.positionals;
  if (wordIndex === undefined || positional === undefined) return [];
  const flags = allFlags(gadget, program, running.knowledge);
  const spec = flags.findLast(({ name }) => name === positional.name);
  const value = words[wordIndex] ?? [];
  if (spec === undefined || literal(value) === null || !fits(spec, value)) return [];
  if (uses.some((use) => use.spec?.name === spec.name)) return [];
  const use = {
    spec,
    name: spec.name,
    short: false,
    form: "equals",
    shared: false,
    wordIndex,
    valueIndex: wordIndex,
    value,
  } as const;
  const change = changeFlag(use, gadget, program, running);
  const args = { word: display(value), until: positional.until ?? "", flag: `--${spec.name}` };
  return [{ ...change, doubts: [{ messageId: "positional-value", args }, ...change.doubts] }];
}

/** Words that the command read by their place, and a flag of the image names. */
function namedPositionals(
  { gadget, positionals }: GadgetLine,
  { words }: CommandLine,
): readonly FlagChange[] {
  return positionals.flatMap((wordIndex, i) => {
    const name = gadget.positionals[i]?.flag;
    if (name === undefined) return [];
    const value = words[wordIndex] ?? [];
    const place = { short: true, form: "separate", shared: false, wordIndex, valueIndex: wordIndex } as const;
    return [{ ...DROPPED, use: { ...place, spec: null, name: "", value }, flags: [{ name, value }] }];
  });
}

function neverExisted(
  use: FlagUse<OldSpec>,
  gadget: GadgetLine["gadget"],
  program: ProgramId,
  running: Running,
): FlagChange {
  const flag = use.short ? `-${use.name}` : `--${use.name}`;
  const isNew = !use.short && findNewFlag(use.name, running) !== null;
  const near = isNew ? null : nearestFlag(use.name, gadget, program, running.knowledge);
  const image = isNew ? running.image.name : "";
  const args = { flag, gadget: gadget.command, image, nearest: near === null ? "" : `--${near}` };
  return { ...DROPPED, use, doubts: [{ messageId: "flag-never-existed", args }] };
}

function refused(use: FlagUse<OldSpec>, manual: Note): FlagChange {
  const flags = use.spec === null ? [] : [{ name: use.spec.name, value: use.value }];
  return { ...DROPPED, use, flags, manual };
}

function doubtsOf({ name }: OldFlag, { state, flag, note = "" }: FlagMapping): readonly Note[] {
  if (state === "same" || state === "equal") return [];
  const args = { flag: `--${name}`, to: flag === null ? "" : `--${flag}`, note };
  return [{ messageId: flag === null ? "flag-dropped" : "flag-differs", args }];
}

/** The value as the old program took it, or meant it: whole numbers written as durations (`60s`) never worked. */
function usableValue(
  { value }: FlagUse<OldSpec>,
  spec: OldSpec,
): { readonly value: Value | null; readonly doubts: readonly Note[] } | null {
  if (fits(spec, value)) return { value, doubts: [] };
  const text = literal(value ?? []) ?? "";
  const seconds = spec.row?.type === "int" || spec.row?.type === "uint" ? wholeSeconds(text) : null;
  if (seconds === null) return null;
  const args = { flag: `--${spec.name}`, value: text, seconds: String(seconds) };
  return { value: [String(seconds)], doubts: [{ messageId: "value-had-unit", args }] };
}

/** A flag that adds up was given several times where the new one takes a list, once. */
function mergeLists(changes: readonly FlagChange[], running: Running): readonly FlagChange[] {
  const merged: FlagChange[] = [];
  for (const change of changes) {
    const own: NewFlagUse[] = [];
    for (const flag of change.flags) {
      const first = merged.findIndex((before) => canMerge(before, change, flag, running));
      const before = merged[first];
      if (before === undefined) own.push(flag);
      else merged[first] = { ...before, flags: before.flags.map((one) => withMore(one, flag, running)) };
    }
    merged.push({ ...change, flags: own });
  }
  return merged;
}

function withMore(one: NewFlagUse, more: NewFlagUse, running: Running): NewFlagUse {
  if (one.name !== more.name) return one;
  const [a, b] = [one.value ?? [], more.value ?? []];
  const isExpression = syntaxOf(one.name, running) === "expression";
  return { ...one, value: isExpression ? bothHold(a, b) : joined([...a, ",", ...b]) };
}

function canMerge(a: FlagChange, b: FlagChange, { name }: NewFlagUse, running: Running): boolean {
  if (!a.flags.some((flag) => flag.name === name)) return false;
  if (isList(newFlag(name, running)?.type)) return false;
  // What else became a filter joins those that were one: all of them must hold.
  const syntax = syntaxOf(name, running);
  const isFilter = syntax === "filter" || syntax === "expression";
  return [a, b].every(({ use, manual }) => manual === null && (isFilter || isList(use.spec?.row?.type)));
}

function syntaxOf(name: string, running: Running): string | undefined {
  const known = newFlag(name, running);
  return known !== undefined && "syntax" in known ? known.syntax : undefined;
}

/** The flag of that name, or with several data sources that of the first one. */
function newFlag(
  name: string,
  running: Running,
): NonNullable<ReturnType<typeof findNewFlag>>["flag"] | undefined {
  return findNewFlag(perDataSource({ name, value: null }, running).name, running)?.flag;
}

/** From v0.43.0 on, images with several data sources have one flag for each (`--filter.NAME`). */
function perDataSource(flag: NewFlagUse, running: Running): NewFlagUse {
  if (findNewFlag(flag.name, running) !== null) return flag;
  const names = filteredSources(running).map((source) => `${flag.name}.${source.name}`);
  const name = names.find((candidate) => findNewFlag(candidate, running) !== null);
  return name === undefined ? flag : { ...flag, name };
}

/** Seconds in a Go duration of whole seconds (`2m` is 120), or null. */
function wholeSeconds(text: string): number | null {
  if (text === "" || !parses(text, "duration")) return null;
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
  let seconds = 0;
  for (const [, amount = "", unit = ""] of text.matchAll(/([\d.]+)([a-zµ]+)/g)) {
    seconds += Number(amount) * (units[unit] ?? Number.NaN);
  }
  return Number.isInteger(seconds) ? seconds : null;
}
