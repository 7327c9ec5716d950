import { existsSync, lstatSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/**
 * The folder that paths in reports are relative to, and below which signs of a release are looked for: the top of the git
 * work tree that holds everything scanned; outside of git the folder given, or that of the file. Several paths have the
 * folder that they share for it where that was given too or is below `cwd`, else the project of `cwd`: what two folders
 * have in common may be the whole disk.
 * @param paths path arguments as typed, relative to `cwd`: files, folders, globs; none stands for `cwd`
 * @param configured the folder of the configuration, absolute: outside of git it is the root of what it holds
 * @returns an absolute path
 */
export function projectRoot(paths: readonly string[], cwd: string, configured?: string): string {
  const folders = foldersOf(paths, cwd);
  const common = folders.reduce(commonFolder, folders[0] ?? cwd);
  const top = gitTopLevel(common);
  if (top !== null) return top;
  if (configured !== undefined && isBelow(common, configured)) return configured;
  const isMeant = isDisk(common)
    ? paths.some((path) => resolve(cwd, path) === common)
    : folders.includes(common) || isBelow(common, cwd);
  return isMeant ? chartOf(common) : (gitTopLevel(cwd) ?? cwd);
}

/** The deepest folder that holds all paths; that of the configuration is looked for from there. `cwd` where they share nothing. */
export function commonPlace(paths: readonly string[], cwd: string): string {
  const folders = foldersOf(paths, cwd);
  const common = folders.reduce(commonFolder, folders[0] ?? cwd);
  return isDisk(common) ? cwd : common;
}

function foldersOf(paths: readonly string[], cwd: string): readonly string[] {
  return paths.map((path) => folderOf(resolve(cwd, path)));
}

/** Whether it is the root of a file system. */
export function isDisk(folder: string): boolean {
  return dirname(folder) === folder;
}

/** Templates are known by the folder that a Helm chart keeps them in, so that paths begin above it. */
function chartOf(folder: string): string {
  const names = folder.split(sep);
  const templates = names.lastIndexOf("templates");
  return templates < 2 ? folder : names.slice(0, templates).join(sep);
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
  while (!isBelow(b, folder)) {
    // Two drives share nothing.
    if (isDisk(folder)) return folder;
    folder = dirname(folder);
  }
  return folder;
}

/** Whether it is the folder itself or in it. */
function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
