import { isAbsolute, posix, relative, sep } from "node:path";
import type { Selection } from "../engine/findings.ts";
import { aboutGadgets } from "../explain/about.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { withRules } from "../knowledge/own-rules.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Finding } from "../rules/finding.ts";
import type { Choice } from "./changes.ts";
import { Fault } from "./fault.ts";
import type { Scope } from "./gather.ts";
import type { Io } from "./io.ts";
import { shown } from "./option-values.ts";
import type { Options } from "./options.ts";
import type { Project } from "./project.ts";
import { listed } from "./tables.ts";

type SelectionOptions = Pick<Options, "rules" | "gadgets" | "within" | "staged" | "since">;

/**
 * What of all that is found is reported; undefined for all of it.
 * @param choice what git says that the run is about
 * @throws Fault when a gadget is unknown
 */
export async function selectionOf(
  { rules, gadgets, within }: SelectionOptions,
  choice: Choice | null,
  { root, rules: own }: Pick<Project, "root" | "rules">,
  { cwd }: Pick<Io, "cwd">,
): Promise<Selection | undefined> {
  const isAll = rules === undefined && gadgets === undefined && within === undefined && choice === null;
  if (isAll) return undefined;
  const isWithin = within === undefined ? undefined : await matcherOf(within, root, cwd);
  return {
    rules: rules === undefined ? undefined : new Set(rules),
    isAboutGadget: gadgets === undefined ? undefined : isAbout(gadgets, withRules(loadKnowledge(), own)),
    isInFile: choice === null ? isWithin : (path) => choice.paths.has(path) && isWithin?.(path) !== false,
  };
}

/**
 * How many files of a scan may be reported on.
 * @throws Fault when `--path` leaves none of those that there are
 */
export function chosenFiles(
  { files }: Scope,
  selection: Selection | undefined,
  { within, staged, since }: SelectionOptions,
): number {
  const { isInFile } = selection ?? {};
  if (isInFile === undefined) return files.length;
  const chosen = files.all.filter(isInFile).length;
  // Where git says what the run is about, it may well be about nothing.
  if (chosen > 0 || within === undefined || staged || since !== undefined) return chosen;
  throw new Fault(`None of the files that are scanned is at --path ${shown(within.join(","))}.`);
}

function isAbout(names: readonly string[], knowledge: Knowledge): (finding: Finding) => boolean {
  const about = aboutGadgets(names, knowledge);
  if (about.ok) return about.isAbout;
  const { name, nearest } = about;
  const hint = nearest.length === 0 ? "" : `; the nearest: ${listed(nearest)}`;
  throw new Fault(`--gadget: there is no gadget ${shown(name)}${hint}.`);
}

/** Globs are relative to the working directory; those without a slash match at any depth. */
async function matcherOf(
  globs: readonly string[],
  root: string,
  cwd: string,
): Promise<(path: string) => boolean> {
  const { anywhere, escaped, globMatcher } = await import("../files/match.ts");
  const here = relative(root, cwd).replaceAll(sep, "/");
  return globMatcher(
    globs.map((glob) => {
      const plain = sep === "\\" ? glob.replaceAll("\\", "/") : glob;
      if (isAbsolute(plain)) return posix.relative(root.replaceAll(sep, "/"), plain);
      const placed = anywhere(plain);
      return placed.startsWith("**/") ? placed : posix.join(here === "" ? "." : escaped(here), placed);
    }),
    root,
  );
}
