import { relative, sep } from "node:path";
import { type Project, projectOf } from "../cli/project.ts";
import { explicitTarget, projectTarget } from "../cli/target.ts";
import { evidenceIn } from "../engine/evidence.ts";
import type { SourceFile, Target } from "../engine/report.ts";
import { scan } from "../engine/scan.ts";
import type { FileSettings } from "../engine/settings.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Finding } from "../rules/finding.ts";
import { FILE_RULE_IDS, type RuleId, ruleOf } from "../rules/registry.ts";
import { evidenceAround } from "./evidence-around.ts";
import type { RuleOptions } from "./options.ts";
import type { Answers, LintedFile, Request, Terms } from "./protocol.ts";

/** @throws Error when the configuration of the project, or of ESLint, is at fault */
export async function answer({ kind, file, options }: Request): Promise<Answers[keyof Answers]> {
  const { path, text, isOnDisk, cwd } = file;
  const { imageStyle, registry, defaults, form } = options;
  const config = isOnDisk ? undefined : null;
  const given = { paths: [path], stdinFilename: undefined, config, imageStyle, registry, defaults, form };
  const project = await projectOf(given, { cwd });
  const root = isOnDisk ? project.root : cwd;
  const source = { path: relative(root, path).replaceAll(sep, "/"), text };
  const place: Place = { project, source, file, options };
  return kind === "findings" ? findingsAt(place) : termsAt(place);
}

/** A file in its project. */
interface Place {
  readonly project: Project;
  readonly source: SourceFile;
  readonly file: LintedFile;
  readonly options: RuleOptions;
}

/** As the command line has them of that one file. */
async function findingsAt(place: Place): Promise<readonly Finding[]> {
  const report = await scan([place.source], {
    settingsOf: () => settingsAt(place),
    programs: place.project.config.programs,
    ownRules: place.project.rules,
    target: (knowledge) => targetAt(place, knowledge),
  });
  return report.files[0]?.findings ?? [];
}

async function termsAt(place: Place): Promise<Terms> {
  const { version } = await targetAt(place, loadKnowledge());
  const { config, rules } = place.project;
  return { target: version, settings: settingsAt(place), programs: config.programs ?? {}, rules };
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
