import { words } from "virtual:prefilter";
import { evidenceIn } from "../engine/evidence.ts";
import { Prefilter } from "../engine/prefilter.ts";
import type { Evidence } from "../engine/report.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Discovery, DiscoverOptions } from "./discover.ts";
import type { Contents } from "./read.ts";
import { discoverAndRead } from "./gather.ts";
import { isDisk } from "./root.ts";

/**
 * The signs of a release in the whole project, whichever part of it is scanned. Of what the scan has read, the text that it
 * read counts.
 * @param scanned what was discovered and read for the scan
 */
export async function projectEvidence(
  scanned: Discovery & Pick<Contents, "telling">,
  { root, exclude }: DiscoverOptions,
  knowledge: Knowledge,
): Promise<readonly Evidence[]> {
  // Where paths share nothing but the disk, no folder is the project.
  if (scanned.isWhole || isDisk(root)) return scanned.telling.flatMap((file) => evidenceIn(file, knowledge));
  const seen = new Set(scanned.files.all);
  const whole = await discoverAndRead([root], { root, cwd: root, exclude }, new Prefilter(words));
  const others = whole.telling.filter(({ path }) => !seen.has(path));
  return [...scanned.telling, ...others].flatMap((file) => evidenceIn(file, knowledge));
}
