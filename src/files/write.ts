import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { systemReason } from "./reasons.ts";

export interface FixedFile {
  readonly absolute: string;
  /** Nothing outside of this folder is written; absolute. */
  readonly root: string;
  /** The text that was scanned, a BOM included. */
  readonly before: string;
  readonly after: string;
}

export type Written = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * Puts the fixed text in the place of the scanned one, whole or not at all: it goes to a new file beside it, which then takes
 * its name and keeps its mode. Refused, with one sentence, when the file changed since the scan, is a link or lies outside of
 * the root (through a linked folder, say), or the system does not allow it; nothing is left behind then.
 */
export function writeFix({ absolute, root, before, after }: FixedFile): Written {
  try {
    if (!lstatSync(absolute).isFile()) return refused("It is no longer a regular file");
    if (!isInside(realpathSync(dirname(absolute)), realpathSync(root)))
      return refused("A link leads out of the project to it");
    // A file that may not be written could still be replaced by renaming; whoever made it read-only meant something.
    closeSync(openSync(absolute, constants.O_RDWR));
    if (!readFileSync(absolute).equals(Buffer.from(before)))
      return refused("It changed since it was scanned");
    replace(absolute, after);
    return { ok: true };
  } catch (error) {
    return refused(`It cannot be written: ${systemReason(error)}`);
  }
}

function refused(what: string): Written {
  return { ok: false, reason: `${what}; the fixes were not made.` };
}

function replace(absolute: string, text: string): void {
  const { mode, uid, gid } = lstatSync(absolute);
  const temporary = join(dirname(absolute), `.gadget-migrate-${crypto.randomUUID()}`);
  try {
    const fd = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(fd, text);
      keepOwner(fd, uid, gid);
      fchmodSync(fd, mode & 0o7777);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, absolute);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** In a container that runs as root the file would else change hands. Who may not give files away leaves the owner as it is. */
function keepOwner(fd: number, uid: number, gid: number): void {
  const now = fstatSync(fd);
  if (now.uid === uid && now.gid === gid) return;
  try {
    fchownSync(fd, uid, gid);
  } catch {
    // The content is what matters; an owner that cannot be kept is no reason to refuse it.
  }
}

function isInside(folder: string, root: string): boolean {
  const path = relative(root, folder);
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
