import { readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import type { FoundFile } from "../files/discover.ts";

/** Nobody writes a program of this size by hand; such a file is data. */
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * The paths that more than one file names, by their last part: the file that writes to it, and one that may read it.
 * @param paths as commands have them
 */
export function pathsNamedTwice(
  paths: ReadonlySet<string>,
  files: readonly FoundFile[],
): ReadonlySet<string> {
  const names = [...paths].map((path) => ({ path, bytes: Buffer.from(posix.basename(path)), seen: 0 }));
  for (const { absolute } of files) {
    const content = read(absolute);
    for (const name of names) if (content?.includes(name.bytes) === true) name.seen += 1;
  }
  return new Set(names.filter(({ seen }) => seen > 1).map(({ path }) => path));
}

/** Null for what is no program: too large, unreadable, gone. */
function read(absolute: string): Buffer | null {
  try {
    const stat = statSync(absolute);
    return stat.isFile() && stat.size <= MAX_BYTES ? readFileSync(absolute) : null;
  } catch {
    return null;
  }
}
