import type { Prefilter } from "../engine/prefilter.ts";
import { changedSince, objectsOf, stagedFiles, type Staged } from "../files/changes.ts";
import type { Discovery } from "../files/discover.ts";
import { type Contents, readContents } from "../files/read.ts";
import { gitTopLevel } from "../files/root.ts";
import { Fault } from "./fault.ts";
import type { Options } from "./options.ts";
import type { Project } from "./project.ts";

/** The files that a run is about, by git; of some not what stands in them, but what is staged. */
export interface Choice extends Staged {
  /** The project's root, absolute. */
  readonly root: string;
}

/**
 * What `--staged` or `--since` names; null without either.
 * @throws Fault when git cannot tell
 */
export async function choiceOf({ staged, since }: Options, { root }: Project): Promise<Choice | null> {
  const option = staged ? "--staged" : since === undefined ? null : "--since";
  if (option === null) return null;
  if (gitTopLevel(root) !== root) throw new Fault(`${option} asks git, and ${root} is in no git work tree.`);
  if (since === undefined) {
    const found = stagedFiles(root);
    if (found === null)
      throw new Fault("--staged: git cannot tell what is staged here; does git status work?");
    return { root, ...found };
  }
  const changed = await changedSince(root, since);
  if (!changed.ok) throw new Fault(`--since: ${changed.what}.`);
  return { root, paths: changed.paths, partly: new Map() };
}

/** The staged contents of files that differ in the work tree; of those that are part of the scan. */
export function stagedContents(
  { root, partly }: Choice,
  { files }: Pick<Discovery, "files">,
  prefilter: Prefilter,
): Contents {
  const paths = partly.size === 0 ? [] : files.all.filter((path) => partly.has(path));
  const contents = objectsOf(
    root,
    paths.map((path) => partly.get(path) ?? ""),
  );
  const byPath = new Map<string, Buffer>();
  for (const [i, path] of paths.entries()) {
    const content = contents[i];
    if (content == null) throw new Fault(`--staged: git does not hand out what is staged of ${path}.`);
    byPath.set(path, content);
  }
  return readContents(byPath, prefilter);
}

/** What was read, but for what a staged content takes the place of. */
export function withoutPartly({ candidates, telling }: Contents, { partly }: Choice): Contents {
  const isKept = ({ path }: { readonly path: string }): boolean => !partly.has(path);
  return { candidates: candidates.filter(isKept), telling: telling.filter(isKept) };
}
