import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { type Config, listOf } from "../config/config.ts";
import type { FileSettings } from "../engine/settings.ts";
import { findConfig } from "../files/find-config.ts";
import type { FileFault, FileRules } from "../files/read-config.ts";
import { commonPlace, projectRoot } from "../files/root.ts";
import { NO_RULES, type OwnRules } from "../knowledge/own-rules.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";
import type { Options } from "./options.ts";

/** What is scanned as a whole, and how: its root, and the configuration that holds there. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly config: Config;
  /** The file that the configuration stands in, as the user would type it; null without one. */
  readonly configFile: string | null;
  /** Files that are ours, absolute: they are not scanned. */
  readonly ownFiles: readonly string[];
  /** Globs of the configuration that say what is scanned, relative to the root. */
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  /** Gadgets and images of the configuration. */
  readonly rules: OwnRules;
  /** The settings of a file, those of the command line above all. */
  readonly settingsOf: (path: string) => FileSettings;
}

/** What of a command line decides on the project. */
export type ProjectOptions = Pick<
  Options,
  "paths" | "stdinFilename" | "config" | "imageStyle" | "registry" | "defaults" | "form"
>;

/**
 * @param cwd what paths are relative to, absolute
 * @throws Fault when the configuration cannot be read or is not right
 */
export async function projectOf(options: ProjectOptions, { cwd }: Pick<Io, "cwd">): Promise<Project> {
  const { stdinFilename, config: named } = options;
  const places = stdinFilename === undefined ? options.paths : [stdinFilename];
  const path = named === null ? null : configPath(named, places, cwd);
  if (path === null) {
    const settings = typedSettings(options);
    return {
      root: projectRoot(places, cwd),
      config: {},
      configFile: null,
      ownFiles: [],
      include: undefined,
      exclude: undefined,
      rules: NO_RULES,
      settingsOf: () => settings,
    };
  }
  const root = projectRoot(places, cwd, dirname(path));
  const { readConfig } = await import("../files/read-config.ts");
  const loaded = readConfig(path);
  if (!loaded.ok) throw faultOf(loaded.faults, cwd);
  const { config, files } = loaded;
  const rules = loaded.rules.length === 0 ? NO_RULES : await ownRules(loaded.rules, cwd);
  const rebase = await rebasing(config, dirname(path), root);
  return {
    root,
    config,
    configFile: shown(path, cwd),
    ownFiles: config.baseline === undefined ? files : [...files, config.baseline],
    include: config.include?.map(rebase),
    exclude: config.exclude?.map(rebase),
    rules,
    settingsOf: await settingsBy(config, options, rebase, root),
  };
}

/**
 * The knowledge with what the project adds to it.
 * @throws Fault when the configuration cannot be read or is not right
 */
export async function knowledgeOf(options: ProjectOptions, io: Pick<Io, "cwd">): Promise<Knowledge> {
  const { rules, config } = await projectOf(options, io);
  const [{ loadKnowledge }, { withRules }, { withPrograms }] = await Promise.all([
    import("../knowledge/load.ts"),
    import("../knowledge/own-rules.ts"),
    import("../knowledge/own-programs.ts"),
  ]);
  return withPrograms(withRules(loadKnowledge(), rules), config.programs ?? {});
}

/** @throws Fault when a row does not fit what is known */
async function ownRules(files: readonly FileRules[], cwd: string): Promise<OwnRules> {
  const [{ ownRulesOf }, { loadKnowledge }] = await Promise.all([
    import("../config/own-rules.ts"),
    import("../knowledge/load.ts"),
  ]);
  const result = ownRulesOf(files, loadKnowledge());
  if (result.ok) return result.rules;
  const faults = result.faults.flatMap(({ part, path, what }): readonly FileFault[] => {
    const from = files[part];
    return from === undefined
      ? []
      : [{ ...from.locate(path), file: from.file, what: `${from.name(path)} ${what}` }];
  });
  throw faultOf(faults, cwd);
}

/** The configuration that is named, or the nearest upwards of what is scanned; null when there is none. */
function configPath(named: string | undefined, places: readonly string[], cwd: string): string | null {
  if (named !== undefined) return resolve(cwd, named);
  const [found, other] = findConfig(commonPlace(places, cwd));
  if (found !== undefined && other !== undefined) {
    throw new Fault(
      `${shown(found, cwd)} and ${shown(other, cwd)} both hold a configuration; keep one of them.`,
    );
  }
  return found ?? null;
}

/** What the command line itself says. */
function typedSettings({ imageStyle, registry, defaults, form }: ProjectOptions): FileSettings {
  return {
    ...(imageStyle === undefined ? {} : { imageStyle }),
    ...(registry === undefined ? {} : { registry }),
    ...(defaults === undefined ? {} : { defaults }),
    ...(form === undefined ? {} : { form }),
  };
}

async function settingsBy(
  config: Config,
  options: ProjectOptions,
  rebase: (glob: string) => string,
  root: string,
): Promise<(path: string) => FileSettings> {
  const { overrides = [], rules = {}, imageStyle, registry, defaults } = config;
  const typed = typedSettings(options);
  const all: FileSettings = { rules, imageStyle, registry, defaults, ...typed };
  if (overrides.length === 0) return () => all;
  const { globMatcher } = await import("../files/match.ts");
  const parts = overrides.map(({ files, ...settings }) => ({
    settings,
    isMeant: globMatcher(files.map(rebase), root),
  }));
  return (path) => {
    const own = parts.filter(({ isMeant }) => isMeant(path)).map(({ settings }) => settings);
    return own.reduce<FileSettings>(
      (lower, upper) => ({ ...lower, ...upper, rules: { ...lower.rules, ...upper.rules }, ...typed }),
      all,
    );
  };
}

/** Globs are relative to the folder of the configuration; where that is outside of the project, to the project's root. */
async function rebasing(config: Config, folder: string, root: string): Promise<(glob: string) => string> {
  const hasGlobs =
    [...listOf(config.include), ...listOf(config.exclude), ...(config.overrides ?? [])].length > 0;
  if (!hasGlobs) return (glob) => glob;
  const { anywhere, escaped } = await import("../files/match.ts");
  const below = relative(root, folder).replaceAll(sep, "/");
  const isInside = below !== "" && !below.startsWith("..") && !isAbsolute(below);
  return (glob) => (isInside ? `${escaped(below)}/${anywhere(glob)}` : anywhere(glob));
}

function faultOf(faults: readonly FileFault[], cwd: string): Fault {
  const sentences = faults.map(({ file, line, column, what }) => {
    const place = line === undefined ? "" : `:${line}:${column ?? 1}`;
    return `${shown(file, cwd)}${place}: ${what}${what.endsWith("?") ? "" : "."}`;
  });
  return new Fault(sentences[0] ?? "", sentences.slice(1));
}

/** A path as one would type it. */
function shown(path: string, cwd: string): string {
  const short = relative(cwd, path).replaceAll(sep, "/");
  return short.startsWith("../../../") ? path : short;
}
