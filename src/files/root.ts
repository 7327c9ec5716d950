import { existsSync, lstatSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/**
 * The folder that paths in reports are relative to: the top of the git work tree that holds everything scanned, else the
 * deepest folder that does.
 * @param paths path arguments as typed, relative to `cwd`: files, folders, globs; none stands for `cwd`
 * @returns an absolute path
 */
export function projectRoot(paths: readonly string[], cwd: string): string {
  const folders = paths.map((path) => folderOf(resolve(cwd, path)));
  const common = folders.reduce(commonFolder, folders[0] ?? cwd);
  return gitTopLevel(common) ?? common;
}

/** The nearest folder upwards, `folder` included, with a `.git` (a file in linked work trees and submodules); null when there is none. */
export function gitTopLevel(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return null;
  }
}

/**
 * The path itself if it is a folder, else the folder that it is in, which need not exist: text from standard input may stand
 * for a file that is still to be written. Of a glob, the folder that it searches.
 */
function folderOf(path: string): string {
  if (isFolder(path)) return path;
  let folder = dirname(path);
  while (/[*?[{]/.test(folder.slice(folder.lastIndexOf(sep))) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function commonFolder(a: string, b: string): string {
  let folder = a;
  while (folder !== b && !b.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
    // Two drives share nothing.
    if (dirname(folder) === folder) return a;
    folder = dirname(folder);
  }
  return folder;
}
