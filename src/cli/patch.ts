/** A file before and after, at its path relative to the project root. */
export interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
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
