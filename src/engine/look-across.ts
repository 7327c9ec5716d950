import type { Knowledge } from "../knowledge/knowledge.ts";
import { detectLanguage } from "../languages/detect.ts";
import type { Languages } from "../languages/registry.ts";
import type { CheckSettings, RepositoryCheckEntry, RepositoryFile } from "../rules/check.ts";
import type { Finding } from "../rules/finding.ts";
import type { RuleId } from "../rules/registry.ts";
import { REPOSITORY_CHECKS } from "../rules/repository-checks.ts";
import type { HelperIndex } from "./helpers.ts";
import type { SourceFile } from "./report.ts";
import { surveyed, type Survey } from "./survey.ts";

/** Of a whole repository, the files in a known language that have one of some texts. */
export type RepositoryWith = (texts: ReadonlySet<string>) => Promise<readonly SourceFile[]>;

/** What is scanned, and what is known of it. */
export interface Scanned {
  readonly sources: ReadonlyMap<string, SourceFile>;
  readonly surveys: readonly Survey[];
  readonly helpers: HelperIndex;
  readonly languages: Languages;
  readonly knowledge: Knowledge;
}

/**
 * What is found by looking at all files of the repository together, by path.
 * @param repositoryWith absent: nobody knows what else there is, and nothing is found
 * @param isOn whether findings of a rule are reported in a file
 */
export async function lookAcross(
  scanned: Scanned,
  repositoryWith: RepositoryWith | undefined,
  settings: CheckSettings,
  isOn: (rule: RuleId, path: string) => boolean,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const { sources } = scanned;
  const wanted = REPOSITORY_CHECKS.filter(({ rules, sign }) =>
    // Most of these rules are off: that is told faster than what a text holds.
    [...sources.values()].some(({ path, text }) => rules.some((rule) => isOn(rule, path)) && sign.test(text)),
  );
  if (wanted.length === 0 || repositoryWith === undefined) return new Map();
  const found = new Map<string, readonly Finding[]>();
  for (const entry of wanted) {
    const check = await entry.load();
    const files = await filesFor(entry, scanned, repositoryWith, isOn);
    for (const [path, findings] of check(files, settings, scanned.knowledge))
      found.set(path, [...(found.get(path) ?? []), ...findings]);
  }
  return found;
}

/** Scanned files as they were scanned, all others as they are. */
async function filesFor(
  { rules, sign, alsoWith }: RepositoryCheckEntry,
  { sources, surveys, helpers, languages, knowledge }: Scanned,
  repositoryWith: RepositoryWith,
  isOn: (rule: RuleId, path: string) => boolean,
): Promise<readonly RepositoryFile[]> {
  const others = await repositoryWith(new Set(["gadget", ...alsoWith]));
  const all = new Map([...others, ...sources.values()].map((file) => [file.path, file]));
  const known = new Map(surveys.map((survey) => [survey.file.path, survey]));
  const files: RepositoryFile[] = [];
  for (const file of all.values()) {
    const { path, text } = file;
    if (!sign.test(text) && !alsoWith.some((one) => text.includes(one))) continue;
    const language = detectLanguage(path, text);
    if (language === null) continue;
    await languages.load(language, text);
    const survey = known.get(path) ?? surveyed(file, language, languages, knowledge, [], helpers.of(path));
    files.push(seen(survey, sources.has(path) && rules.some((rule) => isOn(rule, path))));
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function seen({ file, document, reading, commands }: Survey, isScanned: boolean): RepositoryFile {
  const { path, text } = file;
  let parts: RepositoryFile["parts"] | null = null;
  return {
    path,
    text,
    get parts() {
      return (parts ??= document.partsOf(text));
    },
    codeOf: document.codeOf,
    reading: () => reading,
    commands,
    isScanned,
  };
}
