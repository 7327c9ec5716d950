import { display, literal } from "../../commands/command.ts";
import { at, mappingsIn, scalarsAt, textAt, valueAt, type Datum, type Mapping } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { readImage } from "../../translate/image-word.ts";
import { instanceText, isLiteral, type Instance } from "../../translate/instance.ts";
import { translateTrace, type TraceSpec, type TraceTranslation } from "../../translate/translate-trace.ts";
import type { Note } from "../../translate/translation.ts";
import type { CheckedFile, CheckSettings } from "../check.ts";
import type { Finding } from "../finding.ts";
import { severityAt } from "../severity-at.ts";
import { traceCommands } from "./trace-commands.ts";
import { traceMessage } from "./trace-message.ts";

/** The custom resource `Trace` in manifests, and the `kubectl` commands that drive it. */
export function traceResources(
  file: CheckedFile,
  settings: CheckSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  const data = manifestsIn(file.parts, SIGN);
  return [...traceFindings(data, file, settings, knowledge), ...traceCommands(file, settings, knowledge)];
}

/** The resources in what a file writes out, each once. */
export function traceFindings(
  data: readonly Datum[],
  file: Pick<CheckedFile, "text">,
  settings: CheckSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  const found = new Map<number, Finding>();
  for (const datum of data) {
    for (const mapping of mappingsIn(datum)) {
      const trace = isTrace(mapping, knowledge) ? mapping : patchedTrace(mapping, knowledge);
      if (trace !== null && !found.has(trace.place.start))
        found.set(trace.place.start, findingOf(trace, file, settings, knowledge));
    }
  }
  return [...found.values()];
}

const SIGN = /gadget\.kinvolk\.io/;

function isTrace(mapping: Mapping, { traceResource: { group, kind } }: Knowledge): boolean {
  const isOfGroup = textAt(mapping, "apiVersion")?.startsWith(`${group}/`) === true;
  return isOfGroup && textAt(mapping, "kind") === kind;
}

/** What a patch of kustomize is for, where that is a Trace. */
function patchedTrace(patch: Mapping, { traceResource: { group, kind } }: Knowledge): Mapping | null {
  const target = at(patch, "target");
  if (target?.kind !== "mapping" || (at(patch, "patch") ?? at(patch, "path")) === null) return null;
  return textAt(target, "group") === group && textAt(target, "kind") === kind ? target : null;
}

function findingOf(
  mapping: Mapping,
  { text }: Pick<CheckedFile, "text">,
  settings: CheckSettings,
  knowledge: Knowledge,
): Finding {
  const spec = specOf(mapping);
  const translation = translateTrace(spec, settings, knowledge);
  const { gadget, image, instance, notes } = translation;
  const { start, end } = mapping.place;
  const before = text.slice(start, end).trimEnd();
  return {
    ruleId: "trace-resource",
    message: traceMessage(display(spec.gadget ?? []), settings.target, knowledge),
    severity: severityAt("trace-resource", settings.target, knowledge),
    range: { start, end: start + before.length },
    gadget,
    image,
    before,
    after: instance === null ? null : `kubectl gadget run -f ${fileOf(instance)}${isEndless(spec) ? " --detach" : ""}`,
    notes: [...notes, ...instanceNotes(translation)],
    fix: null,
  };
}

function instanceNotes({ instance, isReady, isEverywhere }: TraceTranslation): readonly Note[] {
  if (instance === null) return [];
  const args = { lines: instanceText(instance).trimEnd(), file: fileOf(instance) };
  const messageId = isReady && isLiteral(instance) ? "trace-manifest" : "trace-manifest-open";
  return [
    { messageId, args },
    ...(isEverywhere ? [{ messageId: "trace-all-namespaces", args: {} }] : []),
  ];
}

/** Whether events come until it is stopped; else there is one result, in the end. */
function isEndless({ outputMode }: TraceSpec): boolean {
  const mode = literal(outputMode ?? []);
  return mode !== "Status" && mode !== "ExternalResource";
}

/** The name that its file gets. */
function fileOf({ name, image }: Instance): string {
  const [text] = [literal(name ?? []), readImage(image).name].filter((one) => one !== null && one !== "");
  return text == null ? "FILE" : `${text}.yaml`;
}

function specOf(trace: Datum): TraceSpec {
  const name = valueAt(trace, "metadata", "name");
  const filter = at(trace, "spec", "filter");
  return {
    name: name ?? valueAt(trace, "metadata", "generateName"),
    isNameGenerated: name === null,
    gadget: valueAt(trace, "spec", "gadget"),
    node: valueAt(trace, "spec", "node"),
    runMode: valueAt(trace, "spec", "runMode"),
    outputMode: valueAt(trace, "spec", "outputMode"),
    output: valueAt(trace, "spec", "output"),
    hasFilter: filter !== null && (filter.kind !== "scalar" || filter.value.length > 0),
    namespace: valueAt(filter, "namespace"),
    podname: valueAt(filter, "podname"),
    containerName: valueAt(filter, "containerName"),
    labels: scalarsAt(filter, "labels"),
    parameters: scalarsAt(trace, "spec", "parameters"),
  };
}
