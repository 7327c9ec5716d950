import { literal, type Invocation } from "../../commands/command.ts";
import type { FoundCommand } from "../../commands/find.ts";
import { at, mappingsIn, textAt, type Datum, type Mapping } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { LanguageId } from "../../languages/language.ts";
import type { Range } from "../../text/edits.ts";
import { readImage } from "../../translate/image-word.ts";
import type { RepositoryFile } from "../check.ts";
import { flagValue } from "./command-flags.ts";

/** A place that brings the agent, or `ig`, to a cluster. */
export interface Installation {
  readonly kind: "pods" | "deploy" | "chart";
  readonly file: RepositoryFile;
  /** What names it: the image, the command, the chart. */
  readonly place: Range;
  /** Null: it is known only elsewhere, or at run time. */
  readonly namespace: string | null;
  /** Labels of its pods that are known; of those that are made elsewhere, the one that all releases give. */
  readonly labels: ReadonlyMap<string, string>;
  /** Whether its pods have no labels besides. */
  readonly hasAllLabels: boolean;
  /** The specification of its pods, where it is written out. */
  readonly pod: Mapping | null;
  /** Its container's image, where that is named. */
  readonly image: string | null;
  /** Values of the chart. */
  readonly values: Datum | null;
}

/** Everything in a file that installs the agent or `ig`; what documents only tell people is left out. */
export function installationsIn(file: RepositoryFile, knowledge: Knowledge): readonly Installation[] {
  if (file.parts.some(({ language }) => DOCUMENTS.has(language))) return [];
  const data = manifestsIn(file.parts, SIGN);
  const found = [
    ...data.flatMap((datum) => [...mappingsIn(datum)].flatMap((one) => ofManifest(one, file, knowledge))),
    ...file.commands.flatMap((command) => ofDeploy(command, file)),
    ...file.reading().invocations.flatMap((invocation) => ofHelm(invocation, file, knowledge)),
  ];
  return [...new Map(found.map((one) => [one.place.start, one])).values()];
}

const SIGN = /gadget/;

/** What tells people how it is done. */
export const DOCUMENTS: ReadonlySet<LanguageId> = new Set<LanguageId>([
  "markdown",
  "rst",
  "asciidoc",
  "html",
  "text",
  "notebook",
]);

/** What all releases of the agent label its pods with (charts/gadget/templates/daemonset.yaml, v0.18.0 to v0.55.1). */
const AGENT_LABELS: ReadonlyMap<string, string> = new Map([["k8s-app", "gadget"]]);

function ofManifest(mapping: Mapping, file: RepositoryFile, knowledge: Knowledge): readonly Installation[] {
  const workload = ofWorkload(mapping, file);
  return workload.length > 0 ? workload : ofChart(mapping, file, knowledge);
}

/** A pod, or what makes some. */
function ofWorkload(mapping: Mapping, file: RepositoryFile): readonly Installation[] {
  if (textAt(mapping, "kind") === null) return [];
  const template = TEMPLATES.map((keys) => at(mapping, ...keys)).find((one) => at(one, "spec", "containers") !== null);
  const pod = at(template ?? null, "spec");
  if (template == null || pod?.kind !== "mapping") return [];
  const labels = at(template, "metadata", "labels");
  const known = labels?.kind === "mapping" ? [...labels.fields.keys()] : [];
  return containersOf(pod).flatMap((container) => {
    const image = agentImage(container);
    const place = at(container, "image")?.place;
    if (image === null || place === undefined) return [];
    return [
      {
        kind: "pods" as const,
        file,
        place,
        namespace: textAt(mapping, "metadata", "namespace"),
        labels: new Map(known.flatMap((key) => labelOf(labels, key))),
        hasAllLabels: labels === null || labels.kind === "mapping",
        pod,
        image,
        values: null,
      },
    ];
  });
}

const TEMPLATES = [
  ["spec", "template"],
  ["spec", "jobTemplate", "spec", "template"],
  [],
] as const;

function labelOf(labels: Datum | null, key: string): readonly (readonly [string, string])[] {
  const value = textAt(labels, key);
  return value === null ? [] : [[key, value]];
}

/** The containers of a pod's specification. */
export function containersOf(pod: Mapping): readonly Mapping[] {
  return ["containers", "initContainers"].flatMap((key) => {
    const list = at(pod, key);
    return list?.kind === "sequence" ? list.items.filter((item) => item.kind === "mapping") : [];
  });
}

/** The image of a container that runs the agent or `ig`; null for others, and where it is known only at run time. */
export function agentImage(container: Mapping): string | null {
  const image = textAt(container, "image");
  // `$(IMAGE)` and the like are filled in later.
  const path = image === null || image.includes("$") ? null : readImage([image]).path;
  return path !== null && /(?:^|\/)(?:inspektor-gadget\/ig|inspektor-gadget)$/.test(path) ? image : null;
}

/** A HelmRelease, an application of Argo CD, a release of helmfile, a dependency of a chart. */
function ofChart(mapping: Mapping, file: RepositoryFile, { helmChart }: Knowledge): readonly Installation[] {
  const pattern = new RegExp(helmChart.namePattern);
  const kind = textAt(mapping, "kind");
  const make = (
    chart: Datum | null,
    namespace: string | null,
    values: Datum | null,
  ): readonly Installation[] => {
    const name = chart === null ? null : textAt(chart);
    if (chart === null || name === null || !pattern.test(name)) return [];
    return [installed("chart", file, chart.place, namespace, values)];
  };
  if (kind === "HelmRelease") {
    const namespace = textAt(mapping, "spec", "targetNamespace") ?? textAt(mapping, "metadata", "namespace");
    return make(at(mapping, "spec", "chart", "spec", "chart"), namespace, at(mapping, "spec", "values"));
  }
  if (kind === "Application") {
    const several = at(mapping, "spec", "sources");
    const sources = several?.kind === "sequence" ? several.items : [at(mapping, "spec", "source")];
    const namespace = textAt(mapping, "spec", "destination", "namespace");
    return sources.flatMap((source) => make(at(source, "chart"), namespace, at(source, "helm", "valuesObject")));
  }
  const isRelease = at(mapping, "chart") !== null && at(mapping, "name") !== null && kind === null;
  if (isRelease) {
    const values = at(mapping, "values");
    const [first] = values?.kind === "sequence" ? values.items : [];
    return make(at(mapping, "chart"), textAt(mapping, "namespace"), first ?? null);
  }
  const isDependency = textAt(mapping, "repository")?.includes("gadget") === true && at(mapping, "version") !== null;
  return isDependency ? make(at(mapping, "name"), null, null) : [];
}

function installed(
  kind: "deploy" | "chart",
  file: RepositoryFile,
  place: Range,
  namespace: string | null,
  values: Datum | null,
  image: string | null = null,
): Installation {
  return { kind, file, place, namespace, labels: AGENT_LABELS, hasAllLabels: false, pod: null, image, values };
}

/** `kubectl gadget deploy`, which takes the namespace `gadget` where no other is given. */
function ofDeploy({ program, words, invocation }: FoundCommand, file: RepositoryFile): readonly Installation[] {
  if (program.id !== "kubectl-gadget" || invocation.role !== "run") return [];
  const texts = words.map(({ value }) => literal(value));
  const isDry = texts.some((text) => text === "--print-only" || text === "--help");
  if (!texts.includes("deploy") || isDry) return [];
  const given = flagValue(words, ["--gadget-namespace"]);
  const namespace = given === null ? "gadget" : literal(given);
  const image = flagValue(words, ["--image"]);
  const place = placeOf(words);
  if (place === null) return [];
  return [installed("deploy", file, place, namespace, null, image === null ? null : literal(image))];
}

/** `helm upgrade --install gadget gadget/gadget -n gadget`. */
function ofHelm(invocation: Invocation, file: RepositoryFile, { helmChart }: Knowledge): readonly Installation[] {
  const { words, role } = invocation;
  const texts = words.map(({ value }) => literal(value));
  const helmAt = texts.findIndex((text) => text !== null && /^(?:\S*\/)?helm$/.test(text));
  const isInstall = texts.some((text) => text === "install" || text === "upgrade");
  const pattern = new RegExp(helmChart.namePattern);
  const isChart = (text: string | null, i: number): boolean =>
    i > helmAt && text !== null && text !== helmChart.name && pattern.test(text);
  if (helmAt < 0 || role !== "run" || !isInstall || !texts.some(isChart)) return [];
  const namespace = flagValue(words, ["--namespace", "-n"]);
  const place = placeOf(words.slice(helmAt));
  if (place === null) return [];
  return [installed("chart", file, place, namespace === null ? null : literal(namespace), null)];
}

/** From the first word to the last, where they stand together. */
export function placeOf(words: Invocation["words"]): Range | null {
  const places = words.map((word) => word.list.fragment.toSource(word));
  const [first] = places;
  if (first === undefined) return null;
  const last = places.at(-1) ?? first;
  return last.end > first.start ? { start: first.start, end: last.end } : first;
}
