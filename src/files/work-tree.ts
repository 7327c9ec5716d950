import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import type { Skipped } from "../engine/report.ts";
import { git, gitInBackground } from "./git.ts";
import type { Listing } from "./list.ts";
import { PathList } from "./path-list.ts";

/** The files of a work tree, or of a folder in one. */
export interface WorkTree extends Listing {
  /** Those of the paths that git was told not to look at, so that `searchTracked` passes them over. */
  readonly unseen: readonly string[];
  /** Those of the paths that git does not track, which it passes over too. */
  readonly untracked: readonly string[];
}

/**
 * The files below a folder that git tracks, and those that it neither tracks nor ignores, by every .gitignore, `info/exclude` and
 * the user's own excludes file; neither links nor what nested repositories hold. Tracked ones that were deleted count too.
 * @returns null when git cannot tell: not installed, no work tree, one of another owner
 */
export async function workTreeFiles(folder: string): Promise<WorkTree | null> {
  const which = ["--cached", "--others", "--exclude-standard"];
  const result = await gitInBackground(folder, ["ls-files", "-z", "-v", "--stage", ...which]);
  if (result === null) return null;
  const { stdout, stderr } = result;
  const special: string[] = [];
  let usual = 0;
  for (let at = 0, end = 0; (end = stdout.indexOf("\0", at)) >= 0; at = end + 1) {
    if (isUsual(stdout, at)) usual += 1;
    else special.push(stdout.slice(at, end));
  }
  const isLost = (path: string): boolean => isNameLost(folder, path);
  const { files, unseen, modules, others, repositories } = specialEntries(special);
  const untracked = others.filter((path) => !isLost(path) && isFile(join(folder, path)));
  const cut = (entries: string): readonly string[] => [
    ...entriesOf(entries).flatMap((entry) => (isUsual(entry, 0) ? pathOf(entry) : [])),
    ...files,
    ...untracked,
  ];
  const paths = PathList.cutLater(stdout, usual + files.length + untracked.length, cut);
  const lost = stdout.includes(LOST) ? [...paths.all, ...others].filter(isLost) : [];
  return {
    paths: paths.without(LOST, isLost),
    unseen,
    untracked,
    skipped: [
      ...lost.map((path) => ({ path, reason: NAME_NOT_UTF8 })),
      ...[...modules, ...repositories].flatMap((path) => nestedRepository(folder, path)),
      ...unreadableFolders(stderr),
    ],
  };
}

/** Whether the entry is of a file that is in the work tree and in no conflict: `H 100644 <object> 0<tab>path`. */
function isUsual(text: string, at: number): boolean {
  if (text[at] !== IN_WORK_TREE || text[at + KIND] !== FILE) return false;
  return text[text.indexOf("\t", at) - 1] === NO_CONFLICT;
}

function pathOf(entry: string): string {
  return entry.slice(entry.indexOf("\t") + 1);
}

/** What the other entries are; of a file in conflict there is one for each version. */
function specialEntries(
  entries: readonly string[],
): Record<"files" | "unseen" | "modules" | "others" | "repositories", readonly string[]> {
  const isUntracked = (entry: string): boolean => entry.startsWith(UNTRACKED);
  const ofKind = (kind: string): readonly string[] =>
    entries.filter((entry) => !isUntracked(entry) && entry[KIND] === kind);
  const files = ofKind(FILE);
  // A small letter: "assume unchanged".
  const unseen = files.filter(([tag = ""]) => tag === NOT_IN_WORK_TREE || tag > "Z");
  const others = entries.filter(isUntracked).map((entry) => entry.slice(UNTRACKED.length));
  return {
    files: [...new Set(files.map(pathOf))],
    unseen: unseen.map(pathOf),
    modules: ofKind(GITLINK).map(pathOf),
    others: others.filter((path) => !path.endsWith("/")),
    repositories: others.filter((path) => path.endsWith("/")).map((path) => path.slice(0, -1)),
  };
}

/** Whether git ignores the folder itself. */
export function isGitIgnored(folder: string): boolean {
  return git(folder, ["check-ignore", "-q", "."]) !== null;
}

/** Of a submodule that was never fetched there is nothing to say. */
function nestedRepository(folder: string, path: string): readonly Skipped[] {
  return existsSync(join(folder, path, ".git")) ? [{ path, reason: NESTED_REPOSITORY }] : [];
}

/** Whether a name was not UTF-8, so that what is left of it names nothing. */
export function isNameLost(folder: string, name: string): boolean {
  return name.includes(LOST) && lstatSync(join(folder, name), { throwIfNoEntry: false }) === undefined;
}

/** What git lists with `-z`: each entry ends with a NUL. */
function entriesOf(stdout: string): readonly string[] {
  return stdout.split("\0").slice(0, -1);
}

/** Of untracked files git does not tell whether they are links. */
function isFile(absolute: string): boolean {
  return lstatSync(absolute, { throwIfNoEntry: false })?.isFile() === true;
}

function unreadableFolders(stderr: string): Skipped[] {
  const warnings = stderr.matchAll(/^warning: could not open directory '(.*?)\/?': (.*)$/gm);
  return Array.from(warnings, ([, path = "", why = ""]) => ({
    path,
    reason: `The folder cannot be read: ${why.toLowerCase()}.`,
  }));
}

export const NAME_NOT_UTF8 =
  "The file's name is not UTF-8, so no report could name it; rename it to have it read.";
export const NESTED_REPOSITORY =
  "This folder is a git repository of its own (a submodule, for instance); scan it by itself.";

/** Where an entry has the second digit of a mode: `100644` and `100755` are files, `160000` a commit of another repository. */
const KIND = 3;
const FILE = "0";
const GITLINK = "6";
/** The stage of a file that has one version. */
const NO_CONFLICT = "0";
/** Tags of `ls-files -v`. */
const IN_WORK_TREE = "H";
const NOT_IN_WORK_TREE = "S";
const UNTRACKED = "? ";
/** What stands for bytes that are not UTF-8. */
const LOST = "\uFFFD";
