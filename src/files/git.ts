import { spawnSync } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import type { Listing } from "./list.ts";

/** Nothing that the repository configures is run or asked: no file system monitor, no hooks, no fetching, no locks. */
const HARMLESS = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];

/** Variables of a hook that would make git look at another repository, or at an index of its own. */
const REPOSITORY_VARIABLES = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_PREFIX",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_CEILING_DIRECTORIES",
  "GIT_LITERAL_PATHSPECS",
  "GIT_GLOB_PATHSPECS",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_ICASE_PATHSPECS",
];

/**
 * The files of a folder as git knows them: tracked ones, and untracked ones that no .gitignore, `info/exclude` or global
 * excludes file ignores; neither links nor what nested repositories hold.
 * @returns null when git cannot tell: not installed, no work tree, one of another owner
 */
export function gitListing(folder: string): Listing | null {
  const result = git(folder, [
    "ls-files",
    "-z",
    "-t",
    "--stage",
    "--cached",
    "--others",
    "--exclude-standard",
  ]);
  if (result === null) return null;

  const paths: string[] = [];
  const skipped = unreadableFolders(result.stderr);
  for (const { path, mode } of entriesOf(result.stdout)) {
    if (mode === GITLINK || path.endsWith("/")) {
      const nested = path.replace(/\/$/, "");
      if (existsSync(join(folder, nested, ".git"))) skipped.push({ path: nested, reason: NESTED_REPOSITORY });
    } else if (isNameLost(folder, path)) skipped.push({ path, reason: NAME_NOT_UTF8 });
    // A file in conflict is listed with each of its versions; of untracked files git does not tell whether they are links.
    else if (path !== paths.at(-1) && (mode === null ? isFile(join(folder, path)) : mode !== LINK))
      paths.push(path);
  }
  return { paths, skipped };
}

/** Whether a name was not UTF-8, so that what is left of it names nothing. */
export function isNameLost(folder: string, name: string): boolean {
  return name.includes("\uFFFD") && lstatSync(join(folder, name), { throwIfNoEntry: false }) === undefined;
}

/** Whether git ignores the folder itself. */
export function isGitIgnored(folder: string): boolean {
  return git(folder, ["check-ignore", "-q", "."]) !== null;
}

/**
 * Tracked files of a work tree that differ from the last commit, staged or not; empty where git cannot tell.
 * @param top the top of the work tree; the paths are relative to it, with `/`
 */
export function uncommittedFiles(top: string): ReadonlySet<string> {
  const args = [
    "status",
    "--porcelain",
    "-z",
    "--no-renames",
    "--untracked-files=no",
    "--ignore-submodules=all",
  ];
  const entries = git(top, args)?.stdout.toString().split("\0") ?? [];
  return new Set(entries.map((entry) => entry.slice(STATUS_LENGTH)));
}

/** Two letters and a blank come before the path. */
const STATUS_LENGTH = 3;

export const NAME_NOT_UTF8 =
  "The file's name is not UTF-8, so no report could name it; rename it to have it read.";
export const NESTED_REPOSITORY =
  "This folder is a git repository of its own (a submodule, for instance); scan it by itself.";

const LINK = "120000";
const GITLINK = "160000";

/** Null when git fails or exits with another code than 0. */
function git(
  folder: string,
  args: readonly string[],
): { readonly stdout: Buffer; readonly stderr: string } | null {
  const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...HARMLESS, ...args], {
    env: environment(),
    maxBuffer: Infinity,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  return status === 0 ? { stdout, stderr: stderr.toString() } : null;
}

function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !REPOSITORY_VARIABLES.includes(name));
  return { ...Object.fromEntries(inherited), LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1" };
}

function isFile(absolute: string): boolean {
  return lstatSync(absolute, { throwIfNoEntry: false })?.isFile() === true;
}

interface Entry {
  readonly path: string;
  /** Null for untracked files. */
  readonly mode: string | null;
}

/**
 * Reads `? path` for untracked files, else `H 100644 <object> 0\tpath` with other letters for other states, each ended by NUL.
 * From bytes, so that no path keeps the whole output in memory.
 */
function* entriesOf(output: Buffer): Generator<Entry> {
  for (let start = 0, end = output.indexOf(0); end >= 0; start = end + 1, end = output.indexOf(0, start)) {
    const isUntracked = output[start] === QUESTION_MARK;
    const path = isUntracked ? start + 2 : output.indexOf(TAB, start) + 1;
    const mode = isUntracked ? null : output.toString("latin1", start + 2, start + 8);
    yield { path: output.toString("utf8", path, end), mode };
  }
}

const QUESTION_MARK = 0x3f;
const TAB = 0x09;

function unreadableFolders(stderr: string): { path: string; reason: string }[] {
  const warnings = stderr.matchAll(/^warning: could not open directory '(.*?)\/?': (.*)$/gm);
  return Array.from(warnings, ([, path = "", why = ""]) => ({
    path,
    reason: `The folder cannot be read: ${why.toLowerCase()}.`,
  }));
}
