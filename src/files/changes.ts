import { createHash } from "node:crypto";
import { join, relative, resolve } from "node:path";
import { git } from "./git.ts";
import { workTreeFiles } from "./work-tree.ts";
import { MAX_BYTES, openFile } from "./open.ts";

/** Paths with `/`, relative to the top of the work tree; or one sentence, without its end, on why git cannot tell. */
export type Changed =
  { readonly ok: true; readonly paths: ReadonlySet<string> } | { readonly ok: false; readonly what: string };

/**
 * Files that differ from the last common commit with `ref`, committed since or not, and untracked ones.
 * @param top the top of the work tree, absolute
 * @param ref whatever names a commit
 */
export async function changedSince(top: string, ref: string): Promise<Changed> {
  const commit = line(
    ref.startsWith("-") ? null : ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`],
    top,
  );
  if (commit === null) return { ok: false, what: `git knows no commit ${JSON.stringify(ref)} here` };
  const base = line(["merge-base", commit, "HEAD"], top);
  if (base === null) {
    const what = `${JSON.stringify(ref)} and the commit that is checked out have no commit in common here`;
    return { ok: false, what: `${what}; is it a shallow clone? git fetch --unshallow gets the rest` };
  }
  const args = ["diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", ...RAW, base, "--"];
  const changed = asked(args, top);
  if (changed === null)
    return { ok: false, what: `git does not tell what changed since ${JSON.stringify(ref)}` };
  const found = await workTreeFiles(top);
  return { ok: true, paths: new Set([...changed, ...(found?.untracked ?? [])]) };
}

/** What would be committed. */
export interface Staged {
  /** Files whose staged text differs from the last commit. */
  readonly paths: ReadonlySet<string>;
  /** Those among them whose staged text is not that of the work tree, with its object. */
  readonly partly: ReadonlyMap<string, string>;
}

/**
 * @param top the top of the work tree, absolute
 * @returns null when git cannot tell
 */
export function stagedFiles(top: string): Staged | null {
  const head = line(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], top) ?? line(EMPTY_TREE, top);
  if (head === null) return null;
  const args = [
    "diff-index",
    "--cached",
    "-z",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--diff-filter=AMT",
    ...RAW,
  ];
  const entries = asked([...args, head, "--"], top, indexOf(top));
  if (entries === null) return null;
  const paths = new Set<string>();
  const partly = new Map<string, string>();
  // `:100644 100644 <before> <after> M`, then the path.
  for (let i = 0; i + 1 < entries.length; i += 2) {
    const [, mode = "", , object = ""] = entries[i]?.split(" ") ?? [];
    const path = entries[i + 1] ?? "";
    if (!mode.startsWith("100")) continue;
    paths.add(path);
    if (!isInWorkTree(join(top, path), object)) partly.set(path, object);
  }
  return { paths, partly };
}

/** The content of objects, in their order; null for one that is not here. */
export function objectsOf(top: string, objects: readonly string[]): readonly (Buffer | null)[] {
  if (objects.length === 0) return [];
  const output = git(top, ["cat-file", "--batch"], {
    input: objects.map((object) => `${object}\n`).join(""),
  });
  let rest = output?.stdout ?? Buffer.alloc(0);
  return objects.map(() => {
    // `<object> blob <bytes>`, a line end, the content, a line end; or `<object> missing`.
    const end = rest.indexOf("\n");
    const length = /^\w+ blob (\d+)$/.exec(rest.toString("latin1", 0, Math.max(0, end)))?.[1];
    rest = rest.subarray(end + 1);
    if (length === undefined) return null;
    const content = rest.subarray(0, Number(length));
    rest = rest.subarray(Number(length) + 1);
    return content;
  });
}

/**
 * Tracked files of a work tree that differ from the last commit, staged or not; null where git cannot tell.
 * @param top the top of the work tree; the paths are relative to it, with `/`
 */
export function uncommittedFiles(top: string): ReadonlySet<string> | null {
  const args = [
    "status",
    "--porcelain",
    "-z",
    "--no-renames",
    "--untracked-files=no",
    "--ignore-submodules=all",
  ];
  const entries = asked(args, top);
  return entries === null ? null : new Set(entries.map((entry) => entry.slice(STATUS_LENGTH)));
}

/** Of some files, those that the last commit does not hold as they are now; null where git cannot tell. */
export async function uncommittedAmong(
  paths: readonly string[],
  top: string,
): Promise<readonly string[] | null> {
  const changed = uncommittedFiles(top);
  const found = await workTreeFiles(top);
  if (changed === null || found === null) return null;
  const known = new Set(found.paths.all);
  const untracked = new Set(found.untracked);
  return paths.filter((path) => changed.has(path) || untracked.has(path) || !known.has(path));
}

/** Two letters and a blank come before the path. */
const STATUS_LENGTH = 3;

/** Nothing that the repository configures shows or compares files. */
const RAW = ["--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=all"];

const EMPTY_TREE = ["hash-object", "-t", "tree", "--stdin"];

/** What git prints, cut at its NUL bytes. */
function asked(args: readonly string[], top: string, index?: string): readonly string[] | null {
  const without = withoutFilters(top);
  if (without === null) return null;
  const output = git(top, [...without, ...args], { index });
  return output?.stdout.toString().split("\0").slice(0, -1) ?? null;
}

function line(args: readonly string[] | null, top: string): string | null {
  const text = args === null ? "" : (git(top, args)?.stdout.toString().trim() ?? "");
  return text === "" ? null : text.split("\n", 1).join("");
}

/**
 * Settings that turn off every filter of contents (`filter.NAME.clean`): git runs them to compare a file with its last
 * version, and they are programs that the repository names. Null when that cannot be said on a command line.
 */
function withoutFilters(top: string): readonly string[] | null {
  const output = git(top, ["config", "-z", "--name-only", "--get-regexp", String.raw`^filter\.`]);
  const keys = output?.stdout.toString().split("\0").slice(0, -1) ?? [];
  const names = new Set(keys.map((key) => key.slice("filter.".length, key.lastIndexOf("."))));
  if ([...names].some((name) => name.includes("="))) return null;
  return [...names].flatMap((name) =>
    ["clean=", "smudge=", "process=", "required=false"].flatMap((setting) => [
      "-c",
      `filter.${name}.${setting}`,
    ]),
  );
}

/** In a hook git may name another index, that of the commit to be (`git commit -a`, `git commit FILE`). */
function indexOf(top: string): string | undefined {
  const named = process.env["GIT_INDEX_FILE"];
  const folder = line(["rev-parse", "--absolute-git-dir"], top);
  if (named === undefined || named === "" || folder === null) return undefined;
  const path = resolve(named);
  // That of another repository, whose hook this is, says nothing about this one.
  return relative(folder, path).startsWith("..") ? undefined : path;
}

/** Whether a file that is not too large has the content of an object; line ends may differ, as `core.autocrlf` has it. */
function isInWorkTree(absolute: string, object: string): boolean {
  const bytes = contentOf(absolute);
  if (bytes === null) return false;
  if (objectName(bytes, object) === object) return true;
  if (!bytes.includes("\r\n")) return false;
  const unix = Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
  return objectName(unix, object) === object;
}

function objectName(content: Buffer, like: string): string {
  const kind = like.length === SHA1_LENGTH ? "sha1" : "sha256";
  return createHash(kind).update(`blob ${content.length}\0`).update(content).digest("hex");
}

const SHA1_LENGTH = 40;

function contentOf(absolute: string): Buffer | null {
  try {
    return openFile(absolute, ({ bytes }) => (bytes.length > MAX_BYTES ? null : Buffer.from(bytes)));
  } catch {
    return null;
  }
}
