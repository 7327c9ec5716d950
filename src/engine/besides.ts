import type { Knowledge } from "../knowledge/knowledge.ts";
import { detectLanguage } from "../languages/detect.ts";
import type { Finding } from "../rules/finding.ts";
import type { RuleId } from "../rules/registry.ts";
import { versionSkew } from "../rules/version-skew.ts";
import { evidenceIn } from "./evidence.ts";
import { lookAcross, type RepositoryWith, type Scanned } from "./look-across.ts";
import type { SourceFile, Target } from "./report.ts";
import { surveyed, type Survey, unsurveyed } from "./survey.ts";
import { chooseTarget } from "./target.ts";

export interface BesidesOptions {
  readonly registry: string | undefined;
  /** See `ScanOptions`. */
  readonly repositoryWith: RepositoryWith | undefined;
  /** Whether findings of a rule are reported in a file. */
  readonly isReported: (rule: RuleId, path: string) => boolean;
}

/** What is found by holding files against each other, by path. */
export async function findBesides(
  scanned: Scanned,
  target: Target,
  { registry, repositoryWith, isReported }: BesidesOptions,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const settings = { target: target.version, registry, imageStyle: "short", defaults: "keep" } as const;
  const across = await lookAcross(scanned, repositoryWith, settings, isReported);
  return joined([skewsOf(target, scanned.sources, scanned.knowledge), across]);
}

function joined(
  kinds: readonly ReadonlyMap<string, readonly Finding[]>[],
): ReadonlyMap<string, readonly Finding[]> {
  const all = new Map<string, readonly Finding[]>();
  for (const kind of kinds)
    for (const [path, findings] of kind) all.set(path, [...(all.get(path) ?? []), ...findings]);
  return all;
}

/** Releases that do not fit each other, by path. What the scanned files say now counts, of other files what the target came from. */
function skewsOf(
  target: Target,
  sources: ReadonlyMap<string, SourceFile>,
  knowledge: Knowledge,
): ReturnType<typeof versionSkew> {
  const known = new Set(target.evidence.map(({ path }) => path));
  // A target that was given came from no file.
  const isMeant = ({ path }: SourceFile): boolean => known.size === 0 || known.has(path);
  const own = [...sources.values()].filter(isMeant).flatMap((file) => evidenceIn(file, knowledge));
  const others = target.evidence.filter(({ path }) => !sources.has(path));
  return versionSkew(
    chooseTarget([...own, ...others], knowledge).evidence,
    (path) => sources.get(path)?.text ?? null,
  );
}

/** Files of these that nothing else is looked for in, read for the comments in them. */
export async function othersOf(
  paths: readonly string[],
  { sources, surveys, languages, knowledge, helpers }: Scanned,
): Promise<readonly Survey[]> {
  const known = new Set(surveys.map(({ file }) => file.path));
  const more: Survey[] = [];
  for (const path of paths) {
    const file = known.has(path) ? undefined : sources.get(path);
    if (file === undefined) continue;
    const language = detectLanguage(path, file.text);
    if (language === null) more.push(unsurveyed(file));
    else {
      await languages.load(language, file.text);
      more.push(surveyed(file, language, languages, knowledge, [], helpers.of(path)));
    }
  }
  return more;
}
