import { relative, sep } from "node:path";
import { words } from "virtual:prefilter";
import { knownFindings } from "../cli/baseline.ts";
import { type Project, projectOf } from "../cli/project.ts";
import { explicitTarget, projectTarget } from "../cli/target.ts";
import { evidenceIn } from "../engine/evidence.ts";
import type { SourceFile, Target } from "../engine/report.ts";
import { scan } from "../engine/scan.ts";
import type { FileSettings } from "../engine/settings.ts";
import { withProgramWords } from "../knowledge/own-programs.ts";
import { ownCommands, withCommandWords } from "../knowledge/own-rules.ts";
import type { PrefilterWords } from "../knowledge/prefilter-words.ts";
import { filterOf } from "../files/discover.ts";
import { readLock } from "../files/image-lock.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { javascriptBy } from "../languages/javascript/language.ts";
import type { ParsedProgram } from "../languages/javascript/parsed.ts";
import type { Language } from "../languages/language.ts";
import { FILE_RULE_IDS, type RuleId, ruleOf } from "../rules/registry.ts";
import { evidenceAround } from "./evidence-around.ts";
import type { RuleOptions } from "./options.ts";
import type { Answers, LintedFile, Parse, Request, Told } from "./protocol.ts";
import { joinSharedEdits } from "./shared-edits.ts";
import { told } from "./told.ts";

/** @throws Error when the configuration of the project, or of ESLint, is at fault */
export async function answer(
  { kind, file, options }: Request,
  parse: Parse,
): Promise<Answers[keyof Answers]> {
  const place = await placeOf(file, options);
  return kind === "findings" ? findingsAt(place, parse) : wordsAt(place.project);
}

/** A file in its project. */
interface Place {
  readonly project: Project;
  readonly source: SourceFile;
  readonly file: LintedFile;
  readonly options: RuleOptions;
}

async function placeOf(file: LintedFile, options: RuleOptions): Promise<Place> {
  const { path, text, isOnDisk, cwd } = file;
  const { imageStyle, registry, defaults, form } = options;
  const config = isOnDisk ? undefined : null;
  const given = { paths: [path], stdinFilename: undefined, config, imageStyle, registry, defaults, form };
  const project = await projectOf(given, { cwd });
  const root = isOnDisk ? project.root : cwd;
  const source = { path: relative(root, path).replaceAll(sep, "/"), text };
  return { project, source, file, options };
}

/** As the command line has them of that one file. */
async function findingsAt(place: Place, parse: Parse): Promise<readonly Told[]> {
  const { source, project, file } = place;
  const isScanned = await filterOf(project);
  if (project.ownFiles.includes(file.path) || !isScanned(source.path)) return [];
  const report = await scan([source], {
    settingsOf: () => settingsAt(place),
    programs: project.config.programs,
    ownRules: project.rules,
    requireReason: project.config.requireReason,
    baseline: baselineOf(place),
    resolveDigests: isByDigest(place) ? () => readLock(project.root) : undefined,
    languageOf: () => (file.program === null ? null : "javascript"),
    languages: file.program === null ? [] : [byEslint(file.text, file.program, parse)],
    target: (knowledge) => targetAt(place, knowledge),
  });
  return joinSharedEdits(report.files[0]?.findings ?? []).map(told);
}

/** What the baseline of the configuration knows is not reported here either. */
function baselineOf({ project: { config }, file }: Place): ReadonlySet<string> | undefined {
  if (config.baseline === undefined) return undefined;
  return new Set(knownFindings(config.baseline, false, file).map(({ fingerprint }) => fingerprint));
}

function isByDigest({ options, project }: Place): boolean {
  return (options.pin ?? project.config.pin) === "digest";
}

function wordsAt({ config, rules }: Project): PrefilterWords | null {
  const [names, commands] = [Object.keys(config.programs ?? {}), ownCommands(rules)];
  if (names.length + commands.length === 0) return null;
  return withCommandWords(withProgramWords(words, names), commands);
}

/** Programs as ESLint's parser reads them. */
function byEslint(text: string, program: ParsedProgram, parse: Parse): Language {
  let last = { text, program };
  return javascriptBy((_, asked) => {
    if (asked === text) return program;
    if (last.text !== asked) last = { text: asked, program: parse(asked) };
    return last.program;
  });
}

/** Which of the rules that are off by default report is for ESLint's configuration to say. */
function settingsAt({ project, source }: Place): FileSettings {
  const settings = project.settingsOf(source.path);
  return { ...settings, rules: { ...ALL_ON, ...settings.rules } };
}

const ALL_ON: FileSettings["rules"] = Object.fromEntries(
  FILE_RULE_IDS.filter((id) => !ruleOf(id).isOn).map((id) => [id, severityOf(id)]),
);

function severityOf(id: RuleId): "error" | "warning" | "info" {
  const { severity } = ruleOf(id);
  return severity === "by-target" ? "error" : severity;
}

async function targetAt({ project, source, file, options }: Place, knowledge: Knowledge): Promise<Target> {
  const { config, configFile, exclude, root } = project;
  if (options.target !== undefined) return explicitTarget(options.target, knowledge);
  if (config.target !== undefined) return explicitTarget(config.target, knowledge, configFile ?? "");
  const others = file.isOnDisk ? await evidenceAround(root, exclude, knowledge) : [];
  // What is on the disk may be older than what is in the editor.
  const evidence = [...others.filter(({ path }) => path !== source.path), ...evidenceIn(source, knowledge)];
  return projectTarget(evidence, [source.path], knowledge);
}
