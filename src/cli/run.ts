import { relative, resolve, sep } from "node:path";
import type { Report, Skipped } from "../engine/report.ts";
import { ownersIn } from "../files/owners.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { REPORTERS } from "../reporters/index.ts";
import type { Outcome, ReleaseDates, ReportContext } from "../reporters/reporter.ts";
import { summarize } from "../reporters/summary.ts";
import { printable } from "../reporters/terminal.ts";
import { summaryText } from "../reporters/text.ts";
import { SEVERITIES } from "../rules/severity.ts";
import { Fault } from "./fault.ts";
import { type Fixes, outcomeOf, writeFixes } from "./fix.ts";
import { type Gathering, type Scope } from "./gather.ts";
import { baselinePath, knownFindings, updateBaseline } from "./baseline.ts";
import { linker, wantsLinks } from "./hyperlinks.ts";
import type { Io } from "./io.ts";
import { look, type Look } from "./look.ts";
import { migrate, type Migration } from "./migrate.ts";
import { nextSteps, quoted } from "./next-steps.ts";
import type { Options } from "./options.ts";
import { checkSourcesKept, writeOutput } from "./output.ts";
import { painter, wantsColour } from "./paint.ts";
import { patchOf, whereToApply } from "./patch.ts";
import type { Project } from "./project.ts";
import { passedOverText } from "./passed-over.ts";
import { statsText } from "./stats.ts";
import { listed } from "./tables.ts";
import { Watch } from "./watch.ts";

/**
 * Scans, then reports, prints the patch, or writes the fixes and reports what is left.
 * @returns the exit code, 0 or 1
 * @throws Fault for what the user can put right; nothing is written then
 */
export async function run(options: Options, project: Project, gathering: Gathering, io: Io): Promise<number> {
  const watch = Watch.of(options, io);
  try {
    const { report, rescan, keepDigests } = await look(options, project, gathering, io, watch);
    watch.enter("fix");
    const scope = gathering.scope();
    const files = options.outputs.flatMap(({ file }) => file ?? []);
    checkSourcesKept(files, io.cwd, scope);
    const baseline = baselinePath(options, project, io);
    if (options.updateBaseline && baseline !== undefined) {
      updateBaseline(baseline, knownFindings(baseline, true, io), report, scope, io);
      if (!options.isQuiet) {
        await io.stderr(
          `gadget-migrate: ${printable(relative(io.cwd, baseline))} holds what is found now.\n`,
        );
      }
      if (options.stats) await io.stderr(statsText({ report, fixed: [] }, scope, watch));
      return 0;
    }
    const { outcome, refused } = await act(options, { report, rescan }, gathering, io, watch);
    if (options.action === "fix") keepDigests();
    watch.enter("report");
    await write(outcome, options, scope, io, refused);
    if (options.isVerbose) {
      const shown = (path: string): string => showPath(path, scope.root, io);
      await io.stderr(await passedOverText(outcome.report, scope, options, project, io, shown));
    }
    watch.enter("report");
    if (options.stats) await io.stderr(statsText(outcome, scope, watch));
    // What is staged, and would be committed, is as it was.
    if (options.staged && outcome.fixed.length > 0 && options.failOn !== "never") return 1;
    return isFailure(outcome.report, options, project) ? 1 : 0;
  } finally {
    await watch.clear();
    gathering.stop();
  }
}

/** Everything but the report. */
async function act(
  options: Options,
  { report, rescan }: Pick<Look, "report" | "rescan">,
  gathering: Gathering,
  io: Io,
  watch: Watch,
): Promise<Acted> {
  const { choice } = gathering;
  const scope = gathering.scope();
  const asFound: Acted = { outcome: { report, fixed: [] }, refused: [] };
  if (options.action === "report") return asFound;

  const migrations: Migration[] = [];
  for (const [i, file] of report.files.entries()) {
    watch.step("fixed in memory", i, report.files.length);
    const migration = await migrate(file, options.unsafe, rescan);
    if (migration !== null) migrations.push(migration);
  }
  await watch.clear();
  if (options.action === "diff") {
    const changes = migrations.map(({ before, after }) => ({
      path: before.path,
      before: before.text,
      after: after.text,
    }));
    await io.stdout(await patchOf(changes));
    const isOfIndex = changes.some(({ path }) => choice?.partly.has(path) === true);
    const hint = isOfIndex ? APPLY_TO_INDEX : whereToApply(changes, scope.root, io.cwd);
    if (hint !== null) await io.stderr(`gadget-migrate: ${printable(hint)}\n`);
    return asFound;
  }
  if (options.stdinFilename !== undefined) {
    const [text = ""] = scope.telling.map((file) => migrations[0]?.after.text ?? file.text);
    await io.stdout(text);
    return { outcome: outcomeOf(report, { done: migrations, refused: [] }), refused: [] };
  }
  if (options.requireClean) await checkCommitted(migrations, scope, io);
  else if (!options.staged) await warnOfUncommitted(migrations, scope, io);
  const isWhole = ({ before }: Migration): boolean => choice?.partly.has(before.path) !== true;
  const written = writeFixes(migrations.filter(isWhole), scope);
  const partly = migrations.filter((migration) => !isWhole(migration)).map(({ before }) => before.path);
  const fixes = {
    done: written.done,
    refused: [...written.refused, ...partly.map((path) => ({ path, reason: STAGED_IN_PART }))],
  };
  if (options.staged) await sayWhatToStage(fixes, scope, io);
  return { outcome: outcomeOf(report, fixes), refused: fixes.refused };
}

const APPLY_TO_INDEX =
  "The patch is of what is staged, which differs from the work tree; git apply --cached takes it at the top of the work tree.";

const STAGED_IN_PART =
  "The file differs from what is staged of it, so no fix is written; stage all of it or nothing, then fix.";

/** Fixes are written to the work tree alone: what is staged stays as it is, and is what would be committed. */
async function sayWhatToStage({ done }: Fixes, { root }: Scope, io: Io): Promise<void> {
  if (done.length === 0) return;
  const paths = done.map(({ before }) => quoted(showPath(before.path, root, io)));
  await io.stderr(
    `gadget-migrate: The fixes are in the work tree and not staged yet; look at them, then: ${printable(`git add ${paths.join(" ")}`)}\n`,
  );
}

/** @throws Fault when a file that would be changed is not as it was committed */
async function checkCommitted(migrations: readonly Migration[], { root }: Scope, io: Io): Promise<void> {
  if (migrations.length === 0) return;
  const { uncommittedAmong } = await import("../files/changes.ts");
  const paths = await uncommittedAmong(
    migrations.map(({ before }) => before.path),
    root,
  );
  if (paths === null) {
    throw new Fault(
      "--require-clean needs git to tell what is committed, and it does not here; nothing was written.",
    );
  }
  const [first, ...more] = paths.map((path) => showPath(path, root, io));
  if (first === undefined) return;
  const all = listed([first, ...more]);
  throw new Fault(
    `--require-clean: ${all} ${more.length === 0 ? "has" : "have"} changes that are not committed; nothing was written.`,
  );
}

interface Acted {
  readonly outcome: Outcome;
  /** Files that their fixes could not be written to. */
  readonly refused: readonly Skipped[];
}

async function warnOfUncommitted(migrations: readonly Migration[], { root }: Scope, io: Io): Promise<void> {
  if (migrations.length === 0) return;
  const { uncommittedFiles } = await import("../files/changes.ts");
  const uncommitted = uncommittedFiles(root) ?? new Set();
  for (const { before } of migrations) {
    if (!uncommitted.has(before.path)) continue;
    const path = printable(showPath(before.path, root, io));
    await io.stderr(
      `gadget-migrate: ${path} has changes that are not committed; the fixes are added to them.\n`,
    );
  }
}

async function write(
  outcome: Outcome,
  options: Options,
  { root }: Scope,
  io: Io,
  refused: readonly Skipped[],
): Promise<void> {
  const context = (colour: boolean, links = false): ReportContext => ({
    paint: painter(colour),
    link: linker(links, root),
    showPath: (path) => showPath(path, root, io),
    nextSteps: () => nextSteps(summarize(without(refused, outcome)), options, io),
    isQuiet: options.isQuiet,
    ownersOf: ownersIn(root),
    releases: () => releaseDates(loadKnowledge()),
  });
  for (const { format, file } of options.outputs) {
    const reporter = await REPORTERS[format]();
    if (file !== null) writeOutput(file, io.cwd, reporter.render(outcome, context(false)));
    else
      await io.stdout(
        reporter.render(
          outcome,
          context(wantsColour(options.colour, io.env, io.isTTY), wantsLinks(io.env, io.isTTY)),
        ),
      );
  }
  if (options.isAnnotated && io.env["GITHUB_ACTIONS"] === "true") {
    const { github } = await import("../reporters/github.ts");
    await io.stdout(github.render(outcome, context(false)));
  }
  if (options.isStdoutTaken && !options.isQuiet) await io.stderr(summaryText(outcome, context(false)));
}

/** To type the same once more would not help the files that were refused. */
function without(refused: readonly Skipped[], { report, fixed }: Outcome): Outcome {
  const paths = new Set(refused.map(({ path }) => path));
  return { report: { ...report, files: report.files.filter(({ file }) => !paths.has(file.path)) }, fixed };
}

function releaseDates({ releases, milestones }: Knowledge): ReleaseDates {
  return { known: releases, ...milestones };
}

/** A path relative to the root as one would type it in the working directory. */
function showPath(path: string, root: string, { cwd }: Io): string {
  return relative(cwd, resolve(root, path)).replaceAll(sep, "/");
}

function isFailure({ files, skipped }: Report, options: Options, { config }: Project): boolean {
  const { strict, failOn = config.failOn ?? "warning" } = options;
  if (strict && skipped.length > 0) return true;
  if (failOn === "never") return false;
  const least = SEVERITIES.indexOf(failOn);
  return files.some(({ findings }) => findings.some(({ severity }) => SEVERITIES.indexOf(severity) >= least));
}
