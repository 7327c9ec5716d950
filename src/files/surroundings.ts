import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Larger files are none that a person writes by hand. */
const MAX_BYTES = 1_000_000;

/** The text of a file below a folder; null where no plain file stands. Links are not followed. */
export function readBelow(root: string, path: string): string | null {
  if (!isPlainBelow(root, path)) return null;
  try {
    const stat = lstatSync(join(root, path));
    return stat.isFile() && stat.size <= MAX_BYTES ? readFileSync(join(root, path), "utf8") : null;
  } catch {
    return null;
  }
}

/** The names in a folder below another, sorted; none where there is no folder. */
export function listBelow(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder)).sort();
  } catch {
    return [];
  }
}

/** Whether no link stands on the way from a folder to a path below it, nor at its end: what is written there stays there. */
export function isPlainBelow(root: string, path: string): boolean {
  const names = path.split("/");
  return names.every((_, i) => {
    const at = join(root, ...names.slice(0, i + 1));
    return lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() !== true;
  });
}
