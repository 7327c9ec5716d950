import { posix } from "node:path";
import { type SourceFile } from "../engine/report.ts";
import { filesWith, inSeveralFiles } from "../files/search.ts";
import type { Scope } from "./gather.ts";

/**
 * The paths that more than one file names, by their last part: the file that writes to it, and one that may read it.
 * @param paths as commands have them
 */
export function pathsNamedTwice(
  paths: ReadonlySet<string>,
  { files, root }: Pick<Scope, "files" | "root">,
): ReadonlySet<string> {
  const names = new Set(Array.from(paths, (path) => posix.basename(path)));
  const named = inSeveralFiles(names, files, root);
  return new Set([...paths].filter((path) => named.has(posix.basename(path))));
}

/** Files of a scan that have one of some texts; a file alone calls nothing of another. */
export function otherFilesWith(
  texts: ReadonlySet<string>,
  { files, root }: Pick<Scope, "files" | "root">,
): readonly SourceFile[] {
  return files.length < 2 ? [] : filesWith(texts, files, root);
}
