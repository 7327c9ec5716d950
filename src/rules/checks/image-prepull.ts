import { display, literal } from "../../commands/command.ts";
import type { FoundCommand } from "../../commands/find.ts";
import { compareReleases } from "../../knowledge/releases.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Range } from "../../text/edits.ts";
import { readImage } from "../../translate/image-word.ts";
import { translate } from "../../translate/translate.ts";
import type { Note } from "../../translate/translation.ts";
import type { CheckSettings, RepositoryCheck, RepositoryFile } from "../check.ts";
import type { Finding } from "../finding.ts";
import { jobsIn, type Job } from "./ci-jobs.ts";
import { installationsIn, placeOf } from "./installations.ts";
import { practiceFinding } from "./practice-finding.ts";

/** Jobs of CI that run gadget images before anything has pulled them, each at the first command that does. */
export const imagePrepull: RepositoryCheck = (files, settings, knowledge) => {
  const others = files.map((file) => actionsOf(file, settings, knowledge));
  const found = new Map<string, readonly Finding[]>();
  for (const file of files.filter(({ isScanned }) => isScanned)) {
    const own = others.find(({ path }) => path === file.path);
    if (own === undefined) continue;
    const findings = jobsIn(file).flatMap((job) => findingOf(job, file, own, others) ?? []);
    if (findings.length > 0) found.set(file.path, findings);
  }
  return found;
};

/** What the commands of a file do with images. */
interface Actions {
  readonly path: string;
  readonly pulls: readonly Pull[];
  readonly runs: readonly Run[];
  /** Places that set up an agent. */
  readonly installations: readonly Range[];
}

interface Pull {
  readonly place: Range;
  /** Null: all that are needed, or not known which. */
  readonly image: string | null;
}

interface Run {
  readonly place: Range;
  readonly image: string;
  /** `ig` has the store of its machine, unless it runs in a container without it; agents have theirs on each node. */
  readonly store: "machine" | "container" | "agent";
}

function actionsOf(file: RepositoryFile, settings: CheckSettings, knowledge: Knowledge): Actions {
  return {
    path: file.path,
    pulls: file.commands.flatMap(pullsOf),
    runs: file.commands.flatMap((command) => runOf(command, settings, knowledge) ?? []),
    installations: installationsIn(file, knowledge).map(({ place }) => place),
  };
}

/** `ig image pull IMAGE`, `ig image import FILE`. */
function pullsOf({ words, programWords, invocation }: FoundCommand): readonly Pull[] {
  const rest = words.slice(programWords);
  const [first, second] = rest.map(({ value }) => literal(value));
  const place = placeOf(words);
  if (first !== "image" || place === null || invocation.role === "text") return [];
  if (second === "import") return [{ place, image: null }];
  if (second !== "pull") return [];
  const images = rest.slice(2).filter(({ value }) => !display(value).startsWith("-"));
  return images.map(({ value }) => ({ place, image: literal(value) === null ? null : normal(display(value)) }));
}

function runOf(command: FoundCommand, settings: CheckSettings, knowledge: Knowledge): Run | null {
  const { program, words, programWords, head, image: container, invocation } = command;
  const place = placeOf(words);
  const image = imageOf(command, settings, knowledge);
  if (image === null || place === null || invocation.role === "text") return null;
  const isOnCluster = program.id === "kubectl-gadget" || program.id === "gadgetctl";
  const isInContainer = container !== null || (programWords === 0 && head !== words[0]);
  const isMounted = invocation.words.some(({ value }) => display(value).includes("/var/lib/ig"));
  return { place, image, store: isOnCluster ? "agent" : isInContainer && !isMounted ? "container" : "machine" };
}

/** The image that a command runs, or will once it is migrated; null where it runs none, or a manifest. */
function imageOf(
  { program, words, programWords, invocation }: FoundCommand,
  settings: CheckSettings,
  knowledge: Knowledge,
): string | null {
  const { target } = settings;
  const rest = words.slice(programWords).map(({ value }) => value);
  const runAt = rest.findIndex((value) => literal(value) === "run");
  if (runAt >= 0) {
    const names = new Set(knowledge.images.map(({ name }) => name));
    const image = rest.slice(runAt + 1).find((value) => {
      const { name, tag, path } = readImage(value);
      const text = display(value);
      return !text.startsWith("-") && !text.includes("=") && (names.has(name ?? "") || (tag !== null && path.includes("/")));
    });
    return image === undefined ? null : normal(display(image));
  }
  if (compareReleases(target, knowledge.milestones.removed) < 0) return null;
  const line = {
    program: program.id,
    words: words.map(({ value }) => value),
    programWords,
    output: { pipe: [], sink: "stdout" as const },
    role: invocation.role,
  };
  const translation = translate(line, { ...settings, tag: [target] }, knowledge);
  if (translation.state === "fine" || translation.rule !== "builtin-gadget" || translation.image === null) return null;
  return /^\w+$/.test(translation.image) ? `${translation.image}:${target}` : null;
}

/** The reference in one spelling: the short name for the official place, without a digest. */
function normal(reference: string): string {
  const { path, name, tag, isOfficial } = readImage([reference]);
  return `${isOfficial && name !== null ? name : path}${tag === null ? "" : `:${tag}`}`;
}

function findingOf(job: Job, file: RepositoryFile, own: Actions, all: readonly Actions[]): Finding | null {
  const text = file.text.slice(job.place.start, job.place.end);
  const helpers = all.filter(({ path }) => path !== file.path && isNamed(path, text));
  const isPulledElsewhere =
    helpers.some(({ pulls }) => pulls.length > 0) || (job.extended.length > 0 && all.some(({ pulls }) => pulls.length > 0));
  const isNewCluster = [...own.installations.filter((one) => isIn(one, job)), ...helpers.flatMap((one) => one.installations)].length > 0;
  const scripts = helpers.flatMap(({ path, runs }) => runs.map((run) => ({ ...run, place: mention(path, job, file) })));
  const runs = [...own.runs.filter(({ place }) => isIn(place, job)), ...scripts];
  const late = runs.filter(({ image, place, store }) => {
    if (store === "agent") return isNewCluster && !image.includes("/");
    if (store === "container") return true;
    return !isPulledElsewhere && !own.pulls.some((pull) => isBefore(pull.place, place, job) && (pull.image ?? image) === image);
  });
  const [first] = late.sort((a, b) => a.place.start - b.place.start);
  if (first === undefined) return null;
  const images = [...new Set(late.map(({ image }) => image))];
  const message = { messageId: "prepull-missing", args: { job: job.name ?? "", images: images.join(", ") } };
  return practiceFinding("image-prepull", message, first.place, file.text, notesFor(late));
}

function notesFor(runs: readonly Run[]): readonly Note[] {
  const of = (store: Run["store"]): readonly string[] => [
    ...new Set(runs.filter((run) => run.store === store).map(({ image }) => image)),
  ];
  const lines = [...of("machine"), ...of("container")].map((image) => `sudo ig image pull ${image}`).join("\n");
  return [
    ...(lines === "" ? [] : [{ messageId: "prepull-before", args: { lines } }]),
    ...(of("container").length === 0 ? [] : [{ messageId: "prepull-container", args: {} }]),
    ...(of("agent").length === 0 ? [] : [{ messageId: "prepull-agent", args: {} }]),
  ];
}

function isIn({ start, end }: Range, { place }: Job): boolean {
  return place.start <= start && end <= place.end;
}

function isBefore(pull: Range, run: Range, job: Job): boolean {
  const isInBefore = job.before.some(({ start, end }) => start <= pull.start && pull.end <= end);
  return isInBefore || (isIn(pull, job) && pull.start < run.start);
}

/** Whether a job names a script, or the folder of an action, that the repository has. */
function isNamed(path: string, job: string): boolean {
  const [folder, name] = [path.slice(0, Math.max(0, path.lastIndexOf("/"))), path.slice(path.lastIndexOf("/") + 1)];
  if (/^action\.ya?ml$/.test(name)) return folder !== "" && job.includes(`./${folder}`);
  if (/^(?:GNUm|M|m)akefile$/.test(name)) return /(?:^|[\s;&|])make(?:\s|$)/m.test(job);
  return isScript(name) && nameIn(name, job) >= 0;
}

function isScript(name: string): boolean {
  return /^[\w.-]+$/.test(name) && !/\.(?:ya?ml|json|md)$/.test(name);
}

/** Where a name stands as the last part of a word. */
function nameIn(name: string, text: string): number {
  const match = new RegExp(String.raw`(?<=[\s/"'=(])${name.replaceAll(".", "\\.")}(?=[\s"';&|)]|$)`).exec(text);
  return match?.index ?? -1;
}

function mention(path: string, { place }: Job, { text }: RepositoryFile): Range {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const words = /^(?:GNUm|M|m)akefile$/.test(name) ? "make" : name;
  const at = nameIn(words, text.slice(place.start, place.end));
  const start = place.start + Math.max(0, at);
  return { start, end: start + (at < 0 ? 0 : words.length) };
}
