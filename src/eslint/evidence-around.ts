import type { Evidence } from "../engine/report.ts";
import { projectEvidence } from "../files/evidence.ts";
import { PathList } from "../files/path-list.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";

/** What a project was found to say of the release in use, and until when that is believed, in milliseconds of this process. */
interface Known {
  readonly evidence: readonly Evidence[];
  readonly until: number;
}

const known = new Map<string, Known>();

/**
 * The signs of a release in a whole project. An editor asks at every key stroke: the project is searched again after fifty
 * times as long as the search took, a second at least.
 * @param root absolute
 * @param exclude globs of the configuration, relative to the root
 */
export async function evidenceAround(
  root: string,
  exclude: readonly string[] | undefined,
  knowledge: Knowledge,
): Promise<readonly Evidence[]> {
  const key = JSON.stringify([root, exclude]);
  const before = known.get(key);
  if (before !== undefined && performance.now() < before.until) return before.evidence;
  const start = performance.now();
  const evidence = await projectEvidence(NOTHING_SCANNED, { root, cwd: root, exclude }, knowledge);
  const end = performance.now();
  known.set(key, { evidence, until: end + Math.max(1000, 50 * (end - start)) });
  return evidence;
}

const NOTHING_SCANNED = {
  files: PathList.of([]),
  missing: [],
  skipped: [],
  isWhole: false,
  candidates: [],
  telling: [],
};
