import { lstatSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { Skipped } from "../engine/report.ts";
import { listFolder } from "./list.ts";
import { PathList } from "./path-list.ts";
import { systemCode, systemReason } from "./reasons.ts";

export interface Discovery {
  /** Paths with `/`, relative to the project root; sorted by code units, each once. */
  readonly files: PathList;
  /** Path arguments that do not exist, and globs that match nothing, as typed. */
  readonly missing: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Whether everything below the root was searched, nothing left out but by `exclude`. */
  readonly isWhole: boolean;
}

export interface DiscoverOptions {
  /** Absolute; see `projectRoot`. */
  readonly root: string;
  /** Absolute; what path arguments are relative to. */
  readonly cwd: string;
  /** Globs relative to the root, at any depth when they have no slash; given files must pass them too. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/**
 * Finds the files to read. Folders are searched without what git ignores, `.git` and `node_modules`; hidden folders are
 * searched, links never followed. A path given by name is taken even if it is ignored; one that is itself a link is skipped.
 * @param paths files, folders or globs; a glob stands for what it matches of that same search
 */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const parts = discoverInParts(paths, options, null);
  for (;;) {
    const part = await parts.next();
    if (part.done === true) return part.value;
  }
}

/**
 * As `discover`; yields files as soon as they are known, each once, so that they can be read while git looks for more.
 * @param patterns of folders, only files are yielded that may have a line with a match of one; see `listFolder`
 */
export async function* discoverInParts(
  paths: readonly string[],
  options: DiscoverOptions,
  patterns: readonly string[] | null,
): AsyncGenerator<readonly string[], Discovery> {
  const search = new Search(options, await filterOf(options), patterns);
  for (const path of paths) yield* search.add(path);
  return search.result();
}

class Search {
  /** Parts of what was found; paths that overlap have files in common. */
  readonly #parts: PathList[] = [];
  readonly #yielded = new Set<string>();
  readonly #missing: string[] = [];
  readonly #skipped: Skipped[] = [];
  #hasRoot = false;
  #arguments = 0;

  constructor(
    private readonly options: DiscoverOptions,
    private readonly isWanted: (path: string) => boolean,
    private readonly patterns: readonly string[] | null,
  ) {}

  async *add(argument: string): AsyncGenerator<readonly string[]> {
    this.#arguments += 1;
    const absolute = resolve(this.options.cwd, argument);
    const kind = kindOf(absolute);
    if (kind === "file") {
      const path = this.#pathOf(absolute);
      this.#take(PathList.of([path]));
      yield this.#fresh([path]);
    } else if (kind === "folder") {
      yield* this.#addFolder(absolute);
      this.#hasRoot ||= absolute === this.options.root;
    } else if (kind !== "none") this.#skip({ path: this.#pathOf(absolute), reason: kind.reason });
    else yield* this.#addGlob(argument);
  }

  result(): Discovery {
    const found = PathList.sorted(this.#parts);
    return {
      files: this.#arguments > 1 ? PathList.of([...new Set(found.all)]) : found,
      missing: this.#missing,
      isWhole: this.#hasRoot && this.options.include === undefined,
      skipped: sortedOnce(this.#skipped, ({ path }) => path),
    };
  }

  async *#addFolder(
    folder: string,
    isMatch: (path: string) => boolean = all,
  ): AsyncGenerator<readonly string[]> {
    const toRoot = this.#pathOf(folder);
    const prefix = toRoot === "" ? "" : `${toRoot}/`;
    const isSame = prefix === "" && isMatch === all;
    const matching = (paths: readonly string[]): readonly string[] =>
      isSame ? paths : paths.filter(isMatch).map((path) => prefix + path);
    for await (const { paths, skipped, suspects } of listFolder(folder, this.patterns)) {
      for (const { path, reason } of skipped) if (isMatch(path)) this.#skip({ path: prefix + path, reason });
      this.#take(isSame ? paths : PathList.of(matching(paths.all)));
      yield this.#fresh(matching(suspects));
    }
  }

  async *#addGlob(argument: string): AsyncGenerator<readonly string[]> {
    const { globMatcher, splitGlob } = await import("./match.ts");
    const parts = splitGlob(sep === "\\" ? argument.replaceAll("\\", "/") : argument);
    const start = argument.startsWith("/") ? "/" : ".";
    const folder = parts === null ? null : resolve(this.options.cwd, parts.folder || start);
    const before = this.#parts.length;
    if (parts !== null && folder !== null && kindOf(folder) === "folder") {
      yield* this.#addFolder(folder, globMatcher([parts.rest], folder));
    }
    if (this.#parts.length === before) this.#missing.push(argument);
  }

  #take(paths: PathList): void {
    const wanted = this.isWanted === all ? paths : PathList.of(this.#wanted(paths.all));
    if (wanted.length > 0) this.#parts.push(wanted);
  }

  #fresh(paths: readonly string[]): readonly string[] {
    const fresh = this.#wanted(paths).filter((path) => !this.#yielded.has(path));
    for (const path of fresh) this.#yielded.add(path);
    return fresh;
  }

  #wanted(paths: readonly string[]): readonly string[] {
    return this.isWanted === all ? paths : paths.filter(this.isWanted);
  }

  #skip(skipped: Skipped): void {
    if (this.isWanted(skipped.path)) this.#skipped.push(skipped);
  }

  #pathOf(absolute: string): string {
    return relative(this.options.root, absolute).replaceAll(sep, "/");
  }
}

function all(): boolean {
  return true;
}

/** Which paths the configuration lets a scan read; they are relative to the root. */
export async function filterOf({
  root,
  include,
  exclude,
}: Pick<DiscoverOptions, "root" | "include" | "exclude">): Promise<(path: string) => boolean> {
  if (include === undefined && exclude === undefined) return all;
  // Loaded only here: most runs have no patterns.
  const { anywhere, globMatcher } = await import("./match.ts");
  const isIncluded = include === undefined ? all : globMatcher(include.map(anywhere), root);
  const isExcluded = globMatcher((exclude ?? []).map(anywhere), root);
  return (path) => isIncluded(path) && !isExcluded(path);
}

function kindOf(absolute: string): "file" | "folder" | "none" | { readonly reason: string } {
  try {
    const stats = lstatSync(absolute);
    if (stats.isFile()) return "file";
    if (stats.isDirectory()) return "folder";
    return { reason: stats.isSymbolicLink() ? LINK : "This is neither a file nor a folder." };
  } catch (error) {
    const code = systemCode(error);
    const isNowhere =
      code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG" || code?.startsWith("ERR_");
    return isNowhere === true ? "none" : { reason: `It cannot be read: ${systemReason(error)}.` };
  }
}

const LINK = "This is a symbolic link, and links are not followed; give the path that it leads to.";

/** What has a path, in order of it and each path once. By code units, so that the order is the same everywhere. */
function sortedOnce<T>(entries: readonly T[], path: (entry: T) => string): T[] {
  const sorted = entries.toSorted((a, b) => (path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : 0));
  return sorted.filter((entry, i) => i === 0 || path(entry) !== path(sorted[i - 1] ?? entry));
}
