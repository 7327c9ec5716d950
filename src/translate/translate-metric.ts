import { literal, type Value } from "../commands/command.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { DataSource } from "../knowledge/image.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { filteredSources, findImage, type Running } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import { joined } from "./image-ref.ts";
import { parseLine } from "./parse.ts";
import { translateGadget } from "./translate-gadget.ts";
import type { CommandLine, Note, TranslateOptions } from "./translation.ts";
import { fieldOf, numberBehind } from "./values/columns.ts";

/** One metric of a configuration of `prometheus` (v0.41.0 pkg/prometheus/config/config.go); null where it says nothing. */
export interface MetricSpec {
  /** `metrics_name` of the whole configuration. */
  readonly scope: Value | null;
  readonly name: Value | null;
  /** `counter`, `gauge` or `histogram`. */
  readonly type: string | null;
  readonly field: string | null;
  readonly labels: readonly string[];
  readonly selector: readonly Value[];
}

export interface MetricTranslation {
  readonly message: Note;
  readonly image: string | null;
  /** The command to start from; null where no image counts the same. */
  readonly words: readonly Value[] | null;
  readonly notes: readonly Note[];
}

/**
 * What becomes of a metric: the image that takes the place of its gadget, run detached with annotations that make it count.
 * Null where no built-in gadget can be meant. Never throws.
 */
export function translateMetric(
  gadget: Gadget,
  spec: MetricSpec,
  options: Omit<TranslateOptions, "tag">,
  knowledge: Knowledge,
): MetricTranslation | null {
  const line = builtinLine(gadget, spec);
  const parsed = parseLine(line, knowledge);
  if (parsed.kind !== "gadget") return null;
  const translation = translateGadget(line, parsed, { ...options, tag: [options.target] }, knowledge);
  if (translation.state === "fine") return null;
  const { message, image: name } = translation;
  const notes = translation.notes.filter(({ messageId }) => !/^(?:output|shown|kept)-/.test(messageId));
  const words = translation.state === "rewrite" ? translation.words : translation.nearest;
  const image = name === null ? null : findImage(knowledge, name);
  if (words === null || image === null) return { message, image: name, words: null, notes };
  // Lists, and not events, are what a gauge counted.
  if (spec.type === "gauge")
    return { message, image: name, words: null, notes: [...notes, { messageId: "metric-gauge", args: {} }] };

  const running: Running = { image, program: "kubectl-gadget", release: options.target, knowledge };
  const [source] = filteredSources(running);
  if (source === undefined) return { message, image: name, words: null, notes };
  const counted = annotations(gadget, spec, source, running);
  const scope: Value = spec.scope ?? ["METRICS_NAME"];
  return {
    message,
    image: name,
    words: [
      ...words.map((word) => ("keep" in word ? (line.words[word.keep] ?? []) : word.write)),
      ["--detach"],
      ["--name"],
      spec.name ?? ["NAME"],
      joined(["--annotate=", ...counted.list.flatMap((one, i) => (i === 0 ? one : [",", ...one]))]),
      joined([`--otel-metrics-name=${source.name}:`, ...scope]),
    ],
    notes: [...notes, ...counted.notes, { messageId: "metric-detached", args: {} }],
  };
}

/** The command that runs the gadget on what the selector picks; `namespace`, `pod` and `container` pick containers. */
function builtinLine({ command, containers }: Gadget, { selector }: MetricSpec): CommandLine {
  const flags = selector.flatMap((rule): readonly Value[] => {
    const [, key = "", value = ""] =
      /^(namespace|pod|container):([^:!~<>=]+)$/.exec(literal(rule) ?? "") ?? [];
    const flag = { namespace: "--namespace", pod: "--podname", container: "--containername" }[key];
    return flag === undefined ? [["--filter"], csv(rule)] : [[flag], [value]];
  });
  const isOfNamespace = flags.some((flag) => literal(flag) === "--namespace");
  const everywhere: readonly Value[] = containers && !isOfNamespace ? [["--all-namespaces"]] : [];
  const words = ["kubectl", "gadget", ...command.split(" ")].map((word): Value => [word]);
  return {
    program: "kubectl-gadget",
    programWords: 2,
    words: [...words, ...everywhere, ...flags],
    output: { pipe: [], sink: "discarded" },
    role: "run",
  };
}

/** One rule as the flag takes a list of them. */
function csv(rule: Value): Value {
  const text = literal(rule);
  return text !== null && /[",]/.test(text) ? [`"${text.replaceAll('"', '""')}"`] : rule;
}

/** Annotations, `SUBJECT:KEY=VALUE` each, and what there is to say of them. */
interface Annotations {
  readonly list: readonly Value[];
  readonly notes: readonly Note[];
}

/** What makes the data source count. */
function annotations(gadget: Gadget, spec: MetricSpec, source: DataSource, running: Running): Annotations {
  const { name, type, field, labels } = spec;
  const called = name ?? ["NAME"];
  const implicit = joined([`${source.name}:metrics.implicit-counter.name=`, ...called]);
  const parts: readonly Annotations[] = [
    { list: [[`${source.name}:metrics.collect=true`]], notes: [] },
    ...(field === null && type === "counter" ? [{ list: [implicit], notes: [] }] : []),
    ...(field === null ? [] : [countedField(field, type, called, { gadget, source, running })]),
    ...labels.map((label) => labelled(label, { gadget, source, running })),
  ];
  return { list: parts.flatMap(({ list }) => list), notes: parts.flatMap(({ notes }) => notes) };
}

/** Where fields are looked for. */
interface Counted {
  readonly gadget: Gadget;
  readonly source: DataSource;
  readonly running: Running;
}

function countedField(
  field: string,
  type: string | null,
  called: Value,
  { gadget, source, running }: Counted,
): Annotations {
  const found = fieldOf(field, { ...running, gadget });
  if (found.field === null) return { list: [], notes: [found.why] };
  const counted = numberBehind(found.field, running);
  const subject = `${source.name}.${counted.name}`;
  const since = missingNames(running);
  return {
    list: [
      [`${subject}:metrics.type=${type ?? "TYPE"}`],
      ...(since === null ? [joined([`${subject}:metrics.name=`, ...called])] : []),
    ],
    notes: [
      ...(since === null
        ? []
        : [{ messageId: "metric-named-after-field", args: { field: counted.name, since } }]),
      ...(type === "histogram" ? [{ messageId: "metric-boundaries", args: { subject } }] : []),
      // The text that a number became is of no matter to what counts the number.
      ...(found.doubt !== null && counted === found.field ? [found.doubt] : []),
    ],
  };
}

function labelled(label: string, { gadget, source, running }: Counted): Annotations {
  const found = fieldOf(label, { ...running, gadget });
  if (found.field === null) return { list: [], notes: [found.why] };
  const subject = `${source.name}.${found.field.name}`;
  const name = found.field.name.split(".").at(-1) ?? "";
  const since = missingNames(running);
  return {
    list: [
      [`${subject}:metrics.type=key`],
      ...(since === null ? [[`${subject}:metrics.name=${label}`]] : []),
    ],
    notes: [
      ...(since === null || name === label
        ? []
        : [{ messageId: "metric-label-name", args: { label, name, since } }]),
      ...(found.doubt === null ? [] : [found.doubt]),
    ],
  };
}

/** The first release that lets a metric and a label have a name of their own, where the target is older; null where it does. */
function missingNames({ release, knowledge }: Running): string | null {
  const row = knowledge.annotations.find(({ key }) => key === "metrics.name");
  return row === undefined || within(row, release) ? null : row.since;
}
