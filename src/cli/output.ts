import {
  accessSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { PathList } from "../files/path-list.ts";
import { systemCode, systemReason } from "../files/reasons.ts";
import { detectLanguage } from "../languages/detect.ts";
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
 * Makes sure that no report takes the place of another, or of a file that is scanned by name.
 * @param names of the reports' files, relative to `cwd`
 * @param sources path arguments
 * @throws Fault when one does
 */
export function checkOutputsApart(names: readonly string[], sources: readonly string[], cwd: string): void {
  const scanned = new Set(sources.map((path) => realPath(path, cwd)));
  const taken = new Map<string, string>();
  for (const name of names) {
    const path = realPath(name, cwd);
    const other = taken.get(path);
    if (scanned.has(path)) throw overwrites(name);
    if (other !== undefined) {
      throw new Fault(
        `--output names ${other} twice, the second time as ${name}; give each format a file of its own.`,
      );
    }
    taken.set(path, name);
  }
}

/**
 * Makes sure, before anything is written, that no report takes the place of a file that was scanned. A report of an earlier
 * run may be replaced.
 * @throws Fault when one would
 */
export function checkSourcesKept(
  names: readonly string[],
  cwd: string,
  { root, files }: { readonly root: string; readonly files: PathList },
): void {
  if (names.length === 0) return;
  const top = realPath(".", root);
  const found = new Set(files.all);
  for (const name of names) {
    const absolute = realPath(name, cwd);
    const path = relative(top, absolute).replaceAll(sep, "/");
    if (found.has(path) && isSource(path, absolute)) throw overwrites(name);
  }
}

function isSource(path: string, absolute: string): boolean {
  const text = readFileSync(absolute, "utf8");
  return text !== "" && detectLanguage(path, text) !== null && !OWN_REPORT.test(text);
}

/** How our own reports can be told, in the formats that may have the name of a language that is read. */
const OWN_REPORT = new RegExp(
  [
    String.raw`^## gadget-migrate\n`,
    String.raw`^\{\n {2}"version": 1,\n {2}"target"`,
    String.raw`^\{\n {2}"\$schema": "[^"\n]*sarif`,
    String.raw`^\[(?:\]|\n {2}\{\n {4}"description": "[^\n]*\n {4}"check_name": )`,
    String.raw`^<\?xml [^\n]*\n<(?:testsuites name="gadget-migrate"|checkstyle )`,
    String.raw`^<!doctype html>\n<html lang="en">\n`,
    String.raw`^path,line,column,end line,`,
    String.raw`^::(?:error|warning|notice) file=`,
    String.raw`(?:^|\n)(?:\d+ findings?|No findings) in \d`,
  ].join("|"),
);

function overwrites(name: string): Fault {
  return new Fault(`--output would overwrite ${name}, which is scanned; name another file.`);
}

/** Where a name leads, whether or not there is a file yet. */
function realPath(name: string, folder: string): string {
  const path = resolve(folder, name);
  try {
    return realpathSync(path);
  } catch {
    return join(existing(dirname(path)), basename(path));
  }
}

function existing(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
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
