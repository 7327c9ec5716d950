import { display, literal, type Invocation } from "../../commands/command.ts";
import { at, mappingsIn, textAt, type Datum, type Mapping } from "../../data/datum.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Range } from "../../text/edits.ts";

/** A value that is set: its path with dots, and where. */
export interface SetValue {
  readonly key: string;
  readonly place: Range;
  /** Whether the whole path stands there. */
  readonly isWord: boolean;
}

/** Whether a name is that of the chart. */
export type ChartTest = (name: string | null) => boolean;

export function chartTest({ helmChart: { namePattern } }: Knowledge): ChartTest {
  const pattern = new RegExp(namePattern);
  return (name) => name !== null && pattern.test(name);
}

/** The mappings that hold values of the chart. */
export function rootsIn(
  data: readonly Datum[],
  path: string,
  isChart: ChartTest,
  knowledge: Knowledge,
): readonly Mapping[] {
  const texts = data.flatMap((datum) =>
    [...mappingsIn(datum)].flatMap((mapping) =>
      isChart(textAt(mapping, "chart")) ? (at(mapping, "helm", "values")?.place ?? []) : [],
    ),
  );
  const inTexts = data.filter((datum): datum is Mapping => {
    const { start, end } = datum.place;
    return datum.kind === "mapping" && texts.some((text) => text.start <= start && end <= text.end);
  });
  return [...data.flatMap((datum) => valuesIn(datum, path, isChart, knowledge)), ...inTexts];
}

function valuesIn(
  datum: Datum,
  path: string,
  isChart: ChartTest,
  knowledge: Knowledge,
): readonly Mapping[] {
  const inManifests = [...mappingsIn(datum)].flatMap((mapping) => [
    ...ofHelmRelease(mapping, isChart),
    ...ofArgoSource(mapping, isChart),
    ...ofHelmfile(mapping, isChart),
  ]);
  if (!/(?:^|\/)[\w.-]*values[\w.-]*\.ya?ml$/i.test(path))
    return inManifests.filter((values) => values.kind === "mapping");
  const ofSubchart = at(datum, knowledge.helmChart.name);
  const own = [datum, ...(ofSubchart === null ? [] : [ofSubchart])].filter((values) =>
    isOfChart(values, knowledge),
  );
  return [...inManifests, ...own].filter((values) => values.kind === "mapping");
}

/** A file of values names no chart: the agent's image, or keys that no other chart has, tell. */
function isOfChart(values: Datum, { helmValues }: Knowledge): boolean {
  if (textAt(values, "image", "repository")?.endsWith("/inspektor-gadget") === true) return true;
  const keys = helmValues.flatMap(({ key, before }) => (before === undefined ? [key] : [key, before]));
  const own = keys.filter((key) => /^config\..*(?:gadget|BpfStats|operator\.|hookMode|PodInformer|otelMetrics)/i.test(key));
  return own.some((key) => at(values, ...key.split(".")) !== null);
}

/** `spec.values` of Flux. */
function ofHelmRelease(mapping: Mapping, isChart: ChartTest): readonly Datum[] {
  if (textAt(mapping, "kind") !== "HelmRelease" || !isChart(textAt(mapping, "spec", "chart", "spec", "chart")))
    return [];
  const values = at(mapping, "spec", "values");
  return values === null ? [] : [values];
}

/** `helm` of a source of Argo CD, with values as an object or as text. */
function ofArgoSource(mapping: Mapping, isChart: ChartTest): readonly Datum[] {
  const helm = at(mapping, "helm");
  if (helm === null || !isChart(textAt(mapping, "chart"))) return [];
  const values = at(helm, "valuesObject");
  return values === null ? [] : [values];
}

/** A release of helmfile. */
function ofHelmfile(mapping: Mapping, isChart: ChartTest): readonly Datum[] {
  if (at(mapping, "helm") !== null || !isChart(textAt(mapping, "chart"))) return [];
  const values = at(mapping, "values");
  return values?.kind === "sequence" ? values.items : [];
}

/** Values that Argo CD and helmfile are given one by one. */
export function namedIn(mapping: Mapping, isChart: ChartTest): readonly SetValue[] {
  if (!isChart(textAt(mapping, "chart"))) return [];
  return [...namedValues(at(mapping, "helm", "parameters")), ...namedValues(at(mapping, "set"))];
}

/** `- name: config.hookMode`. */
function namedValues(list: Datum | null): readonly SetValue[] {
  if (list?.kind !== "sequence") return [];
  return list.items.flatMap((item) => {
    const key = textAt(item, "name");
    const place = at(item, "name")?.place;
    return key === null || place === undefined ? [] : [{ key, place, isWord: true }];
  });
}

/** Every key of a mapping and of those in it, at the place of its last part. */
export function leavesOf(values: Datum, prefix = "", depth = 0): readonly SetValue[] {
  if (values.kind !== "mapping" || depth > 6) return [];
  return [...values.fields].flatMap(([name, { key: place, value }]) => {
    const key = prefix + name;
    return [{ key, place, isWord: false }, ...leavesOf(value, `${key}.`, depth + 1)];
  });
}

/** `helm upgrade --install gadget gadget/gadget --set config.gadgetNamespace=gadget`. */
export function valuesOfCommand({ words }: Invocation, isChart: ChartTest): readonly SetValue[] {
  const texts = words.map(({ value }) => literal(value));
  const helmAt = texts.findIndex((text) => text !== null && /^(?:\S*\/)?helm$/.test(text));
  if (helmAt < 0 || !texts.some((text, i) => i > helmAt && text !== "gadget" && isChart(text))) return [];
  return words.flatMap((word, i) => {
    const text = display(word.value);
    const isValue = /^--set(?:-string|-file|-json)?$/.test(texts[i - 1] ?? "");
    const inline = /^--set(?:-string|-file|-json)?=(.*)$/s.exec(text)?.[1];
    const given = inline ?? (isValue ? text : null);
    if (given === null) return [];
    const place = word.list.fragment.toSource(word);
    return given.split(/(?<!\\),/).map((item) => ({ key: item.replace(/[[=].*$/s, ""), place, isWord: true }));
  });
}
