import { type Reading, type Value, literal } from "../commands/command.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { type OwnPrograms, withPrograms } from "../knowledge/own-programs.ts";
import { NO_RULES, type OwnRules, withRules } from "../knowledge/own-rules.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { detectLanguage } from "../languages/detect.ts";
import type { Language, LanguageId } from "../languages/language.ts";
import { takeOwnNames } from "../languages/own-names.ts";
import { Languages } from "../languages/registry.ts";
import { checksFor } from "../rules/checks.ts";
import type { RuleId } from "../rules/registry.ts";
import { LineIndex } from "../text/lines.ts";
import type { AnalyseOptions } from "./analyse.ts";
import { Ahead } from "./ahead.ts";
import { findBesides, othersOf } from "./besides.ts";
import { type FilesWith, readCallers } from "./callers.ts";
import { findingsOf, type Found, type RunSettings } from "./findings.ts";
import { HelperIndex } from "./helpers.ts";
import type { RepositoryWith, Scanned } from "./look-across.ts";
import { ownModules } from "./own-module.ts";
import type { Report, Skipped, SourceFile, Target } from "./report.ts";
import { type FileSettings, isOn } from "./settings.ts";
import { surveyed, type Survey } from "./survey.ts";

/** Settings of all files, and how those of some differ. */
export interface ScanOptions
  extends FileSettings, Pick<RunSettings, "selection" | "requireReason" | "baseline"> {
  /** @param path with `/`, relative to the project root; what it returns wins over the settings of all files */
  readonly settingsOf?: ((path: string) => FileSettings) | undefined;
  /** Further names of programs; those of the last scan that began hold for all that run at a time. */
  readonly programs?: OwnPrograms | undefined;
  /** Gadgets and images of one's own. */
  readonly ownRules?: OwnRules | undefined;
  /** The functions that files call of each other; filled by the scan, and used by it. */
  readonly helpers?: HelperIndex | undefined;
  /** The language of a file, where it is known; else its name and first lines tell. */
  readonly languageOf?: ((path: string) => LanguageId | null) | undefined;
  /** Languages that are read in another way than ours. */
  readonly languages?: readonly Language[] | undefined;
  /** Of all files of the scan, those in a known language that have one of the texts; absent: no file is read for them. */
  readonly filesWith?: FilesWith | undefined;
  /** Of the whole repository; absent: the file stands alone, and rules that need a repository say nothing. */
  readonly repositoryWith?: RepositoryWith | undefined;
  /**
   * Told of each file that may have findings when it was parsed: may have them made at once, for the target that is likely so
   * far. That saves time where others are waited for and it turns out to be the target.
   */
  readonly ahead?: ((make: (target: string) => void, knowledge: Knowledge) => void) | undefined;
  /** Files that are no part of the scan's own but tell releases; asked for once, with the target. */
  readonly telling?: (() => readonly SourceFile[]) | undefined;
  /** The release to work on; asked for once, when the last file was read. */
  readonly target: (knowledge: Knowledge) => Target | Promise<Target>;
  /**
   * Of the paths that commands write to, those that another file of the scan names, so that they may be read there; asked for
   * once, when the last file was read, if there are any. Every path counts as read when absent.
   */
  readonly namedPaths?: ((written: ReadonlySet<string>) => ReadonlySet<string>) | undefined;
  /**
   * Given when images are pinned by digest: those of the full references that fixes and proposals write, asked for once.
   * What it throws ends the scan.
   */
  readonly resolveDigests?: ((references: readonly string[]) => Promise<Digests>) | undefined;
  /** Told how far the translation is: files that are done, of how many. */
  readonly onTranslate?: ((done: number, of: number) => void) | undefined;
}

/** Digests (`sha256:...`) by full reference. */
export type Digests = ReadonlyMap<string, string>;

/**
 * Reads every file that is in a known language and reports what a migration has to change. Nothing is written.
 * @param files what to read, in any order, each once, as they come: a file is parsed before the next is asked for, and
 *   translated when all are there, if not ahead of that; one that is no text, or was refused by the file layer, comes as skipped
 */
export async function scan(
  files: Iterable<SourceFile | Skipped> | AsyncIterable<SourceFile | Skipped>,
  options: ScanOptions,
): Promise<Report> {
  const { programs = NO_PROGRAMS, ownRules = NO_RULES, helpers = new HelperIndex() } = options;
  const knowledge = withPrograms(withRules(loadKnowledge(), ownRules), programs);
  takeOwnNames(Object.keys(programs));
  const languages = new Languages(options.languages);
  const surveys: Survey[] = [];
  const sources = new Map<string, SourceFile>();
  const skipped: Skipped[] = [];
  const { selection, requireReason, baseline, repositoryWith } = options;
  const isWhole = repositoryWith !== undefined;
  const ahead = new Ahead({ selection, requireReason, baseline, isWhole }, knowledge);
  const settingsOf = (path: string): FileSettings => ({ ...options, ...options.settingsOf?.(path) });
  const isChosen = (path: string): boolean => selection?.isInFile?.(path) !== false;
  const isReported = (rule: RuleId, path: string): boolean =>
    isChosen(path) && (selection?.rules?.has(rule) ?? isOn(rule, settingsOf(path)));
  let scanned = 0;

  for await (const file of files) {
    scanned += 1;
    if ("reason" in file) {
      skipped.push(file);
      continue;
    }
    sources.set(file.path, file);
    const language = options.languageOf?.(file.path) ?? detectLanguage(file.path, file.text);
    if (language === null) continue;
    await languages.load(language, file.text);
    const checks = await checksFor(file.text, (rule) => isReported(rule, file.path));
    const survey = surveyed(file, language, languages, knowledge, checks, helpers.of(file.path));
    skipped.push(...unread(file, survey.reading));
    helpers.add(file.path, language, survey, knowledge);
    if (survey.commands.length + checks.length + survey.directives.length === 0) continue;
    surveys.push(survey);
    options.ahead?.((tag) => {
      ahead.make(survey, tag, settingsOf(file.path));
    }, knowledge);
  }
  const callers = await readCallers(helpers, surveys, {
    languages,
    knowledge,
    isReported,
    filesWith: options.filesWith,
  });
  const target = await options.target(knowledge);
  const all = [...surveys.filter(({ file }) => !callers.has(file.path)), ...callers.values()];
  for (const file of options.telling?.() ?? []) sources.set(file.path, sources.get(file.path) ?? file);
  const settled = settle(options, target, all);
  const read: Scanned = { sources, surveys: all, helpers, languages, knowledge };
  const besides = await findBesides(read, target, { registry: options.registry, repositoryWith, isReported });
  const run: RunSettings = {
    ...settled,
    selection,
    requireReason,
    baseline,
    isWhole,
    besides: (path) => besides.get(path) ?? [],
    isOwnModule: ownModules(sources.values()),
  };
  const every = [...all, ...(await othersOf([...besides.keys()], read))].filter(({ file }) =>
    isChosen(file.path),
  );
  const findAll = (digestOf?: AnalyseOptions["digestOf"]): readonly FoundIn[] =>
    every.map((survey, i) => {
      options.onTranslate?.(i, every.length);
      const own = settingsOf(survey.file.path);
      const made = digestOf === undefined ? ahead.take(survey, run) : null;
      return { file: survey.file, ...(made ?? findingsOf(survey, { ...run, digestOf }, own, knowledge)) };
    });
  const unsorted =
    options.resolveDigests === undefined ? findAll() : await pinned(findAll, options.resolveDigests);
  const found = [...unsorted].sort(byPath(({ file }) => file.path));
  return {
    target,
    files: found
      .filter(({ findings }) => findings.length > 0)
      .map(({ file, findings }) => ({ file, findings })),
    suppressed: found
      .filter(({ suppressions }) => suppressions.length > 0)
      .map(({ file, suppressions }) => ({ file, suppressions })),
    skipped: skipped.filter(({ path }) => isChosen(path)).sort(byPath((entry) => entry.path)),
    scanned,
  };
}

/** Finds twice: once to learn which images are written, then with their digests. */
async function pinned(
  findAll: (digestOf: AnalyseOptions["digestOf"]) => readonly FoundIn[],
  resolve: NonNullable<ScanOptions["resolveDigests"]>,
): Promise<readonly FoundIn[]> {
  const wanted = new Set<string>();
  const tagged = findAll((reference) => {
    wanted.add(reference);
    return null;
  });
  if (wanted.size === 0) return tagged;
  const digests = await resolve([...wanted].sort());
  return findAll((reference) => digests.get(reference) ?? null);
}

const NO_PROGRAMS: OwnPrograms = {};

interface FoundIn extends Found {
  readonly file: SourceFile;
}

function settle(
  options: ScanOptions,
  target: Target,
  surveys: readonly Survey[],
): Pick<AnalyseOptions, "target" | "isRead"> {
  const written = writtenPaths(surveys);
  const named = written.size === 0 ? written : (options.namedPaths?.(written) ?? written);
  const isRead = (path: Value): boolean => {
    const text = literal(path);
    return text === null || named.has(text);
  };
  return { target: target.version, isRead };
}

/** The files that the output of commands goes to, and that the same script does not read. */
function writtenPaths(surveys: readonly Survey[]): ReadonlySet<string> {
  const sinks = surveys.flatMap(({ commands }) => commands.map(({ invocation }) => invocation.output.sink));
  return new Set(
    sinks.flatMap((sink) => (sink.kind === "file" && !sink.readHere ? (literal(sink.path) ?? []) : [])),
  );
}

/** What kept parts of a file from being read, with the line where it begins. */
function unread(file: SourceFile, { problems }: Reading): readonly Skipped[] {
  if (problems.length === 0) return [];
  const lines = new LineIndex(file.text);
  return problems.map(({ start, reason, fatal }) => {
    const { line } = lines.position(start);
    return { path: file.path, reason: fatal ? reason : `line ${line}: ${reason}` };
  });
}

/** By code units, so that the order is the same everywhere. */
function byPath<T>(path: (entry: T) => string): (a: T, b: T) => number {
  return (a, b) => (path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : 0);
}
