import type { Skipped } from "../engine/report.ts";
import { isGitIgnored, searchTracked, type Tracked, trackedFiles, untrackedFiles } from "./git.ts";
import { gitTopLevel } from "./root.ts";

/** What is below a folder; paths have `/` and are relative to it, in no order. */
export interface Listing {
  readonly paths: readonly string[];
  readonly skipped: readonly Skipped[];
}

/** Files of a folder, and which of them may have what is searched for. */
export interface SearchedListing extends Listing {
  /** Some of these paths, or of those of earlier parts. */
  readonly suspects: readonly string[];
}

/**
 * All files below a folder that are not ignored, in parts as they become known; folders named `.git` or `node_modules` are
 * passed over, links are not followed. A folder that is itself ignored, and was asked for all the same, is listed by the
 * rules inside it alone.
 * @param pattern see `searchTracked`; files that were not searched are all suspects, as all are without one
 */
export async function* listFolder(
  folder: string,
  pattern: string | null = null,
): AsyncGenerator<SearchedListing> {
  const top = gitTopLevel(folder);
  if (top === null) {
    yield* walkFolder(folder, null, pattern);
    return;
  }
  // All three at once: to find what is untracked takes git ten times as long as to list what is tracked.
  const search = pattern === null ? null : searchTracked(folder, pattern);
  const late = untrackedFiles(folder);
  const tracked = await trackedFiles(folder);
  if (tracked === null) {
    yield* walkFolder(folder, top, pattern);
    return;
  }
  yield* searched(tracked, search);
  const untracked = withoutModules(await late);
  yield { ...untracked, suspects: untracked.paths };
  const isEmpty = tracked.paths.length + untracked.paths.length === 0;
  if (isEmpty && isGitIgnored(folder)) yield* walkFolder(folder, null, pattern);
}

/** Tracked files, and those where the search found something, as it goes on; when it fails, the rest of them are suspects. */
async function* searched(
  tracked: Tracked,
  search: AsyncGenerator<readonly string[]> | null,
): AsyncGenerator<SearchedListing> {
  const listing = withoutModules(tracked);
  if (search === null) {
    yield { ...listing, suspects: listing.paths };
    return;
  }
  const found = new Set<string>();
  const suspects = (paths: readonly string[]): SearchedListing => {
    const fresh = paths.filter((path) => !found.has(path) && !isPassedOver(path));
    for (const path of fresh) found.add(path);
    return { paths: [], skipped: [], suspects: fresh };
  };
  yield { ...listing, suspects: [] };
  yield suspects(tracked.unseen);
  try {
    for await (const paths of search) yield suspects(paths);
  } catch {
    yield suspects(listing.paths);
  }
}

async function* walkFolder(
  folder: string,
  top: string | null,
  pattern: string | null,
): AsyncGenerator<SearchedListing> {
  // Loaded only here: most folders are git's, and the walk brings a package along.
  const { walk } = await import("./walk.ts");
  const { paths, skipped, repositories } = walk(folder, top);
  yield { paths, skipped, suspects: paths };
  for (const repository of repositories) {
    for await (const listing of listFolder(`${folder}/${repository}`, pattern)) {
      yield below(repository, listing);
    }
  }
}

function below(folder: string, { paths, skipped, suspects }: SearchedListing): SearchedListing {
  const toTop = (path: string): string => `${folder}/${path}`;
  return {
    paths: paths.map(toTop),
    suspects: suspects.map(toTop),
    skipped: skipped.map(({ path, reason }) => ({ path: toTop(path), reason })),
  };
}

function withoutModules({ paths, skipped }: Listing): Listing {
  return {
    paths: paths.filter((path) => !isPassedOver(path)),
    skipped: skipped.filter(({ path }) => !isPassedOver(path)),
  };
}

function isPassedOver(path: string): boolean {
  return path.includes("node_modules") && path.split("/").includes("node_modules");
}
