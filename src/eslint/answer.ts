import { relative, sep } from "node:path";
import { explicitTarget, projectTarget } from "../cli/target.ts";
import { evidenceIn } from "../engine/evidence.ts";
import type { Evidence, SourceFile, Target } from "../engine/report.ts";
import { scan } from "../engine/scan.ts";
import { projectEvidence } from "../files/evidence.ts";
import { projectRoot } from "../files/root.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Finding } from "../rules/finding.ts";
import type { RuleOptions } from "./options.ts";
import type { Answers, LintedFile, Request } from "./protocol.ts";

/** @throws Error when the target is no known release */
export async function answer(request: Request): Promise<Answers[keyof Answers]> {
  const project = projectOf(request.file);
  return request.kind === "findings"
    ? findingsIn(project, request.options)
    : targetFor(project, request.options, loadKnowledge());
}

/** A file in its project. */
interface Project {
  /** Absolute. */
  readonly root: string;
  readonly file: SourceFile;
  readonly isOnDisk: boolean;
}

function projectOf({ path, text, isOnDisk, cwd }: LintedFile): Project {
  const root = isOnDisk ? projectRoot([path], cwd) : cwd;
  return { root, file: { path: relative(root, path).replaceAll(sep, "/"), text }, isOnDisk };
}

/** As the command line has them of that one file. */
async function findingsIn(project: Project, options: RuleOptions): Promise<readonly Finding[]> {
  const report = await scan([project.file], {
    ...options,
    target: (knowledge) => targetFor(project, options, knowledge),
  });
  return report.files[0]?.findings ?? [];
}

async function targetFor(project: Project, { target }: RuleOptions, knowledge: Knowledge): Promise<Target> {
  if (target !== undefined) return explicitTarget(target, knowledge);
  const { root, file, isOnDisk } = project;
  const others = isOnDisk ? await evidenceAround(root, knowledge) : [];
  // What is on the disk may be older than what is in the editor.
  const evidence = [...others.filter(({ path }) => path !== file.path), ...evidenceIn(file, knowledge)];
  return projectTarget(evidence, [file.path], knowledge);
}

/** What a project was found to say of the release in use, and until when that is believed, in milliseconds of this process. */
interface Known {
  readonly evidence: readonly Evidence[];
  readonly until: number;
}

const known = new Map<string, Known>();

/** An editor asks at every key stroke: the project is searched again after fifty times as long as the search took. */
async function evidenceAround(root: string, knowledge: Knowledge): Promise<readonly Evidence[]> {
  const before = known.get(root);
  if (before !== undefined && performance.now() < before.until) return before.evidence;
  const start = performance.now();
  const nothing = { files: [], missing: [], skipped: [], isWhole: false, candidates: [], telling: [] };
  const evidence = await projectEvidence(nothing, { root, cwd: root }, knowledge);
  const end = performance.now();
  known.set(root, { evidence, until: end + Math.max(1000, 50 * (end - start)) });
  return evidence;
}
