import type { Knowledge } from "../knowledge/knowledge.ts";
import { detectLanguage } from "../languages/detect.ts";
import type { Languages } from "../languages/registry.ts";
import { checksFor } from "../rules/checks.ts";
import type { RuleId } from "../rules/registry.ts";
import type { HelperIndex } from "./helpers.ts";
import type { SourceFile } from "./report.ts";
import { surveyed, type Survey } from "./survey.ts";

/** Of all files of a scan, those in a known language that have one of some texts. */
export type FilesWith = (texts: ReadonlySet<string>) => readonly SourceFile[];

/** A barrel of barrels of barrels: more is not followed. */
const MAX_ROUNDS = 3;

/**
 * The second pass: the files that call helpers of other files, which need not name a program themselves, read with what is
 * known of those.
 * @param helpers of the files that were read; what others hand on of them is added
 * @param surveys of those files
 * @returns by path, those in which there is more to find than before
 */
export async function readCallers(
  helpers: HelperIndex,
  surveys: readonly Survey[],
  {
    languages,
    knowledge,
    isReported,
    filesWith,
  }: {
    readonly languages: Languages;
    readonly knowledge: Knowledge;
    readonly isReported: (rule: RuleId, path: string) => boolean;
    readonly filesWith: FilesWith | undefined;
  },
): Promise<ReadonlyMap<string, Survey>> {
  const callers = new Map<string, Survey>();
  if (helpers.isEmpty || filesWith === undefined) return callers;
  const known = new Map(surveys.map((survey) => [survey.file.path, survey]));
  for (const file of filesHandingOn(helpers, filesWith)) {
    const language = detectLanguage(file.path, file.text);
    if (language === null) continue;
    await languages.load(language, file.text);
    const checks = await checksFor(file.text, (rule) => isReported(rule, file.path));
    const survey = surveyed(file, language, languages, knowledge, checks, helpers.of(file.path));
    const isCaller = survey.commands.some(({ invocation }) => invocation.helper !== undefined);
    if (isCaller || survey.commands.length > (known.get(file.path)?.commands.length ?? 0)) {
      callers.set(file.path, survey);
    }
  }
  return callers;
}

/** The files that may call helpers, once it is known which of them hand some on under what name. */
function filesHandingOn(helpers: HelperIndex, filesWith: FilesWith): readonly SourceFile[] {
  for (let round = 0; ; round++) {
    const files = filesWith(helpers.marks);
    let hasMore = false;
    for (const { path, text } of files) {
      const language = detectLanguage(path, text);
      if (language === "shell" || language === "javascript")
        hasMore = helpers.handOn(path, language, text) || hasMore;
    }
    if (!hasMore || round >= MAX_ROUNDS) return files;
  }
}
