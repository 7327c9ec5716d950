import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { systemCode, systemReason } from "../files/reasons.ts";
import { Fault } from "./fault.ts";

/** A file that will hold a report: known to be writable, and unchanged until the whole text is there. */
export interface OutputFile {
  write(text: string): void;
  /** Leaves everything as it was; does nothing after `write`. */
  discard(): void;
}

/**
 * @param name as typed, relative to `cwd`
 * @throws Fault when the file cannot be written
 */
export function openOutput(name: string, cwd: string): OutputFile {
  const path = resolve(cwd, name);
  const fail = (error: unknown): never => {
    throw new Fault(`Cannot write ${name}: ${reasonOf(error)}.`);
  };
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return replacing(path, 0o666, fail);
    if (stat.isDirectory()) throw new Fault(`Cannot write ${name}: it is a folder.`);
    // Devices and pipes (`/dev/stderr`) are written to: a file in their place would be a surprise.
    return stat.isFile() ? replacing(realpathSync(path), stat.mode, fail) : direct(path, fail);
  } catch (error) {
    if (error instanceof Fault) throw error;
    return fail(error);
  }
}

function direct(path: string, fail: (error: unknown) => never): OutputFile {
  const write = (text: string): void => {
    try {
      writeFileSync(path, text);
    } catch (error) {
      fail(error);
    }
  };
  return { write, discard: () => undefined };
}

function replacing(path: string, mode: number, fail: (error: unknown) => never): OutputFile {
  const temporary = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}`);
  closeSync(openSync(temporary, "wx", mode));
  const discard = (): void => {
    rmSync(temporary, { force: true });
  };
  const write = (text: string): void => {
    try {
      writeFileSync(temporary, text);
      renameSync(temporary, path);
    } catch (error) {
      discard();
      fail(error);
    }
  };
  return { write, discard };
}

function reasonOf(error: unknown): string {
  return systemCode(error) === "ENOENT" ? "its folder does not exist" : systemReason(error);
}
