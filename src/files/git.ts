import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { on } from "node:events";
import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Skipped } from "../engine/report.ts";
import type { Listing } from "./list.ts";
import { PathList } from "./path-list.ts";

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

/** What git tracks below a folder. */
export interface Tracked extends Listing {
  /** Those of the paths that git was told not to look at, so that `searchTracked` passes them over. */
  readonly unseen: readonly string[];
}

/**
 * The files below a folder that git tracks; neither links nor what nested repositories hold. Those that were deleted count too.
 * @returns null when git cannot tell: not installed, no work tree, one of another owner
 */
export async function trackedFiles(folder: string): Promise<Tracked | null> {
  const result = await gitInBackground(folder, ["ls-files", "-z", "-v", "--stage"]);
  if (result === null) return null;
  const { stdout } = result;
  const isUsual = usualIn(stdout);
  const special: string[] = [];
  let usual = 0;
  for (let at = 0, end = 0; (end = stdout.indexOf("\0", at)) >= 0; at = end + 1) {
    if (isUsual(stdout, at)) usual += 1;
    else special.push(stdout.slice(at, end));
  }
  const { files, unseen, modules } = specialFiles(special);
  const cut = (entries: string): readonly string[] => [
    ...entriesOf(entries).flatMap((entry) => (isUsual(entry, 0) ? pathOf(entry) : [])),
    ...files,
  ];
  const paths = PathList.cutLater(stdout, usual + files.length, cut);
  const isLost = (path: string): boolean => isNameLost(folder, path);
  const lost = stdout.includes(LOST) ? paths.all.filter(isLost) : [];
  const nested = modules.flatMap((path) => nestedRepository(folder, path));
  return {
    paths: paths.without(LOST, isLost),
    skipped: [...lost.map((path) => ({ path, reason: NAME_NOT_UTF8 })), ...nested],
    unseen,
  };
}

/** Tells the entries of files that are in the work tree and in no conflict: `H 100644 <object> 0<tab>path`. */
function usualIn(stdout: string): (text: string, at: number) => boolean {
  // All objects have names of one length.
  const stage = stdout.indexOf("\t") - 1;
  return (text, at) =>
    text[at] === IN_WORK_TREE && text[at + KIND] === FILE && text[at + stage] === NO_CONFLICT;
}

function pathOf(entry: string): string {
  return entry.slice(entry.indexOf("\t") + 1);
}

/** What the other entries are; of a file in conflict there is one for each version. */
function specialFiles(entries: readonly string[]): Record<"files" | "unseen" | "modules", readonly string[]> {
  const ofKind = (kind: string): readonly string[] => entries.filter((entry) => entry[KIND] === kind);
  const files = ofKind(FILE);
  // A small letter: "assume unchanged".
  const unseen = files.filter(([tag = ""]) => tag === NOT_IN_WORK_TREE || tag > "Z");
  return {
    files: [...new Set(files.map(pathOf))],
    unseen: unseen.map(pathOf),
    modules: ofKind(GITLINK).map(pathOf),
  };
}

/**
 * Begins to search the work tree's version of tracked files, on all processors.
 * @param patterns in Perl's grammar; matched against the bytes of one line at a time
 * @returns the paths of files with a match, in shares as they are found, the `unseen` ones left out; throws where git cannot
 *   search all of the others: it is too old, knows no such patterns, or some file cannot be read
 */
export function searchTracked(
  folder: string,
  patterns: readonly string[],
): AsyncGenerator<readonly string[]> {
  const settings = ["-c", "grep.fullName=false", "-c", "submodule.recurse=false"];
  const flags = ["-l", "-z", "--text", "--no-textconv", "--no-color", "--perl-regexp"];
  const child = start(folder, [
    ...settings,
    "grep",
    ...flags,
    ...patterns.flatMap((pattern) => ["-e", pattern]),
  ]);
  // All of it is heard from the first moment: what comes before somebody listens is lost once the program has ended.
  const texts = on(child.stdout.setEncoding("utf8"), "data", { close: ["end"] });
  const end = endOf(child);
  return namesFrom(texts as AsyncIterable<[string]>, end);
}

async function* namesFrom(
  texts: AsyncIterable<[string]>,
  end: Promise<End>,
): AsyncGenerator<readonly string[]> {
  let rest = "";
  for await (const [text] of texts) {
    const names = (rest + text).split("\0");
    rest = names.pop() ?? "";
    if (names.length > 0) yield names;
  }
  const { code, stderr } = await end;
  if (stderr !== "" || code === null || code > NOTHING_FOUND) throw new Error(`git cannot search: ${stderr}`);
}

/** The exit code of `git grep` when no file has a match. */
const NOTHING_FOUND = 1;

/** The files that git neither tracks nor ignores, by every .gitignore, `info/exclude` and the user's own excludes file. */
export async function untrackedFiles(folder: string): Promise<Listing> {
  const result = await gitInBackground(folder, ["ls-files", "-z", "--others", "--exclude-standard"]);
  const paths: string[] = [];
  const skipped = unreadableFolders(result?.stderr ?? "");
  for (const path of entriesOf(result?.stdout ?? "")) {
    if (path.endsWith("/")) skipped.push(...nestedRepository(folder, path.slice(0, -1)));
    else if (isNameLost(folder, path)) skipped.push({ path, reason: NAME_NOT_UTF8 });
    else if (isFile(join(folder, path))) paths.push(path);
  }
  return { paths: PathList.of(paths), skipped };
}

/** Of a submodule that was never fetched there is nothing to say. */
function nestedRepository(folder: string, path: string): readonly Skipped[] {
  return existsSync(join(folder, path, ".git")) ? [{ path, reason: NESTED_REPOSITORY }] : [];
}

/** Whether a name was not UTF-8, so that what is left of it names nothing. */
export function isNameLost(folder: string, name: string): boolean {
  return name.includes(LOST) && lstatSync(join(folder, name), { throwIfNoEntry: false }) === undefined;
}

/** Whether git ignores the folder itself. */
export function isGitIgnored(folder: string): boolean {
  return git(folder, ["check-ignore", "-q", "."]) !== null;
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
/** What stands for bytes that are not UTF-8. */
const LOST = "\uFFFD";

interface Output {
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs git. Null when it fails or exits with another code than 0.
 * @param index another index than the work tree's own, absolute
 */
export function git(
  folder: string,
  args: readonly string[],
  { input = "", index }: { readonly input?: string; readonly index?: string | undefined } = {},
): Output | null {
  const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...HARMLESS, ...args], {
    env: index === undefined ? environment() : { ...environment(), GIT_INDEX_FILE: index },
    input,
    maxBuffer: Infinity,
    windowsHide: true,
  });
  return status === 0 ? { stdout, stderr: stderr.toString() } : null;
}

async function gitInBackground(
  folder: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string } | null> {
  const child = start(folder, args);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const { code, stderr } = await endOf(child);
  return code === 0 ? { stdout, stderr } : null;
}

/** What git lists with `-z`: each entry ends with a NUL. */
function entriesOf(stdout: string): readonly string[] {
  return stdout.split("\0").slice(0, -1);
}

interface End {
  /** Null: it could not be started, or was killed. */
  readonly code: number | null;
  readonly stderr: string;
}

function endOf(child: Child): Promise<End> {
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.once("error", () => {
      resolve({ code: null, stderr });
    });
    child.once("close", (code) => {
      resolve({ code, stderr });
    });
  });
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(folder: string, args: readonly string[]): Child {
  return spawn("git", ["-C", folder, ...HARMLESS, ...args], {
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
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
