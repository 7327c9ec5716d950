import { neededImages, type MigratedFile, type NeededImage } from "../images/needed.ts";
import {
  daemonSet,
  exportScript,
  githubSteps,
  gitlabJob,
  mirrorScript,
  pullScript,
} from "../images/scripts.ts";
import { REGISTRY_PATTERN } from "../config/values.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { withRules } from "../knowledge/own-rules.ts";
import { printable } from "../reporters/terminal.ts";
import type { Finding } from "../rules/finding.ts";
import { readCommandWords, reportOptions } from "./command-words.ts";
import { Fault } from "./fault.ts";
import { didYouMean } from "./option-values.ts";
import { gather } from "./gather.ts";
import type { Io } from "./io.ts";
import { look, type Look } from "./look.ts";
import { migrate } from "./migrate.ts";
import type { Options } from "./options.ts";
import { projectOf } from "./project.ts";

export const FORMATS = [
  "list",
  "json",
  "script",
  "mirror",
  "export",
  "github",
  "gitlab",
  "daemonset",
] as const;
type Format = (typeof FORMATS)[number];

export const TOOLS = ["ig", "skopeo"] as const;

/**
 * `images`: prints the gadget images that the repository needs once it is migrated, or a script for them.
 * @param argv the words behind `images`
 * @returns the exit code, 0
 * @throws Fault for what the user can put right
 */
export async function imagesCommand(argv: readonly string[], io: Io): Promise<number> {
  const line = readLine(argv);
  if (line === null) {
    await io.stdout(IMAGES_HELP);
    return 0;
  }
  const { images, target, atRunTime } = await find(line.options, io);
  if (atRunTime > 0) {
    const what =
      atRunTime === 1 ? "1 command chooses its gadget" : `${atRunTime} commands choose their gadgets`;
    await io.stderr(`gadget-migrate: ${what} at run time; those images are not among these.\n`);
  }
  if (images.length === 0 && line.format !== "json") {
    await io.stderr("gadget-migrate: No gadget image is needed here.\n");
    return 0;
  }
  await io.stdout(printed(line, images, target));
  return 0;
}

const IMAGES_HELP = `Prints the gadget images that the repository needs once it is migrated.

  gadget-migrate images                      the list
  gadget-migrate images --format script      what pulls them

Usage: gadget-migrate images [options] [paths...]

  --format list        a reference on each line (default)
           json        with the files that need each
           script      a shell script that pulls them for ig on a machine
           mirror      a shell script that copies them to the registry of --to
           export      a shell script for machines without network
           github      steps for a job of GitHub Actions that runs ig
           gitlab      a job of GitLab CI to extend
           daemonset   fills the store of ig on each node of a cluster
  --to HOST/PATH       the registry to mirror to
  --tool ig|skopeo     what copies to the mirror (default: skopeo)
  --registry HOST/PATH where they come from, instead of ghcr.io
  --pin tag|digest, --insecure-registry HOST, --target VERSION
  --defaults keep|new, --config FILE, --no-config
  --help
`;

interface Line {
  readonly format: Format;
  readonly to: string | undefined;
  readonly tool: (typeof TOOLS)[number];
  readonly options: Options;
}

/** Options of the report that say which images there are. */
const SHARED = ["target", "registry", "pin", "insecure-registry", "defaults", "config", "no-config"] as const;

/** @returns null when help is asked for */
function readLine(argv: readonly string[]): Line | null {
  const { values, positionals } = readCommandWords("images", argv);
  if (values.help === true) return null;
  const format = FORMATS.find((known) => known === (values.format ?? "list"));
  if (format === undefined)
    throw new Fault(
      `--format of images takes ${FORMATS.join(", ")}; got ${JSON.stringify(values.format)}${didYouMean(values.format ?? "", FORMATS)}`,
    );
  const tool = TOOLS.find((known) => known === (values.tool ?? "skopeo"));
  if (tool === undefined) throw new Fault(`--tool takes ig or skopeo; got ${JSON.stringify(values.tool)}.`);
  const { to } = values;
  if ((format === "mirror") !== (to !== undefined))
    throw new Fault("--format mirror and --to HOST/PATH go together.");
  if (to !== undefined && !new RegExp(REGISTRY_PATTERN).test(to))
    throw new Fault(
      `--to takes a host and a path without scheme or tag (example.com/mirror); got ${JSON.stringify(to)}.`,
    );
  if (values.tool !== undefined && format !== "mirror") throw new Fault("--tool goes with --format mirror.");
  return { format, to: to?.replace(/\/+$/, ""), tool, options: reportOptions(values, SHARED, positionals) };
}

interface Found {
  readonly images: readonly NeededImage[];
  readonly target: string;
  /** Commands whose gadget is known only when they run. */
  readonly atRunTime: number;
}

async function find(options: Options, io: Io): Promise<Found> {
  const project = await projectOf(options, io);
  const gathering = await gather(options.paths, project, io);
  try {
    const { report, rescan } = await look(options, project, gathering, io);
    const files = await migrated(report, rescan);
    const fixed = new Set(files.map(({ path }) => path));
    const others = gathering.scope().telling.filter(({ path }) => !fixed.has(path));
    const all = [...files, ...others.map(({ path, text }) => ({ path, text, images: [] }))];
    const { registry = project.config.registry } = options;
    const target = report.target.version;
    const findings = report.files.flatMap((file) => file.findings);
    return {
      images: neededImages(all, { target, registry }, withRules(loadKnowledge(), project.rules)),
      target,
      atRunTime: findings.filter(isOpen).length,
    };
  } finally {
    gathering.stop();
  }
}

/** Files with findings as they are once all fixes are made. */
async function migrated(report: Look["report"], rescan: Look["rescan"]): Promise<readonly MigratedFile[]> {
  const files: MigratedFile[] = [];
  for (const entry of report.files) {
    const migration = await migrate(entry, true, rescan);
    const { path, text } = migration?.after ?? entry.file;
    const left = migration?.left ?? entry.findings;
    files.push({ path, text, images: left.flatMap(({ image }) => image?.split(", ") ?? []) });
  }
  return files;
}

function isOpen({ ruleId, gadget, fix, image }: Finding): boolean {
  return ruleId === "builtin-gadget" && gadget === null && fix === null && (image ?? "") === "";
}

function printed({ format, to = "", tool }: Line, images: readonly NeededImage[], target: string): string {
  switch (format) {
    case "list":
      return images.map(({ reference }) => `${printable(reference)}\n`).join("");
    case "json":
      return `${JSON.stringify({ version: 1, target, images }, null, 2)}\n`;
    case "script":
      return pullScript(images);
    case "mirror":
      return mirrorScript(images, to, tool);
    case "export":
      return exportScript(images);
    case "github":
      return githubSteps(images, target);
    case "gitlab":
      return gitlabJob(images, target);
    case "daemonset":
      return daemonSet(images, target);
  }
}
