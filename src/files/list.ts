import type { Skipped } from "../engine/report.ts";
import { searchTracked } from "./git-search.ts";
import { PathList } from "./path-list.ts";
import { gitTopLevel } from "./root.ts";
import { isGitIgnored, workTreeFiles } from "./work-tree.ts";

/** What is below a folder; paths have `/` and are relative to it, in no order. */
export interface Listing {
  readonly paths: PathList;
  readonly skipped: readonly Skipped[];
}

/** Files of a folder, and which of them may have what is searched for. */
export interface SearchedListing extends Listing {
  /** Of these paths, or of those of other parts; one may come twice. */
  readonly suspects: readonly string[];
}

/**
 * All files below a folder that are not ignored, in parts as they become known; folders named `.git` or `node_modules` are
 * passed over, links are not followed. A folder that is itself ignored, and was asked for all the same, is listed by the
 * rules inside it alone.
 * @param patterns see `searchTracked`; files that were not searched are all suspects, as all are without one
 */
export async function* listFolder(
  folder: string,
  patterns: readonly string[] | null = null,
): AsyncGenerator<SearchedListing> {
  const top = gitTopLevel(folder);
  if (top === null) {
    yield* walkFolder(folder, null, patterns);
    return;
  }
  // Both at once: to find what is untracked takes git ten times as long as to list what is tracked.
  const search = patterns === null ? null : searchTracked(folder, patterns);
  const listing = workTreeFiles(folder);
  const isSearched = search !== null && (yield* suspectsOf(search));
  const found = await listing;
  if (found === null) {
    yield* walkFolder(folder, top, patterns);
    return;
  }
  const files = withoutModules(found);
  const unsearched = [...found.unseen, ...found.untracked].filter((path) => !isPassedOver(path));
  yield { ...files, suspects: isSearched ? unsearched : files.paths.all };
  if (found.paths.length === 0 && isGitIgnored(folder)) yield* walkFolder(folder, null, patterns);
}

/** What a search finds, as it goes on. @returns whether it came to its end */
async function* suspectsOf(
  search: AsyncGenerator<readonly string[]>,
): AsyncGenerator<SearchedListing, boolean> {
  try {
    for await (const paths of search) {
      yield { paths: PathList.of([]), skipped: [], suspects: paths.filter((path) => !isPassedOver(path)) };
    }
    return true;
  } catch {
    return false;
  }
}

async function* walkFolder(
  folder: string,
  top: string | null,
  patterns: readonly string[] | null,
): AsyncGenerator<SearchedListing> {
  // Loaded only here: most folders are git's, and the walk brings a package along.
  const { walk } = await import("./walk.ts");
  const { paths, skipped, repositories } = walk(folder, top);
  yield { paths: PathList.of(paths), skipped, suspects: paths };
  for (const repository of repositories) {
    for await (const listing of listFolder(`${folder}/${repository}`, patterns)) {
      yield below(repository, listing);
    }
  }
}

function below(folder: string, { paths, skipped, suspects }: SearchedListing): SearchedListing {
  const toTop = (path: string): string => `${folder}/${path}`;
  return {
    paths: PathList.of(paths.all.map(toTop)),
    suspects: suspects.map(toTop),
    skipped: skipped.map(({ path, reason }) => ({ path: toTop(path), reason })),
  };
}

function withoutModules({ paths, skipped }: Listing): Listing {
  return {
    paths: paths.without(MODULES, isPassedOver),
    skipped: skipped.filter(({ path }) => !isPassedOver(path)),
  };
}

const MODULES = "node_modules";

function isPassedOver(path: string): boolean {
  return path.includes(MODULES) && path.split("/").includes(MODULES);
}
