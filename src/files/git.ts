import { isAscii } from "node:buffer";
import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { setPriority } from "node:os";
import type { Readable } from "node:stream";

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

/** As `git`, beside other work. */
export async function gitInBackground(
  folder: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string } | null> {
  const child = start(folder, args);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const { code, stderr } = await endOf(child);
  if (code !== 0) return null;
  const bytes = Buffer.concat(chunks);
  // To copy bytes that need no decoding is several times faster.
  return { stdout: bytes.toString(isAscii(bytes) ? "latin1" : "utf8"), stderr };
}

/** How a program ended. */
export interface End {
  /** Null: it could not be started, or was killed. */
  readonly code: number | null;
  readonly stderr: string;
}

export function endOf(child: Child): Promise<End> {
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

/** Starts git, a little less urgent than what is done here with its output. */
export function start(folder: string, args: readonly string[]): Child {
  const child = spawn("git", ["-C", folder, ...HARMLESS, ...args], {
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  try {
    if (child.pid !== undefined) setPriority(child.pid, NICENESS);
  } catch {
    // It has ended already, or priorities are not ours to set.
  }
  return child;
}

/** Enough for us to go first, and little enough that git still gets its share beside programs of others. */
const NICENESS = 5;

function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !REPOSITORY_VARIABLES.includes(name));
  return { ...Object.fromEntries(inherited), LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1" };
}
