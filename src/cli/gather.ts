import { relative, resolve, sep } from "node:path";
import type { Prefilter } from "../engine/prefilter.ts";
import type { Discovery } from "../files/discover.ts";
import type { Contents } from "../files/read.ts";
import { discoverAndRead } from "../files/gather.ts";
import { projectRoot } from "../files/root.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";

/** What a run looks at. */
export interface Scope extends Discovery, Contents {
  /** The project's root, absolute; paths of the scope are relative to it. */
  readonly root: string;
  /** The path arguments, relative to the root; empty for the root itself. */
  readonly places: readonly string[];
}

/**
 * @param typed path arguments; the working directory when there is none
 * @throws Fault when a path does not exist, or there is nothing to scan
 */
export async function gather(typed: readonly string[], prefilter: Prefilter, { cwd }: Io): Promise<Scope> {
  const paths = typed.length > 0 ? typed : ["."];
  const root = projectRoot(paths, cwd);
  const found = await discoverAndRead(paths, { root, cwd }, prefilter);
  const { files, missing, skipped } = found;
  if (missing.length > 0) throw new Fault(`There is no file or folder ${listed(missing)}.`);
  if (files.length + skipped.length === 0) throw new Fault(`There is no file to scan in ${listed(paths)}.`);
  const places = paths.map((path) => below(root, resolve(cwd, path)));
  return { ...found, root, places };
}

/**
 * Standard input as the one file of a run.
 * @throws Fault when it is not UTF-8
 */
export async function gatherStdin(filename: string, { cwd, stdin }: Io): Promise<Scope> {
  const root = projectRoot([filename], cwd);
  const path = below(root, resolve(cwd, filename));
  const file = { path, text: decode(await stdin()) };
  return {
    root,
    places: [path],
    files: [path],
    isWhole: false,
    missing: [],
    skipped: [],
    candidates: [file],
    telling: [file],
  };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault("Standard input is not valid UTF-8; convert it to have it read.");
  }
}

function below(root: string, absolute: string): string {
  return relative(root, absolute).replaceAll(sep, "/");
}

function listed(paths: readonly string[]): string {
  return paths.map((path) => JSON.stringify(path)).join(" or ");
}
