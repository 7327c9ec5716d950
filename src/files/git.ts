import { spawn, spawnSync } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import type { Skipped } from "../engine/report.ts";
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
 * The files below a folder that git tracks; neither links nor what nested repositories hold. Those that were deleted count too.
 * @returns null when git cannot tell: not installed, no work tree, one of another owner
 */
export function trackedFiles(folder: string): Listing | null {
  const result = git(folder, ["ls-files", "-z", "--stage"]);
  if (result === null) return null;
  const paths: string[] = [];
  const skipped: Skipped[] = [];
  for (const entry of result.stdout.toString().split("\0").slice(0, -1)) {
    // `100644 <object> 0<tab>path`
    const kind = entry[1];
    const path = entry.slice(entry.indexOf("\t") + 1);
    if (kind === GITLINK) skipped.push(...nestedRepository(folder, path));
    else if (isNameLost(folder, path)) skipped.push({ path, reason: NAME_NOT_UTF8 });
    // A file in conflict is listed with each of its versions.
    else if (kind !== LINK && path !== paths.at(-1)) paths.push(path);
  }
  return { paths, skipped };
}

/** The files that git neither tracks nor ignores, by every .gitignore, `info/exclude` and the user's own excludes file. */
export async function untrackedFiles(folder: string): Promise<Listing> {
  const result = await gitInBackground(folder, ["ls-files", "-z", "--others", "--exclude-standard"]);
  const paths: string[] = [];
  const skipped = unreadableFolders(result?.stderr ?? "");
  const stdout = result?.stdout.toString() ?? "";
  for (const path of stdout.split("\0").slice(0, -1)) {
    if (path.endsWith("/")) skipped.push(...nestedRepository(folder, path.slice(0, -1)));
    else if (isNameLost(folder, path)) skipped.push({ path, reason: NAME_NOT_UTF8 });
    else if (isFile(join(folder, path))) paths.push(path);
  }
  return { paths, skipped };
}

/** Of a submodule that was never fetched there is nothing to say. */
function nestedRepository(folder: string, path: string): readonly Skipped[] {
  return existsSync(join(folder, path, ".git")) ? [{ path, reason: NESTED_REPOSITORY }] : [];
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

/** The second digit of a mode: `100644` and `100755` are files, `120000` is a link, `160000` a commit of another repository. */
const LINK = "2";
const GITLINK = "6";

interface Output {
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Null when git fails or exits with another code than 0. */
function git(folder: string, args: readonly string[]): Output | null {
  const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...HARMLESS, ...args], {
    env: environment(),
    maxBuffer: Infinity,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  return status === 0 ? { stdout, stderr: stderr.toString() } : null;
}

function gitInBackground(folder: string, args: readonly string[]): Promise<Output | null> {
  const child = spawn("git", ["-C", folder, ...HARMLESS, ...args], {
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve) => {
    child.once("error", () => {
      resolve(null);
    });
    child.once("close", (code) => {
      resolve(
        code === 0 ? { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() } : null,
      );
    });
  });
}

function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !REPOSITORY_VARIABLES.includes(name));
  return { ...Object.fromEntries(inherited), LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1" };
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
