import type { Skipped } from "../engine/report.ts";
import { isGitIgnored, trackedFiles, untrackedFiles } from "./git.ts";
import { gitTopLevel } from "./root.ts";

/** What is below a folder; paths have `/` and are relative to it, in no order. */
export interface Listing {
  readonly paths: readonly string[];
  readonly skipped: readonly Skipped[];
}

/**
 * All files below a folder that are not ignored, in parts as they become known; folders named `.git` or `node_modules` are
 * passed over, links are not followed. A folder that is itself ignored, and was asked for all the same, is listed by the
 * rules inside it alone.
 */
export async function* listFolder(folder: string): AsyncGenerator<Listing> {
  const top = gitTopLevel(folder);
  if (top === null) {
    yield* walkFolder(folder, null);
    return;
  }
  // To find what is untracked takes git ten times as long: the tracked files can be read meanwhile.
  const late = untrackedFiles(folder);
  const tracked = trackedFiles(folder);
  if (tracked === null) {
    yield* walkFolder(folder, top);
    return;
  }
  yield withoutModules(tracked);
  const untracked = await late;
  yield withoutModules(untracked);
  const isEmpty = tracked.paths.length + untracked.paths.length === 0;
  if (isEmpty && isGitIgnored(folder)) yield* walkFolder(folder, null);
}

async function* walkFolder(folder: string, top: string | null): AsyncGenerator<Listing> {
  // Loaded only here: most folders are git's, and the walk brings a package along.
  const { walk } = await import("./walk.ts");
  const { paths, skipped, repositories } = walk(folder, top);
  yield { paths, skipped };
  for (const repository of repositories) {
    for await (const listing of listFolder(`${folder}/${repository}`)) yield below(repository, listing);
  }
}

function below(folder: string, { paths, skipped }: Listing): Listing {
  return {
    paths: paths.map((path) => `${folder}/${path}`),
    skipped: skipped.map(({ path, reason }) => ({ path: `${folder}/${path}`, reason })),
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
