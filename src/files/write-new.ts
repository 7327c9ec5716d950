import { linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode, systemReason } from "./reasons.ts";

export interface NewFile {
  /** Absolute; made when it is not there. */
  readonly folder: string;
  /** Of a file in that folder. */
  readonly name: string;
  readonly text: string;
}

/** What stands where a file is to be written. */
export type Present = "nothing" | "same" | "other" | "no-file";

/** A link is no file, wherever it leads. */
export function presentAt({ folder, name, text }: NewFile): Present {
  const path = join(folder, name);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return "nothing";
  if (!stat.isFile()) return "no-file";
  return readFileSync(path, "utf8") === text ? "same" : "other";
}

/**
 * Writes a file, whole or not at all. Where something stands, it is replaced only with `force`, and only where it is a file.
 * @returns why it was not written, in one sentence; null when it was
 */
export function writeNew(file: NewFile, force: boolean): string | null {
  const path = join(file.folder, file.name);
  const temporary = join(file.folder, `.gadget-migrate-${crypto.randomUUID()}`);
  try {
    mkdirSync(file.folder, { recursive: true });
    if (presentAt(file) === "no-file") return "What stands there is no file.";
    writeFileSync(temporary, file.text, { flag: "wx" });
    // To link fails where something came to stand in the meantime; to rename would replace it.
    if (force) renameSync(temporary, path);
    else linkSync(temporary, path);
    return null;
  } catch (error) {
    return systemCode(error) === "EEXIST" ? "Another file stands there." : `${systemReason(error)}.`;
  } finally {
    rmSync(temporary, { force: true });
  }
}
