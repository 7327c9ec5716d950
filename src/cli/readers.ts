import { posix } from "node:path";
import { type SourceFile } from "../engine/report.ts";
import { discover } from "../files/discover.ts";
import { isDisk } from "../files/root.ts";
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
  const named = inSeveralFiles(names, files.all, root);
  return new Set([...paths].filter((path) => named.has(posix.basename(path))));
}

/** Files of a scan that have one of some texts; a file alone calls nothing of another. */
export function otherFilesWith(
  texts: ReadonlySet<string>,
  { files, root }: Pick<Scope, "files" | "root">,
): readonly SourceFile[] {
  return files.length < 2 ? [] : filesWith(texts, files.all, root);
}

/** Files of the whole project that have one of some texts, whatever part of it is scanned. */
export async function repositoryFilesWith(
  texts: ReadonlySet<string>,
  { files, isWhole, root }: Pick<Scope, "files" | "isWhole" | "root">,
  exclude: readonly string[] | undefined,
): Promise<readonly SourceFile[]> {
  // Where paths share nothing but the disk, no folder is the project.
  if (isWhole || isDisk(root)) return filesWith(texts, files.all, root);
  const whole = await discover([root], { root, cwd: root, exclude });
  return filesWith(texts, [...new Set([...files.all, ...whole.files.all])], root);
}
