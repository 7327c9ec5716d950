import { HelperIndex } from "../engine/helpers.ts";
import type { Report, SourceFile } from "../engine/report.ts";
import { scan, type ScanOptions } from "../engine/scan.ts";
import { baselinePath, knownFindings } from "./baseline.ts";
import { Fault } from "./fault.ts";
import type { Gathering } from "./gather.ts";
import type { Io } from "./io.ts";
import type { Options } from "./options.ts";
import type { Project } from "./project.ts";
import { otherFilesWith, pathsNamedTwice, repositoryFilesWith } from "./readers.ts";
import { chosenFiles, selectionOf } from "./selection.ts";
import { givenTargetOf, LikelyTarget, targetOf, tellingFiles } from "./target.ts";
import { Watch } from "./watch.ts";

/** What a scan found. */
export interface Look {
  readonly report: Report;
  /** Reads a changed file again, under the same conditions. */
  readonly rescan: (file: SourceFile) => Promise<Report>;
  /**
   * Keeps the digests that registries told in the lock file of the project, if any.
   * @throws Fault when it cannot be written
   */
  readonly keepDigests: () => void;
}

/**
 * Scans what is gathered, for the release that is given or that the project speaks for.
 * @throws Fault when the target is unknown, or a registry does not tell a digest
 */
export async function look(
  options: Options,
  project: Project,
  gathering: Gathering,
  io: Io,
  watch: Watch = Watch.of(options, io),
): Promise<Look> {
  const { config, settingsOf, exclude, root, rules } = project;
  const given = givenTargetOf(options, project);
  let named: ReadonlySet<string> = new Set();
  const path = baselinePath(options, project, io);
  if (path === undefined && options.updateBaseline) {
    throw new Fault("--update-baseline needs --baseline FILE, or `baseline` in the configuration.");
  }
  const known = path === undefined ? null : knownFindings(path, options.updateBaseline, io);
  const isByDigest = (options.pin ?? config.pin) === "digest";
  const selection = await selectionOf(options, gathering.choice, project, io);
  const digests = isByDigest ? await digestsOf(root, options, io) : null;
  const settings: Omit<ScanOptions, "target"> = {
    settingsOf,
    programs: config.programs,
    ownRules: rules,
    requireReason: config.requireReason,
    selection,
    baseline:
      known === null || options.updateBaseline
        ? undefined
        : new Set(known.map(({ fingerprint }) => fingerprint)),
    helpers: new HelperIndex(),
    repositoryWith: (texts) => repositoryFilesWith(texts, gathering.scope(), exclude),
    resolveDigests:
      digests === null
        ? undefined
        : async (references) =>
            watch.during("registries", "asking registries for digests", digests.resolve(references)),
  };
  const likely = new LikelyTarget(gathering.soFar);
  const scanning = scan(watch.files(gathering.files), {
    ...settings,
    // With digests all is made twice anyway, when the images are known.
    ahead:
      digests === null
        ? (make, knowledge) => {
            watch.enter("translate");
            make(given?.version ?? likely.version(knowledge));
            watch.enter("parse");
          }
        : undefined,
    target: (knowledge) => {
      watch.enter("release");
      return given ?? targetOf(gathering.scope(), exclude, knowledge);
    },
    onTranslate: (done, of) => {
      if (done === 0) watch.enter("translate");
      watch.step("translated", done, of);
    },
    namedPaths: (written) => (named = pathsNamedTwice(written, gathering.scope())),
    filesWith: (texts) => otherFilesWith(texts, gathering.scope()),
    telling: () => tellingFiles(gathering.scope()),
  });
  const report = await scanning.finally(() => watch.clear());
  const settled = { ...settings, target: () => report.target, namedPaths: () => named };
  return {
    // Files that the prefilter put aside were looked at too.
    report: { ...report, scanned: chosenFiles(gathering.scope(), selection, options) },
    rescan: (file) => scan([file], settled),
    keepDigests: () => digests?.keep(root),
  };
}

async function digestsOf(root: string, { insecureRegistries }: Options, io: Io) {
  const { ProjectDigests } = await import("./digests.ts");
  return ProjectDigests.of(root, insecureRegistries, io);
}
