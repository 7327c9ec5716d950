import { lstatSync, type Stats, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { words } from "virtual:prefilter";
import { Prefilter } from "../engine/prefilter.ts";
import type { Skipped, SourceFile } from "../engine/report.ts";
import type { Discovery, DiscoverOptions } from "../files/discover.ts";
import { readInShares } from "../files/gather.ts";
import { PathList } from "../files/path-list.ts";
import type { Contents } from "../files/read.ts";
import { gitTopLevel } from "../files/root.ts";
import { withProgramWords } from "../knowledge/own-programs.ts";
import { ownCommands, withCommandWords } from "../knowledge/own-rules.ts";
import type { ReadingThread } from "../files/thread.ts";
import { nearest } from "../text/nearest.ts";
import type { Choice } from "./changes.ts";
import { COMMAND_NAMES } from "./commands.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";
import type { Project } from "./project.ts";

/** What a run looks at. */
export interface Scope extends Discovery {
  /** The project's root, absolute; paths of the scope are relative to it. */
  readonly root: string;
  /** The path arguments, relative to the root; empty for the root itself. */
  readonly places: readonly string[];
  /** See `Contents`. */
  readonly telling: readonly SourceFile[];
}

/** Files that are being read. */
export interface Gathering {
  /** What git says that the run is about; null for all. */
  readonly choice: Choice | null;
  /**
   * What may hold commands, and what was not read, as it comes; to be gone through once.
   * @throws Fault at the end when a path does not exist, or there was nothing to scan
   */
  readonly files: AsyncIterable<SourceFile | Skipped>;
  /** What has come so far of the scope; grows. */
  readonly soFar: Pick<Scope, "telling" | "places">;
  /** What it all was, once the last file has come. */
  readonly scope: () => Scope;
  /** Nobody wants the rest. */
  readonly stop: () => void;
}

/**
 * Begins to find and read files.
 * @param typed path arguments; the working directory when there is none
 */
export async function gather(
  typed: readonly string[],
  project: Project,
  io: Io,
  choice: Choice | null = null,
): Promise<Gathering> {
  const { cwd } = io;
  const { root, include, exclude } = project;
  const paths = typed.length > 0 ? typed : ["."];
  for (const path of paths) refuseLink(path, cwd);
  // A hook gives what it has: a commit of nothing that is read is none of its faults.
  const mayBeEmpty =
    choice !== null || (typed.length > 0 && typed.every((path) => isNoFolder(resolve(cwd, path))));
  const { shares, stop } = await startReading(paths, { root, cwd, include, exclude }, project, io);
  const own = new Set(project.ownFiles.map((path) => below(root, path)));
  const places = paths.map((path) => below(root, resolve(cwd, path)));
  const telling: SourceFile[] = [];
  let scope: Scope | null = null;
  // git begins to search while the rest of the program is loaded.
  const first = shares.next();
  first.catch(() => undefined);

  function taken(share: Contents): readonly (SourceFile | Skipped)[] {
    for (const file of share.telling) if (!own.has(file.path)) telling.push(file);
    return share.candidates.filter(({ path }) => !own.has(path));
  }
  async function* files(): AsyncGenerator<SourceFile | Skipped> {
    let share = await first;
    const changes = choice === null ? null : { choice, ...(await import("./changes.ts")) };
    for (; share.done !== true; share = await shares.next()) {
      yield* taken(changes?.withoutPartly(share.value, changes.choice) ?? share.value);
    }
    const found = checked(share.value, paths, mayBeEmpty);
    if (changes !== null) yield* taken(changes.stagedContents(changes.choice, found, prefilterOf(project)));
    scope = { ...found, root, places, telling };
    yield* scope.skipped;
  }
  return { choice, files: files(), soFar: { telling, places }, scope: () => present(scope), stop };
}

/** In a thread of its own where it pays: where folders are searched that git does not search for us. */
async function startReading(
  paths: readonly string[],
  options: DiscoverOptions,
  project: Project,
  { readerScript }: Io,
): Promise<ReadingThread> {
  const programs = Object.keys(project.config.programs ?? {});
  const commands = ownCommands(project.rules);
  const isSearch = (absolute: string): boolean => !isFile(absolute) && gitTopLevel(absolute) === null;
  if (readerScript !== undefined && paths.some((path) => isSearch(resolve(options.cwd, path)))) {
    const { readInThread } = await import("../files/thread.ts");
    try {
      return readInThread(readerScript, { paths, options, programs, commands });
    } catch {
      // A program that is not allowed threads (`node --permission`) reads here.
    }
  }
  return { shares: readInShares(paths, options, prefilterOf(project)), stop: () => undefined };
}

/** What tells files that matter, with what the project adds to it. */
export function prefilterOf({ config, rules }: Project): Prefilter {
  const programs = Object.keys(config.programs ?? {});
  return new Prefilter(withCommandWords(withProgramWords(words, programs), ownCommands(rules)));
}

/** A link to a file is passed over with a reason; behind any other there is nothing to scan at all. */
function refuseLink(path: string, cwd: string): void {
  const absolute = resolve(cwd, path);
  if (statOrNull(lstatSync, absolute)?.isSymbolicLink() !== true) return;
  const end = statOrNull(statSync, absolute);
  if (end === null) throw new Fault(`${JSON.stringify(path)} is a symbolic link that leads nowhere.`);
  if (end.isDirectory()) {
    throw new Fault(
      `${JSON.stringify(path)} is a symbolic link to a folder, and links are not followed; give the folder itself.`,
    );
  }
}

function statOrNull(stat: (path: string) => Stats, absolute: string): Stats | null {
  try {
    return stat(absolute);
  } catch {
    return null;
  }
}

function isFile(absolute: string): boolean {
  return statOrNull(lstatSync, absolute)?.isFile() === true;
}

function isNoFolder(absolute: string): boolean {
  return statOrNull(lstatSync, absolute)?.isDirectory() === false;
}

function checked(found: Discovery, paths: readonly string[], mayBeEmpty: boolean): Discovery {
  const { files, missing, skipped } = found;
  if (missing.length > 0) {
    const command = missing[0] === paths[0] ? nearest(paths[0] ?? "", COMMAND_NAMES) : null;
    const hint = command === null ? "." : `; did you mean gadget-migrate ${command}?`;
    throw new Fault(`There is no file or folder ${listed(missing)}${hint}`);
  }
  if (files.length === 0 && !mayBeEmpty) {
    const [first] = skipped;
    const why = first === undefined ? "." : `: ${first.path === "" ? "" : `${first.path}: `}${first.reason}`;
    throw new Fault(`There is no file to scan in ${listed(paths)}${why}`);
  }
  return found;
}

/** Standard input as the one file of a run. */
export function gatherStdin(filename: string, { root }: Project, { cwd, stdin }: Io): Gathering {
  const path = below(root, resolve(cwd, filename));
  const found = {
    root,
    places: [path],
    files: PathList.of([path]),
    isWhole: false,
    missing: [],
    skipped: [],
  };
  let scope: Scope | null = null;

  async function* files(): AsyncGenerator<SourceFile> {
    const file = { path, text: decode(await stdin()) };
    scope = { ...found, telling: [file] };
    yield file;
  }
  const soFar = { telling: [], places: found.places };
  return { choice: null, files: files(), soFar, scope: () => present(scope), stop: () => undefined };
}

/** @throws Fault when standard input is not UTF-8 */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault("Standard input is not valid UTF-8; convert it to have it read.");
  }
}

function present(scope: Scope | null): Scope {
  if (scope === null) throw new Error("the files are still being read");
  return scope;
}

function below(root: string, absolute: string): string {
  return relative(root, absolute).replaceAll(sep, "/");
}

function listed(paths: readonly string[]): string {
  return paths.map((path) => JSON.stringify(path)).join(" or ");
}
