import { display, literal, type Value } from "../commands/command.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { TraceGadget } from "../knowledge/trace-resource.ts";
import { nearest } from "../text/nearest.ts";
import { joined } from "./image-ref.ts";
import { instanceName, instanceOf, type Instance } from "./instance.ts";
import { parseLine } from "./parse.ts";
import { translateGadget } from "./translate-gadget.ts";
import type { CommandLine, NewWord, Note, TranslateOptions, Translation } from "./translation.ts";
import { validate } from "./validate.ts";

/** What a `Trace` custom resource says; null where it says nothing. */
export interface TraceSpec {
  readonly name: Value | null;
  /** `metadata.generateName` stands in for the name. */
  readonly isNameGenerated: boolean;
  readonly gadget: Value | null;
  readonly node: Value | null;
  readonly runMode: Value | null;
  readonly outputMode: Value | null;
  readonly output: Value | null;
  readonly hasFilter: boolean;
  readonly namespace: Value | null;
  readonly podname: Value | null;
  readonly containerName: Value | null;
  readonly labels: readonly (readonly [key: string, value: Value])[];
  readonly parameters: readonly (readonly [key: string, value: Value])[];
}

export interface TraceTranslation {
  /** The command path of the built-in gadget with blanks; null when it is not known. */
  readonly gadget: string | null;
  readonly image: string | null;
  /** What takes its place; null when no image does. */
  readonly instance: Instance | null;
  /** The target takes the instance as it is. */
  readonly isReady: boolean;
  /** It looks at containers, and at those of all namespaces. */
  readonly isEverywhere: boolean;
  readonly notes: readonly Note[];
}

/**
 * What becomes of a `Trace` resource: the instance manifest that runs the gadget's image with the same filter and
 * parameters. The built-in command that the resource stands for is translated, so that all is known of it that is known of
 * commands. Never throws.
 */
export function translateTrace(
  spec: TraceSpec,
  options: Omit<TranslateOptions, "tag">,
  knowledge: Knowledge,
): TraceTranslation {
  const none = { gadget: null, image: null, instance: null, isReady: false, isEverywhere: false };
  if (spec.gadget === null) return { ...none, notes: [{ messageId: "trace-without-gadget", args: {} }] };
  const name = literal(spec.gadget);
  if (name === null) {
    return { ...none, notes: [{ messageId: "gadget-is-dynamic", args: { word: display(spec.gadget) } }] };
  }
  const row = knowledge.traceGadgets.find((known) => known.name === name);
  const gadget = knowledge.gadgets.find(({ id }) => id === row?.gadget);
  if (row === undefined || gadget === undefined) {
    const names = knowledge.traceGadgets.map((known) => known.name);
    const args = { gadget: name, nearest: nearest(name, names) ?? "" };
    return { ...none, notes: [{ messageId: "trace-gadget-unknown", args }] };
  }
  return translateKnown(spec, row, gadget, options, knowledge);
}

function translateKnown(
  spec: TraceSpec,
  row: TraceGadget,
  gadget: Gadget,
  options: Omit<TranslateOptions, "tag">,
  knowledge: Knowledge,
): TraceTranslation {
  const { target } = options;
  const line = builtinLine(spec, row, gadget);
  const parsed = parseLine(line, knowledge);
  const found = { gadget: gadget.command, isReady: false, isEverywhere: false };
  if (parsed.kind !== "gadget") return { ...found, image: null, instance: null, notes: [] };

  const translation = translateGadget(line, parsed, { ...options, tag: [target] }, knowledge);
  const given = translation.state === "fine" ? [] : translation.notes.filter(isAboutInstances);
  const words = wordsOf(translation);
  if (words === null || translation.state === "fine") {
    return { ...found, image: null, instance: null, notes: [...given, ...ownNotes(spec, row, null)] };
  }
  const values = [...words.map((word) => valueOf(word, line)), ...filterFlags(spec, row)];
  const run = instanceOf(values, line.programWords, line.program, target, knowledge);
  const faults = validate(values, line.programWords, line.program, target, knowledge);
  const instance =
    run === null ? null : { ...run, name: nameOf(spec), nodes: spec.node === null ? [] : [spec.node] };
  const refused =
    translation.state === "manual" ? [] : faults.map(({ messageId, args }) => ({ messageId, args }));
  return {
    ...found,
    image: translation.image,
    instance,
    isReady: instance !== null && faults.length === 0 && isWhole(translation),
    isEverywhere: spec.namespace === null && gadget.containers,
    notes: [...given, ...refused, ...ownNotes(spec, row, instance)],
  };
}

function wordsOf(translation: Translation): readonly NewWord[] | null {
  if (translation.state === "fine") return null;
  return translation.state === "rewrite" ? translation.words : translation.nearest;
}

/** Whether all that the command said is in its translation. */
function isWhole(translation: Translation): boolean {
  if (translation.state !== "manual") return true;
  return translation.notes.some(({ messageId }) => messageId === "gadget-manual");
}

/** What is said of who reads a command's output does not hold for a resource. */
function isAboutInstances({ messageId }: Note): boolean {
  return !/^(?:output|shown|kept)-/.test(messageId);
}

function valueOf(word: NewWord, { words }: CommandLine): Value {
  return "keep" in word ? (words[word.keep] ?? []) : word.write;
}

/** The built-in command that does the same on all containers. */
function builtinLine(spec: TraceSpec, row: TraceGadget, { command, containers }: Gadget): CommandLine {
  const words = ["kubectl", "gadget", ...command.split(" "), ...(containers ? ["--all-namespaces"] : [])];
  return {
    program: "kubectl-gadget",
    programWords: 2,
    words: [...words.map((word): Value => [word]), ...parameterFlags(spec, row)],
    output: { pipe: [], sink: "stdout" },
    role: "run",
  };
}

/** The flags of `run` that pick the same containers; the resource could do that for gadgets whose command could not. */
function filterFlags(spec: TraceSpec, { filter }: TraceGadget): readonly Value[] {
  if (filter === "refused" || filter === "ignored") return [];
  const container = filter === "container-ignored" ? null : spec.containerName;
  const labels = spec.labels.flatMap(([key, value], i): Value => [`${i === 0 ? "" : ","}${key}=`, ...value]);
  const flags: readonly (readonly [name: string, value: Value | null])[] = [
    ["namespace", spec.namespace],
    ["podname", spec.podname],
    ["containername", container],
    ["selector", labels.length === 0 ? null : labels],
  ];
  return flags.flatMap(([name, value]) => (value === null ? [] : [flag(name, value)]));
}

/** Every flag with its value in one word, so that no value is taken for anything else. */
function flag(name: string, value: Value): Value {
  return joined([`--${name}=`, ...value]);
}

function parameterFlags({ parameters }: TraceSpec, row: TraceGadget): readonly Value[] {
  const given = new Map(parameters);
  return (row.parameters ?? []).flatMap(({ name, flag: known, absent, presence }) => {
    const value = given.get(name) ?? (absent === undefined ? null : [absent]);
    if (known === undefined || value === null) return [];
    return [presence === true ? [`--${known}`] : flag(known, value)];
  });
}

/** What is known only of resources. */
function ownNotes(spec: TraceSpec, row: TraceGadget, instance: Instance | null): readonly Note[] {
  const notes: Note[] = [];
  const known = row.parameters ?? [];
  for (const [name, value] of spec.parameters) {
    if (known.some((parameter) => parameter.name === name && parameter.flag !== undefined)) continue;
    notes.push({ messageId: "trace-parameter", args: { name, value: display(value) } });
  }
  if (spec.hasFilter && (row.filter === "refused" || row.filter === "ignored"))
    notes.push({ messageId: `trace-filter-${row.filter}`, args: { gadget: row.name } });
  if (spec.containerName !== null && row.filter === "container-ignored")
    notes.push({ messageId: "trace-filter-container", args: { gadget: row.name } });
  const runMode = literal(spec.runMode ?? []);
  if (runMode !== null && runMode !== "" && runMode !== "Manual")
    notes.push({ messageId: "trace-run-mode", args: { mode: runMode } });
  const mode = literal(spec.outputMode ?? []) ?? "";
  const isKnown = row.outputModes.some((one) => one === mode);
  if (mode !== "" && !isKnown) {
    notes.push({ messageId: "trace-output-never", args: { mode, allowed: row.outputModes.join(", ") } });
  } else if (instance !== null && mode !== "") {
    notes.push(outputNote(mode, display(spec.output ?? [])));
  }
  return notes;
}

function outputNote(mode: string, output: string): Note {
  switch (mode) {
    case "Status":
      return { messageId: "trace-output-status", args: {} };
    case "ExternalResource":
      return { messageId: "trace-output-resource", args: { output } };
    default:
      return { messageId: "trace-output-stream", args: {} };
  }
}

/** The name of the resource as that of an instance; what is known only at run time stays as it is. */
function nameOf({ name, isNameGenerated }: TraceSpec): Value | null {
  if (name === null) return null;
  const text = literal(name);
  if (text === null) return name;
  const plain = instanceName(isNameGenerated ? text.replace(/-+$/, "") : text);
  return plain === null ? null : [plain];
}
