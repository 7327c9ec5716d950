import { relative, resolve, sep } from "node:path";
import type { FileFindings } from "../engine/report.ts";
import { scan } from "../engine/scan.ts";
import { presentAt, writeNew, type NewFile } from "../files/write-new.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { printable } from "../reporters/terminal.ts";
import type { Finding } from "../rules/finding.ts";
import { LineIndex } from "../text/lines.ts";
import { instanceFaults } from "../translate/check-instance.ts";
import { readCommandWords, reportOptions } from "./command-words.ts";
import { Fault } from "./fault.ts";
import { gather } from "./gather.ts";
import type { Io } from "./io.ts";
import type { Options } from "./options.ts";
import { projectOf } from "./project.ts";
import { givenTargetOf, targetOf } from "./target.ts";
import { Watch } from "./watch.ts";

/**
 * `manifests --out DIR`: writes the instance manifests for the Trace resources that are found, one a file, each checked
 * against what the target takes.
 * @param argv the words behind `manifests`
 * @returns the exit code: 1 when there is a Trace that only a person can make a manifest for
 * @throws Fault for what the user can put right; nothing is written then
 */
export async function manifestsCommand(argv: readonly string[], io: Io): Promise<number> {
  const line = readLine(argv);
  if (line === null) {
    await io.stdout(MANIFESTS_HELP);
    return 0;
  }
  const { found, open } = await findManifests(line.options, io);
  const folder = resolve(io.cwd, line.out);
  const files = named(found, folder);
  if (!line.force) refuseOthers(files, io);
  for (const { file } of files) await write(file, line.force, io);
  for (const place of open)
    await io.stderr(`gadget-migrate: ${place}: no manifest is written; the report says why.\n`);
  await io.stdout(closing(files, open.length, io));
  return open.length > 0 ? 1 : 0;
}

const MANIFESTS_HELP = `Writes gadget instance manifests for the Trace resources that are found.

  gadget-migrate manifests --out manifests   one file for each resource

Usage: gadget-migrate manifests --out DIR [options] [paths...]

  --out DIR            folder for the manifests, made when it is not there
  --force              replace files there that say something else
  --target VERSION     release to work on (default: found here, else newest)
  --image-style STYLE  short (trace_exec:V, default) or full names of images
  --registry HOST/PATH where images are pulled from, instead of ghcr.io
  --defaults keep|new  keep what the built-in gadget did by default, or do not
  --config FILE        instead of the configuration found; --no-config: none
  --help
`;

interface Line {
  readonly out: string;
  readonly force: boolean;
  readonly options: Options;
}

/** Options of the report that say how an image is written. */
const SHARED = ["target", "image-style", "registry", "defaults", "config", "no-config"] as const;

/** @returns null when help is asked for */
function readLine(argv: readonly string[]): Line | null {
  const { values, positionals } = readCommandWords("manifests", argv);
  if (values.help === true) return null;
  const { out } = values;
  if (out === undefined || out === "") throw new Fault("manifests needs a folder to write to: --out DIR.");
  return { out, force: values.force === true, options: reportOptions(values, SHARED, positionals) };
}

/** A manifest, and the place of the Trace that it is for. */
interface Manifest {
  readonly name: string;
  readonly text: string;
  readonly command: string;
  readonly place: string;
}

interface Found {
  readonly found: readonly Manifest[];
  /** Places of Traces that have none, or one that is only a start. */
  readonly open: readonly string[];
}

async function findManifests(options: Options, io: Io): Promise<Found> {
  const project = await projectOf(options, io);
  const { config, exclude, settingsOf, rules } = project;
  const given = givenTargetOf(options, project);
  const gathering = await gather(options.paths, project, io);
  try {
    const watch = Watch.of(options, io);
    const scanning = scan(watch.files(gathering.files), {
      // Whatever the report leaves out, there is something to write.
      settingsOf: (path) => ({ ...settingsOf(path), rules: {} }),
      programs: config.programs,
      ownRules: rules,
      target: (knowledge) => given ?? targetOf(gathering.scope(), exclude, knowledge),
      onTranslate: (done, of) => {
        watch.step("translated", done, of);
      },
    });
    const report = await scanning.finally(() => watch.clear());
    const { root } = gathering.scope();
    const traces = report.files.flatMap((file) => tracesOf(file, (path) => shown(resolve(root, path), io)));
    const found = traces.flatMap(({ manifest }) => manifest ?? []);
    for (const { text, place } of found) prove(text, place, report.target.version);
    return { found, open: traces.flatMap(({ manifest, place }) => (manifest === null ? [place] : [])) };
  } finally {
    gathering.stop();
  }
}

function tracesOf(
  { file, findings }: FileFindings,
  show: (path: string) => string,
): readonly { readonly place: string; readonly manifest: Manifest | null }[] {
  const lines = new LineIndex(file.text);
  return findings
    .filter(({ ruleId, message }) => ruleId === "trace-resource" && message.messageId !== "trace-command")
    .map((finding) => {
      const place = `${show(file.path)}:${lines.position(finding.range.start).line}`;
      return { place, manifest: manifestOf(finding, place) };
    });
}

function manifestOf({ notes, after }: Finding, place: string): Manifest | null {
  const note = notes.find(({ messageId }) => messageId === "trace-manifest");
  const { lines, file } = note?.args ?? {};
  if (lines === undefined || file === undefined) return null;
  return { name: file, text: `${lines}\n`, command: after ?? "", place };
}

/** @throws Error when the target does not take a manifest: a bug */
function prove(text: string, place: string, release: string): void {
  const [fault] = instanceFaults(text, "kubectl-gadget", release, loadKnowledge());
  if (fault !== undefined) throw new Error(`the manifest for ${place} is wrong: ${fault}`);
}

interface Named {
  readonly file: NewFile;
  readonly command: string;
}

/** Each text once; of several under one name, all but the first get a number. */
function named(manifests: readonly Manifest[], folder: string): readonly Named[] {
  const byName = new Map<string, Named>();
  for (const { name, text, command } of manifests) {
    let free = name;
    for (let i = 2; byName.has(free) && byName.get(free)?.file.text !== text; i++)
      free = name.replace(/\.yaml$/, `-${i}.yaml`);
    byName.set(free, { file: { folder, name: free, text }, command: command.replace(name, () => free) });
  }
  return [...byName.values()];
}

/** @throws Fault when something else stands where a file is to be written */
function refuseOthers(files: readonly Named[], io: Io): void {
  const others = files.filter(({ file }) => !["nothing", "same"].includes(presentAt(file)));
  const [first] = others;
  if (first === undefined) return;
  const path = shown(resolve(first.file.folder, first.file.name), io);
  const more = others.length > 1 ? ` (and ${others.length - 1} more)` : "";
  throw new Fault(
    `${path}${more} is there and says something else; --force replaces it. Nothing was written.`,
  );
}

/** @throws Fault when the file cannot be written */
async function write(file: NewFile, force: boolean, io: Io): Promise<void> {
  const path = shown(resolve(file.folder, file.name), io);
  if (presentAt(file) === "same") {
    await io.stdout(`${printable(path)} is as it should be\n`);
    return;
  }
  const refused = writeNew(file, force);
  if (refused !== null) throw new Fault(`${path} was not written. ${refused}`);
  await io.stdout(`${printable(path)} written\n`);
}

function closing(files: readonly Named[], open: number, io: Io): string {
  if (files.length === 0) return open > 0 ? "" : "There is no Trace resource.\n";
  const commands = files.map(({ file, command }) => {
    const path = shown(resolve(file.folder, file.name), io);
    return `  ${printable(command.replace(file.name, () => path))}\n`;
  });
  return `\nRun ${files.length === 1 ? "it" : "them"} with:\n${commands.join("")}`;
}

function shown(absolute: string, { cwd }: Io): string {
  return relative(cwd, absolute).replaceAll(sep, "/");
}
