import { relative, sep } from "node:path";
import { gitTopLevel } from "../files/root.ts";
import { quoted } from "./next-steps.ts";

/** A file before and after, at its path relative to the project root. */
export interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What to say where `git apply` would not take the whole patch if it were run in the working directory: below the top of a
 * work tree it passes over the files beside it without a word.
 * @returns one sentence, or null when it takes it all
 */
export function whereToApply(changes: readonly Change[], root: string, cwd: string): string | null {
  if (changes.some(({ path }) => path.startsWith("../"))) {
    return "The patch has files outside of the working directory, which git apply refuses; --fix writes them.";
  }
  const toRoot = relative(cwd, root).replaceAll(sep, "/") || ".";
  const below = relative(root, cwd).replaceAll(sep, "/");
  const isInside = toRoot === "." || (/^(?:\.\.\/?)+$/.test(toRoot) && gitTopLevel(cwd) === root);
  const isTaken = isInside && changes.every(({ path }) => below === "" || path.startsWith(`${below}/`));
  if (isTaken || changes.length === 0) return null;
  return `The patch's paths begin at ${toRoot}, and git apply may pass over them here without a word; apply it with: git -C ${quoted(toRoot)} apply`;
}

const CONTEXT_LINES = 3;

/** The changes as one patch that `git apply` takes; empty when there is none. */
export async function patchOf(changes: readonly Change[]): Promise<string> {
  if (changes.length === 0) return "";
  const { formatPatch, structuredPatch } = await import("diff");
  const patches = changes.map(({ path, before, after }) => {
    const options = { context: CONTEXT_LINES };
    const patch = structuredPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options);
    return formatPatch({ ...patch, isGit: true });
  });
  return patches.join("");
}
