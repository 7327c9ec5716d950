import { literal, type Value } from "../commands/command.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { DataSource } from "../knowledge/image.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { filteredSources, findImage, type Running } from "../knowledge/lookup.ts";
import { compareReleases } from "../knowledge/releases.ts";
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

/** The annotation that names a metric or a label came with v0.47.0 (commit 36d76b7a7); before, both have the field's name. */
const NAMES_SINCE = "v0.47.0";

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

/** What makes the data source count, `SUBJECT:KEY=VALUE` each. */
function annotations(
  gadget: Gadget,
  { name, type, field, labels }: MetricSpec,
  source: DataSource,
  running: Running,
): { readonly list: readonly Value[]; readonly notes: readonly Note[] } {
  const named = compareReleases(running.release, NAMES_SINCE) >= 0;
  const notes: Note[] = [];
  const called = name ?? ["NAME"];
  const list: Value[] = [[`${source.name}:metrics.collect=true`]];
  if (field === null && type === "counter") {
    list.push(joined([`${source.name}:metrics.implicit-counter.name=`, ...called]));
  }
  if (field !== null) {
    const found = fieldOf(field, { ...running, gadget });
    if (found.field === null) notes.push(found.why);
    else {
      const counted = numberBehind(found.field, running);
      const subject = `${source.name}.${counted.name}`;
      list.push([`${subject}:metrics.type=${type ?? "TYPE"}`]);
      if (named) list.push(joined([`${subject}:metrics.name=`, ...called]));
      else
        notes.push({
          messageId: "metric-named-after-field",
          args: { field: counted.name, since: NAMES_SINCE },
        });
      if (type === "histogram") notes.push({ messageId: "metric-boundaries", args: { subject } });
      // The text that a number became is of no matter to what counts the number.
      if (found.doubt !== null && counted === found.field) notes.push(found.doubt);
    }
  }
  for (const label of labels) {
    const found = fieldOf(label, { ...running, gadget });
    if (found.field === null) {
      notes.push(found.why);
      continue;
    }
    const subject = `${source.name}.${found.field.name}`;
    list.push([`${subject}:metrics.type=key`]);
    const ownName = found.field.name.split(".").at(-1) ?? "";
    if (named) list.push([`${subject}:metrics.name=${label}`]);
    else if (ownName !== label)
      notes.push({ messageId: "metric-label-name", args: { label, name: ownName, since: NAMES_SINCE } });
    if (found.doubt !== null) notes.push(found.doubt);
  }
  return { list, notes };
}
