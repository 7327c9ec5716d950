import { display, literal, type Invocation } from "../../commands/command.ts";
import { at, mappingsIn, textAt, type Datum, type Mapping } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import { within } from "../../knowledge/releases.ts";
import type { HelmValue, Knowledge } from "../../knowledge/types.ts";
import type { Range } from "../../text/edits.ts";
import type { Note } from "../../translate/translation.ts";
import type { CheckedFile, CheckSettings } from "../check.ts";
import type { Finding } from "../finding.ts";

/** Values of the Helm chart that the target's chart does not read, where it is known that they are for that chart. */
export function helmValues(
  file: CheckedFile,
  { target }: CheckSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  const ignored = knowledge.helmValues.filter((value) => !within(value, target));
  if (ignored.length === 0) return [];
  const isChart = chartTest(knowledge);
  const data = manifestsIn(file.parts, SIGN);
  const set = [
    ...data.flatMap((datum) => valuesIn(datum, file.path, isChart, knowledge)),
    ...file.reading().invocations.flatMap((invocation) => valuesOfCommand(invocation, isChart)),
  ];
  const found = new Map<number, Finding>();
  for (const { key, place } of set) {
    const row = ignored.find((value) => value.key === key);
    if (row !== undefined && !found.has(place.start))
      found.set(place.start, findingOf(row, place, file.text, target));
  }
  return [...found.values()];
}

const SIGN = /gadget/;

/** A value that is set: its path with dots, and where. */
interface SetValue {
  readonly key: string;
  readonly place: Range;
}

type ChartTest = (name: string | null) => boolean;

function chartTest({ helmChart: { namePattern } }: Knowledge): ChartTest {
  const pattern = new RegExp(namePattern);
  return (name) => name !== null && pattern.test(name);
}

function findingOf(row: HelmValue, range: Range, text: string, release: string): Finding {
  const { key, since, until, before, note } = row;
  const isGone = until !== null && !within({ until }, release);
  const notes: readonly Note[] = [
    ...(isGone && note !== undefined ? [{ messageId: "gadget-differs", args: { note } }] : []),
    ...(!isGone && before !== undefined ? [{ messageId: "helm-value-before", args: { before, since } }] : []),
  ];
  return {
    ruleId: "removed-option",
    message: { messageId: "helm-value-ignored", args: { key, release, since, until: until ?? "" } },
    // The chart says nothing of it.
    severity: "warning",
    range,
    gadget: null,
    image: null,
    before: text.slice(range.start, range.end),
    after: null,
    notes,
    fix: null,
  };
}

function valuesIn(
  datum: Datum,
  path: string,
  isChart: ChartTest,
  knowledge: Knowledge,
): readonly SetValue[] {
  const inManifests = [...mappingsIn(datum)].flatMap((mapping) => [
    ...ofHelmRelease(mapping, isChart),
    ...ofArgoSource(mapping, isChart),
    ...ofHelmfile(mapping, isChart),
  ]);
  if (!/(?:^|\/)[\w.-]*values[\w.-]*\.ya?ml$/i.test(path)) return inManifests;
  const ofSubchart = at(datum, knowledge.helmChart.name);
  const own = [datum, ...(ofSubchart === null ? [] : [ofSubchart])].filter((values) =>
    isOfChart(values, knowledge),
  );
  return [...inManifests, ...own.flatMap((values) => leavesOf(values))];
}

/** A file of values names no chart: the agent's image, or keys that no other chart has, tell. */
function isOfChart(values: Datum, { helmValues }: Knowledge): boolean {
  if (textAt(values, "image", "repository")?.endsWith("/inspektor-gadget") === true) return true;
  const own = helmValues.filter(({ key }) => /gadget|BpfStats|operator\./i.test(key));
  return own.some(({ key }) => at(values, ...key.split(".")) !== null);
}

/** `spec.values` of Flux. */
function ofHelmRelease(mapping: Mapping, isChart: ChartTest): readonly SetValue[] {
  if (textAt(mapping, "kind") !== "HelmRelease" || !isChart(textAt(mapping, "spec", "chart", "spec", "chart")))
    return [];
  const values = at(mapping, "spec", "values");
  return values === null ? [] : leavesOf(values);
}

/** `helm` of a source of Argo CD. */
function ofArgoSource(mapping: Mapping, isChart: ChartTest): readonly SetValue[] {
  const helm = at(mapping, "helm");
  if (helm === null || !isChart(textAt(mapping, "chart"))) return [];
  const values = at(helm, "valuesObject");
  return [...(values === null ? [] : leavesOf(values)), ...namedValues(at(helm, "parameters"))];
}

/** A release of helmfile. */
function ofHelmfile(mapping: Mapping, isChart: ChartTest): readonly SetValue[] {
  if (at(mapping, "helm") !== null || !isChart(textAt(mapping, "chart"))) return [];
  const values = at(mapping, "values");
  const given = values?.kind === "sequence" ? values.items : [];
  return [...given.flatMap((item) => leavesOf(item)), ...namedValues(at(mapping, "set"))];
}

/** `- name: config.hookMode`. */
function namedValues(list: Datum | null): readonly SetValue[] {
  if (list?.kind !== "sequence") return [];
  return list.items.flatMap((item) => {
    const key = textAt(item, "name");
    const place = at(item, "name")?.place;
    return key === null || place === undefined ? [] : [{ key, place }];
  });
}

/** Every key of a mapping and of those in it, at the place of its last part. */
function leavesOf(values: Datum, prefix = "", depth = 0): readonly SetValue[] {
  if (values.kind !== "mapping" || depth > 6) return [];
  return [...values.fields].flatMap(([name, { key: place, value }]) => {
    const key = prefix + name;
    return [{ key, place }, ...leavesOf(value, `${key}.`, depth + 1)];
  });
}

/** `helm upgrade --install gadget gadget/gadget --set config.gadgetNamespace=gadget`. */
function valuesOfCommand({ words }: Invocation, isChart: ChartTest): readonly SetValue[] {
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
    return given.split(/(?<!\\),/).map((item) => ({ key: item.replace(/[[=].*$/s, ""), place }));
  });
}
