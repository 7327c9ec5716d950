import { relative, resolve } from "node:path";
import type { Report } from "../engine/report.ts";
import { baselineText, type KnownFinding, readBaseline } from "../files/baseline.ts";
import { Fault } from "./fault.ts";
import type { Scope } from "./gather.ts";
import type { Io } from "./io.ts";
import type { Options } from "./options.ts";
import { writeOutput } from "./output.ts";
import type { Project } from "./project.ts";

/** Where the baseline is, absolute; the command line wins over the configuration. Undefined without one. */
export function baselinePath({ baseline }: Options, { config }: Project, { cwd }: Io): string | undefined {
  if (baseline === null) return undefined;
  return baseline === undefined ? config.baseline : resolve(cwd, baseline);
}

/** @throws Fault when it cannot be read; one that is to be written need not be there */
export function knownFindings(
  path: string,
  isUpdate: boolean,
  { cwd }: Pick<Io, "cwd">,
): readonly KnownFinding[] {
  const read = readBaseline(path);
  if (read.ok) return read.entries;
  if (isUpdate && read.what.startsWith("there is no such baseline")) return [];
  throw new Fault(`${relative(cwd, path) || "."}: ${read.what}.`);
}

/** Writes everything that is found now as known; entries of files that were not scanned stay. */
export function updateBaseline(
  path: string,
  before: readonly KnownFinding[],
  report: Report,
  { files, root }: Scope,
  { cwd }: Io,
): void {
  const found = report.files.flatMap(({ file, findings }) =>
    findings.map(({ ruleId, before: command, fingerprint = "" }) => ({
      path: file.path,
      rule: ruleId,
      command,
      fingerprint,
    })),
  );
  writeOutput(relative(cwd, path), cwd, baselineText(found, before, { files: files.all, root }));
}
