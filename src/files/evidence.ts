import { evidenceIn } from "../engine/evidence.ts";
import type { Prefilter } from "../engine/prefilter.ts";
import type { Evidence } from "../engine/report.ts";
import type { Knowledge } from "../knowledge/types.ts";
import { discover, type Discovery, type DiscoverOptions } from "./discover.ts";
import { type Contents, readFiles } from "./read.ts";

/**
 * The signs of a release in the whole project, whichever part of it is scanned. What the scan has read is not read again.
 * @param scanned what was discovered and read for the scan
 */
export async function projectEvidence(
  scanned: Discovery & Contents,
  { root, exclude }: DiscoverOptions,
  prefilter: Prefilter,
  knowledge: Knowledge,
): Promise<readonly Evidence[]> {
  const others = scanned.isWhole ? [] : (await discover([root], { root, cwd: root, exclude })).files;
  const seen = new Set(scanned.files.map(({ path }) => path));
  const rest = readFiles(
    others.filter(({ path }) => !seen.has(path)),
    prefilter,
  );
  return [...scanned.telling, ...rest.telling].flatMap((file) => evidenceIn(file, knowledge));
}
