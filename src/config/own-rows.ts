import { imageReleases } from "../knowledge/lookup.ts";
import { compareReleases } from "../knowledge/releases.ts";
import type { NewFlag } from "../knowledge/flag.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Field, Image } from "../knowledge/image.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Span } from "../knowledge/releases.ts";
import type { ProgramId } from "../translate/translation.ts";
import type { Row } from "./config.ts";

/*
 * Rows of one's own made whole. What they leave out is what holds for nearly all rows of `rules/`.
 */

const PROGRAMS: readonly ProgramId[] = ["kubectl-gadget", "ig", "gadgetctl"];

/** Groups of flags that gadgets have, and those that only gadgets of containers have. */
const GROUPS = ["gadget", "timeout", "filter", "node"];
const CONTAINER_GROUPS = ["kubernetes-containers", "kubernetes-container-name", "local-containers"];

/** What gadgets of a category have in common: of the last two, JSON was a list. */
const KINDS = ["trace", "profile", "top", "snapshot"];

const OUTPUTS = ["columns", "json", "jsonpretty", "yaml"];
const OPERATORS = ["containers", "sort", "limiter", "map-fetch", "ustack", "trace-pipe"];

/** @param row fits the schema */
export function wholeGadget(row: Row, knowledge: Knowledge): Gadget {
  const command = textOf(row["command"]);
  const last = lastBuiltin(knowledge);
  const named = isRow(row["programs"]) ? row["programs"] : Object.fromEntries(PROGRAMS.map((id) => [id, {}]));
  const programs = Object.fromEntries(
    Object.entries(named).map(([id, span]) => [
      id,
      {
        since: knowledge.programs.find((program) => program.id === id)?.since,
        until: last,
        ...(isRow(span) ? span : {}),
      },
    ]),
  );
  const span = { since: oldest(Object.values(programs).map(({ since }) => textOf(since))), until: last };
  const containers = row["containers"] !== false;
  const outputs = listOf(row["outputs"]) ?? OUTPUTS;
  const spanned = (key: string, defaults: Row): readonly Row[] =>
    rowsOf(row[key]).map((one) => ({ ...defaults, ...span, ...one, to: sourced(one["to"]) }));
  const whole = {
    id: command.replaceAll(" ", "-"),
    kind: KINDS.find((kind) => command.startsWith(`${kind} `)) ?? "other",
    containers,
    groups: containers ? [...GROUPS, ...CONTAINER_GROUPS] : GROUPS,
    groupsExcept: [],
    defaultOutput: outputs[0],
    positionals: [],
    commonColumns: containers,
    ...row,
    outputs,
    programs,
    spellings: rowsOf(row["spellings"]).map((one) => ({ ...span, ...one })),
    to: sourced(row["to"]).map((one) => ({ ...one, ...imageOf(one["image"]) })),
    flags: spanned("flags", { shorthand: null, default: null }),
    columns: spanned("columns", { json: null, visible: true }),
    jsonFields: spanned("jsonFields", {}),
  };
  // The schema, and what is filled in here, make it one.
  return whole as unknown as Gadget;
}

/** @param row fits the schema */
export function wholeImage(row: Row, knowledge: Knowledge): Image {
  const since = imageReleases(knowledge)[0];
  const span = { since, until: null };
  const spanned = (rows: readonly Row[], defaults: Row): readonly Row[] =>
    rows.map((one) => ({ ...defaults, ...span, ...one }));
  const whole = {
    source: "",
    firstRelease: since,
    ...span,
    containers: true,
    programs: PROGRAMS,
    operators: ["containers"],
    outputs: [...OUTPUTS, "none"],
    ...row,
    name: pathOf(row["name"]),
    reference: row["name"],
    flags: spanned(rowsOf(row["flags"]), { default: "" }),
    dataSources: rowsOf(row["dataSources"]).map((source) => ({
      kind: "single",
      ...source,
      fields: rowsOf(source["fields"]).map((field) => ({
        json: jsonTypeOf(textOf(field["type"])),
        hidden: false,
        ...span,
        ...field,
      })),
    })),
  };
  // As above.
  return whole as unknown as Image;
}

/**
 * An image of which nothing is said but what gadgets become in it: it has the flags and fields that they name.
 * @param before what other gadgets become in it
 */
export function assumedImage(
  name: string,
  gadget: Gadget,
  before: Image | undefined,
  knowledge: Knowledge,
): Image {
  const span: Span = { since: imageReleases(knowledge)[0] ?? "", until: null };
  const known = new Set(knowledge.runFlags.map((flag) => flag.name));
  const flags: NewFlag[] = [...(before?.flags ?? [])];
  const addFlag = (flag: string | null, type: NewFlag["type"]): void => {
    if (flag === null || known.has(flag) || flags.some((one) => one.name === flag)) return;
    flags.push({ name: flag, type, default: "", ...span });
  };
  for (const { type, to } of gadget.flags) for (const { flag } of to) addFlag(flag, type);
  for (const { image, add = [], defaults = [] } of gadget.to) {
    if (image !== name) continue;
    for (const { flag, value } of [...add, ...defaults])
      addFlag(flag, /^(?:true|false)$/.test(value) ? "bool" : "string");
  }
  const mapped = [...gadget.columns, ...gadget.jsonFields].flatMap(({ to }) => to.map(({ field }) => field));
  const fields = new Set([
    ...(before?.dataSources[0]?.fields.map((field) => field.name) ?? []),
    ...mapped.filter((field) => field !== null),
  ]);
  return {
    name,
    reference: gadget.to.find(({ image }) => image === name)?.reference ?? name,
    isAssumed: true,
    source: "",
    firstRelease: span.since,
    ...span,
    containers: gadget.containers,
    programs: PROGRAMS,
    operators: OPERATORS,
    outputs: [...OUTPUTS, "none"],
    flags,
    dataSources: [
      {
        name: name.slice(name.lastIndexOf("/") + 1).replace(/\W/g, "_"),
        kind: "single",
        ...(gadget.containers ? { groups: ["k8s", "runtime"] } : {}),
        fields: [...fields].map((field): Field => ({
          name: field,
          type: "string",
          json: "string",
          hidden: false,
          ...span,
        })),
      },
    ],
  };
}

/** The release before the first without built-in gadgets, of those that are known. */
function lastBuiltin({ releases, milestones }: Knowledge): string {
  const before = releases.map(({ tag }) => tag).filter((tag) => compareReleases(tag, milestones.removed) < 0);
  return before.sort(compareReleases).at(-1) ?? milestones.removed;
}

function oldest(releases: readonly string[]): string {
  return [...releases].sort(compareReleases)[0] ?? "";
}

function sourced(value: unknown): readonly Row[] {
  return rowsOf(value).map((row) => ({ source: "the configuration", ...row }));
}

function imageOf(image: unknown): Row {
  const isReference = typeof image === "string" && image.includes("/");
  return { image: pathOf(image), ...(isReference ? { reference: image } : {}) };
}

/** A reference without tag and digest; names of Inspektor Gadget's images stay. */
function pathOf(reference: unknown): string | null {
  if (typeof reference !== "string") return null;
  const path = reference.replace(/@.*$/, "");
  return path.includes("/") ? path.replace(/:[^/:]*$/, "") : path;
}

function jsonTypeOf(type: string): string | null {
  if (type.startsWith("array")) return "array";
  if (/^(?:u?int|float)/.test(type)) return "number";
  if (type === "bool") return "boolean";
  if (type === "struct") return "object";
  return type === "bytes" ? null : "string";
}

function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter(isRow) : [];
}

function listOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
