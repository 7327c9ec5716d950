import type { Skipped } from "../engine/report.ts";
import { gitListing, isGitIgnored } from "./git.ts";
import { gitTopLevel } from "./root.ts";

/** What is below a folder; paths have `/` and are relative to it, in no order. */
export interface Listing {
  readonly paths: readonly string[];
  readonly skipped: readonly Skipped[];
}

/**
 * All files below a folder that are not ignored; folders named `.git` or `node_modules` are passed over, links are not
 * followed. A folder that is itself ignored, and was asked for all the same, is listed by the rules inside it alone.
 */
export async function listFolder(folder: string): Promise<Listing> {
  const top = gitTopLevel(folder);
  const known = top === null ? null : gitListing(folder);
  if (known !== null && (known.paths.length > 0 || !isGitIgnored(folder))) return withoutModules(known);
  // Loaded only here: most folders are git's, and the walk brings a package along.
  const { walk } = await import("./walk.ts");
  return walk(folder, known === null ? top : null);
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
