import { accessSync, constants, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { systemCode, systemReason } from "../files/reasons.ts";
import { Fault } from "./fault.ts";

/**
 * Makes sure, before a long run begins, that a report can be written; creates nothing.
 * @param name as typed, relative to `cwd`
 * @throws Fault when it cannot
 */
export function checkOutput(name: string, cwd: string): void {
  const path = resolve(cwd, name);
  orFault(name, () => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) throw new Fault(`Cannot write ${name}: it is a folder.`);
    if (stat !== undefined) accessSync(path, constants.W_OK);
    if (stat?.isFile() !== false) accessSync(dirname(path), constants.W_OK);
  });
}

/**
 * Writes a report, whole or not at all. Devices and pipes (`/dev/stderr`) are written to; a file in their place would be a
 * surprise, and so would one in the place of a link.
 * @throws Fault when it cannot be written
 */
export function writeOutput(name: string, cwd: string, text: string): void {
  const path = resolve(cwd, name);
  orFault(name, () => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) replace(path, text, 0o666);
    else if (stat.isFile()) replace(realpathSync(path), text, stat.mode);
    else writeFileSync(path, text);
  });
}

function replace(path: string, text: string, mode: number): void {
  const temporary = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}`);
  try {
    writeFileSync(temporary, text, { flag: "wx", mode });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function orFault(name: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (error instanceof Fault) throw error;
    const code = systemCode(error);
    const isNowhere = code === "ENOENT" || code === "ENOTDIR";
    throw new Fault(
      `Cannot write ${name}: ${isNowhere ? "its folder does not exist" : systemReason(error)}.`,
    );
  }
}
