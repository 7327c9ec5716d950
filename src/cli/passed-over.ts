import { extname } from "node:path";
import { discover } from "../files/discover.ts";
import { readFiles } from "../files/read.ts";
import { languageOfName } from "../languages/detect.ts";
import type { Report } from "../engine/report.ts";
import { targetLine } from "../reporters/sentences.ts";
import { printable } from "../reporters/terminal.ts";
import type { Scope } from "./gather.ts";
import { prefilterOf } from "./gather.ts";
import type { Io } from "./io.ts";
import type { Options } from "./options.ts";
import type { Project } from "./project.ts";

/** Of a list of paths, so many are named. */
const MOST_NAMED = 5;

/**
 * What `--verbose` prints: the configuration, what speaks of a release, and which files were passed over, and why. What git
 * ignores is not among them.
 * @param shown writes a path of the report as one would type it
 */
export async function passedOverText(
  report: Report,
  scope: Scope,
  options: Options,
  project: Project,
  { cwd }: Io,
  shown: (path: string) => string,
): Promise<string> {
  const { root } = scope;
  const files = scope.files.all;
  const paths = options.paths.length > 0 ? options.paths : ["."];
  const isFiltered = project.include !== undefined || project.exclude !== undefined;
  const all = isFiltered ? await discover(paths, { root, cwd }) : scope;
  const scanned = new Set(files);
  const leftOut = all.files.all.filter((path) => !scanned.has(path));
  const nameless = files.filter((path) => languageOfName(path) === null);
  const suspects = readFiles(nameless, root, prefilterOf(project), new Set(nameless)).candidates.flatMap(
    (file) => ("reason" in file ? [`${shown(file.path)}: ${file.reason}`] : []),
  );
  const { evidence } = report.target;
  const told = new Set([...scope.telling.map(({ path }) => path), ...nameless]);
  const lines = [
    project.configFile === null ? "Configuration: none." : `Configuration: ${project.configFile}.`,
    targetLine(report, shown),
    ...evidence.map(({ what, version, path, line }) => `  ${shown(path)}:${line} ${what} ${version}`),
    `Passed over, of ${all.files.length} files:`,
    ...(leftOut.length > 0 ? [`  left out by include or exclude: ${listOf(leftOut, shown)}`] : []),
    ...(nameless.length > 0
      ? [`  ${nameless.length} by their names in no language that is read: ${kindsOf(nameless)}`]
      : []),
    ...suspects.map((line) => `    ${line}`),
    `  ${files.filter((path) => !told.has(path)).length} with nothing in them that a rule looks for`,
    ...(report.scanned < files.length
      ? [`  ${files.length - report.scanned} read, and not chosen by --path, --staged or --since`]
      : []),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function listOf(paths: readonly string[], shown: (path: string) => string): string {
  const more = paths.length - MOST_NAMED;
  return paths.slice(0, MOST_NAMED).map(shown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** `.png 12, .svg 3, without extension 2`, the most frequent first. */
function kindsOf(paths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const kind = extname(path) || "without extension";
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return listOf(
    kinds.map(([kind, count]) => `${kind} ${count}`),
    (kind) => kind,
  );
}
