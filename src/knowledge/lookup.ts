import type { ProgramId } from "../translate/translation.ts";
import { compareReleases, within } from "./releases.ts";
import type { NewFlag, RunFlag } from "./flag.ts";
import type { DataSource, Field, Image } from "./image.ts";
import type { Knowledge } from "./knowledge.ts";
import type { MappingRow } from "./mapping.ts";

/** One image as one program runs it at one release; what the functions of this module answer questions about. */
export interface Running {
  readonly knowledge: Knowledge;
  readonly image: Image;
  readonly program: ProgramId;
  readonly release: string;
}

/** A flag of the image or of what runs it, by the name that it has on the command line. */
export type KnownFlag = (NewFlag | RunFlag) & { readonly source?: DataSource };

/** The image of a name, at any release. */
export function findImage({ images }: Knowledge, name: string): Image | null {
  return images.find((image) => image.name === name) ?? null;
}

/** The image that a reference without tag and digest names: one of one's own by its whole path, else by the last part of it. */
export function findImageAt(knowledge: Knowledge, path: string): Image | null {
  return findImage(knowledge, path) ?? findImage(knowledge, path.slice(path.lastIndexOf("/") + 1));
}

/** The releases whose images are known, oldest first. */
export function imageReleases({ releases, images }: Knowledge): readonly string[] {
  return releases.map(({ tag }) => tag).filter((tag) => images.some((image) => within(image, tag)));
}

/** The row that tells what became of something at a release. Without a first release, a row holds once the thing is gone. */
export function successorAt<Row extends MappingRow>(
  { to, until }: { readonly to?: readonly Row[]; readonly until: string | null },
  release: string,
): Row | undefined {
  const isGone = until === null || compareReleases(release, until) > 0;
  return to?.find((row) => within(row, release) && (row.since !== undefined || isGone));
}

/** Every flag that `run` takes there; a later one of the same name wins (`--namespace` of kubeconfig and of containers). */
export function flagsOf(running: Running): readonly KnownFlag[] {
  const { byImage } = programFlags(running);
  const known = byImage.get(running.image) ?? imageFlags(running);
  byImage.set(running.image, known);
  return known;
}

function imageFlags(running: Running): readonly KnownFlag[] {
  const { image, release } = running;
  const run = programFlags(running).run.filter((flag) => hasOperator(running, flag));
  return [
    ...run.flatMap((flag) => perDataSource(flag, running)),
    ...image.flags.filter((flag) => within(flag, release)),
  ];
}

/** The flags that a program knows before it has read the image. */
export function earlyFlags(running: Omit<Running, "image">): readonly RunFlag[] {
  return programFlags(running).early;
}

/** The flags that may stand before the word `run`. */
export function rootFlags(running: Omit<Running, "image">): readonly RunFlag[] {
  return programFlags(running).root;
}

/** Flags of one program at one release. */
interface ProgramFlags {
  readonly run: readonly RunFlag[];
  readonly early: readonly RunFlag[];
  readonly root: readonly RunFlag[];
  readonly byImage: Map<Image, readonly KnownFlag[]>;
}

/** Asked for several times for each command, and the same for all of them: by program and release. */
const tables = new WeakMap<Knowledge, Map<string, ProgramFlags>>();

function programFlags({ knowledge, program, release }: Omit<Running, "image">): ProgramFlags {
  const known = tables.get(knowledge) ?? new Map<string, ProgramFlags>();
  tables.set(knowledge, known);
  const key = `${program} ${release}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const run = knowledge.runFlags.filter((flag) => flag.programs.includes(program) && within(flag, release));
  const made: ProgramFlags = {
    run,
    early: run.filter((flag) => flag.registered !== "image"),
    root: run.filter((flag) => flag.registered === "root"),
    byImage: new Map(),
  };
  known.set(key, made);
  return made;
}

function hasOperator({ knowledge, image }: Running, { operator }: RunFlag): boolean {
  return knowledge.commonOperators.includes(operator) || image.operators.includes(operator);
}

/** v0.43.0: `--filter` only where there is one data source, `--filter.NAME` for each. */
function perDataSource(flag: RunFlag, running: Running): readonly KnownFlag[] {
  if (flag.dataSources === undefined) return [flag];
  const sources = filteredSources(running);
  if (flag.dataSources === "each") {
    return sources.map((source) => ({ ...flag, name: `${flag.name}.${source.name}`, source }));
  }
  const [source, second] = sources;
  return source === undefined || second !== undefined ? [] : [{ ...flag, source }];
}

/** A data source under the name that those who print know it by. */
export interface PrintedSource {
  readonly name: string;
  readonly source: DataSource;
}

/**
 * What `-o` and `--fields` speak of. Programs that only show what an agent sends collect arrays of all nodes under a new
 * name (pkg/operators/combiner, v0.36.0 to v0.55.1).
 */
export function printedSources({ image, program }: Running): readonly PrintedSource[] {
  const remote = isRemote(program);
  const rendered = new Set(image.dataSources.map((source) => source.renders));
  const printed = image.dataSources.filter(
    (source) => source.printed !== false && !rendered.has(source.name),
  );
  return printed.map((source) => {
    if (!remote) return { name: source.name, source };
    const { renders } = source;
    if (renders !== undefined) return { name: source.name.replace(renders, combined(renders)), source };
    return { name: source.kind === "array" ? combined(source.name) : source.name, source };
  });
}

/** What is filtered and fetched: by the agent, or by the program itself where there is none. */
export function filteredSources(running: Running): readonly DataSource[] {
  if (!isRemote(running.program)) return printedSources(running).map(({ source }) => source);
  return running.image.dataSources.filter(
    (source) => source.printed !== false && source.renders === undefined,
  );
}

function isRemote(program: ProgramId): boolean {
  return program === "kubectl-gadget" || program === "gadgetctl";
}

function combined(name: string): string {
  return `combined-${name}`;
}

/** The fields of a data source, those that the program adds included, in the order of the columns. */
export function fieldsOf({ knowledge, program, release }: Running, source: DataSource): readonly Field[] {
  const groups = knowledge.fieldGroups.filter((group) => source.groups?.includes(group.id) === true);
  const added = groups.flatMap(({ shownBy, fields }) =>
    fields.map((field) => (shownBy.includes(program) ? field : { ...field, hidden: true })),
  );
  return [...added, ...source.fields].filter(
    (field) => within(field, release) && (field.programs?.includes(program) ?? true),
  );
}

/** The columns that `-o columns` shows without `--fields`, in order. */
export function defaultColumns(running: Running, source: DataSource): readonly string[] {
  return fieldsOf(running, source).flatMap((field) => (field.hidden ? [] : [field.name]));
}

/**
 * The field that `--fields` means by a name: its full name or its alias, whatever the case
 * (pkg/columns/formatter/textcolumns).
 */
export function findColumn(fields: readonly Field[], name: string): Field | null {
  const wanted = name.toLowerCase();
  const columns = fields.filter((field) => field.type !== "struct" || !field.hidden);
  const exact = columns.find((field) => field.name.toLowerCase() === wanted);
  return exact ?? columns.find((field) => aliasOf(field, fields)?.toLowerCase() === wanted) ?? null;
}

/** What the table has above the column of a field (pkg/columns/formatter/textcolumns, output.go). */
export function headerOf(field: Field, fields: readonly Field[]): string {
  return (aliasOf(field, fields) ?? field.name).toUpperCase();
}

/** What is known of a process, its parent and its user has its own name as alias (pkg/operators/ebpf/struct.go). */
function aliasOf({ name, alias }: Field, fields: readonly Field[]): string | null {
  if (alias !== undefined) return alias;
  const dot = name.lastIndexOf(".");
  const parent = name.slice(0, Math.max(0, dot));
  const isProcess =
    /(^|\.)(creds|parent)$/.test(parent) || fields.some((field) => field.name === `${parent}.creds`);
  return dot > 0 && isProcess ? name.slice(dot + 1) : null;
}

/** The modes of `-o` that a data source has at a release, the default first. */
export function modesOf(
  { knowledge, release }: Pick<Running, "knowledge" | "release">,
  source: DataSource,
): readonly string[] {
  const modes = knowledge.outputModes.filter((mode) => within(mode, release));
  if (source.outputs === undefined) return modes.filter((mode) => mode.everywhere).map((mode) => mode.name);
  return source.outputs.filter((name) => modes.some((mode) => mode.name === name));
}
