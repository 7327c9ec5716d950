import { display, literal, type Invocation } from "../../commands/command.ts";
import { at, mappingsIn, textAt, type Datum, type Mapping } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import { within } from "../../knowledge/releases.ts";
import type { HelmValue } from "../../knowledge/deployment.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { moveKeys } from "../../data/move-keys.ts";
import type { Part } from "../../languages/registry.ts";
import { applyEdits, type Edit, type Range } from "../../text/edits.ts";
import { Fragment } from "../../text/fragment.ts";
import type { Note } from "../../translate/translation.ts";
import type { CheckedFile, CheckSettings } from "../check.ts";
import type { Finding } from "../finding.ts";
import { practiceFinding } from "./practice-finding.ts";

/** Values of the Helm chart that the target's chart does not read, or calls otherwise, where it is known that they are for that chart. */
export function helmValues(
  file: CheckedFile,
  { target }: CheckSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  const ignored = knowledge.helmValues.filter((value) => !within(value, target));
  const renamed = renamesAt(target, knowledge);
  const isChart = chartTest(knowledge);
  const data = manifestsIn(file.parts, SIGN);
  const read = (parts: readonly Part[]): readonly Mapping[] =>
    rootsIn(manifestsIn(parts, SIGN), file.path, isChart, knowledge);
  const roots = read(file.parts);
  const set = [
    ...roots.flatMap((root) => leavesOf(root)),
    ...data.flatMap((datum) => [...mappingsIn(datum)].flatMap((mapping) => namedIn(mapping, isChart))),
    ...file.reading().invocations.flatMap((invocation) => valuesOfCommand(invocation, isChart)),
  ];
  const found = new Map<number, Finding>();
  for (const value of set) {
    const { key, place } = value;
    const row = ignored.find((one) => one.key === key);
    const rename = renamed.find(({ from }) => from === key);
    if (found.has(place.start)) continue;
    if (row !== undefined) found.set(place.start, findingOf(row, value, file.text, target));
    else if (rename !== undefined && value.isWord) {
      // A word may set several.
      const keys = set.filter((other) => other.place.start === place.start).map((other) => other.key);
      const own = renamed.filter(({ from }) => keys.includes(from));
      const isInTheWay = own.some(({ to }) => set.some((other) => other.key === to));
      const edits = isInTheWay ? null : wordEdits(own, place, file.text);
      found.set(place.start, renamedFinding(own, value, file, edits, target));
    }
  }
  const moved = roots.flatMap((root) => renamedIn(root, renamed, file, target, read));
  return [...found.values(), ...moved];
}

const SIGN = /gadget|config|values/;

/** A value that is set: its path with dots, and where. */
interface SetValue {
  readonly key: string;
  readonly place: Range;
  /** Whether the whole path stands there. */
  readonly isWord: boolean;
}

/** A value that the target's chart has under another name, and still reads under the old one. */
interface Rename {
  readonly from: string;
  readonly to: string;
  readonly since: string;
}

function renamesAt(target: string, { helmValues }: Knowledge): readonly Rename[] {
  return helmValues.flatMap(({ key, before, since, ...span }) =>
    before !== undefined && within({ since, ...span }, target) ? [{ from: before, to: key, since }] : [],
  );
}

/** The paths in a word or a name, as others; null where one does not stand there as it is, once. */
function wordEdits(
  renames: readonly Pick<Rename, "from" | "to">[],
  place: Range,
  text: string,
): readonly Edit[] | null {
  const word = text.slice(place.start, place.end);
  const edits = renames.flatMap(({ from, to }) => {
    const pattern = new RegExp(String.raw`(?<![\w.-])${from.replaceAll(".", "\\.")}(?![\w.-])`, "g");
    const [only, more] = [...word.matchAll(pattern)];
    if (only === undefined || more !== undefined) return [];
    const start = place.start + only.index;
    return [{ start, end: start + from.length, text: to }];
  });
  return edits.length === renames.length ? edits : null;
}

/** The renamed values of one mapping, which move together. */
function renamedIn(
  root: Mapping,
  renames: readonly Rename[],
  file: CheckedFile,
  target: string,
  read: (parts: readonly Part[]) => readonly Mapping[],
): readonly Finding[] {
  const set = leavesOf(root);
  const own = renames.filter(({ from }) => set.some(({ key }) => key === from));
  const first = set.find(({ key }) => own.some(({ from }) => from === key));
  if (first === undefined) return [];
  const moves = own.map(({ from, to }) => ({ from: from.split("."), to: to.split(".") }));
  const edits = moveKeys(file.text, root, moves);
  const isRight = edits !== null && saysTheSame(root, own, file, edits, read);
  return [renamedFinding(own, first, file, isRight ? edits : null, target)];
}

/** Whether the changed file has the same values, those that were renamed under their new names. */
function saysTheSame(
  root: Mapping,
  renames: readonly Rename[],
  { text, path, parts }: CheckedFile,
  edits: readonly Edit[],
  read: (parts: readonly Part[]) => readonly Mapping[],
): boolean {
  const [whole] = parts;
  if (whole?.language !== "yaml" || whole.fragment.text.length !== text.length) return false;
  const changed = applyEdits(text, edits);
  const after = read([{ language: "yaml", fragment: Fragment.of(changed), path }]);
  const before = flat(root, (key) => {
    const rename = renames.find(({ from }) => key === from || key.startsWith(`${from}.`) || key.startsWith(`${from}[`));
    return rename === undefined ? key : rename.to + key.slice(rename.from.length);
  });
  return after.some((one) => flat(one, (key) => key) === before);
}

/** All that a mapping says, in one order. */
function flat(root: Datum, rename: (key: string) => string): string {
  const lines: string[] = [];
  const visit = (datum: Datum, key: string): void => {
    if (datum.kind === "scalar") lines.push(`${rename(key)}=${display(datum.value)}`);
    else if (datum.kind === "sequence") {
      if (datum.items.length === 0) lines.push(`${rename(key)}=[]`);
      datum.items.forEach((item, i) => { visit(item, `${key}[${i}]`); });
    } else for (const [name, { value }] of datum.fields) visit(value, key === "" ? name : `${key}.${name}`);
  };
  visit(root, "");
  return lines.sort().join("\n");
}

function renamedFinding(
  renames: readonly Rename[],
  { place }: SetValue,
  { text }: Pick<CheckedFile, "text">,
  edits: readonly Edit[] | null,
  release: string,
): Finding {
  const keys = renames.map(({ from }) => from).join(", ");
  const notes = renames.map(({ from, to, since }) => ({ messageId: "helm-value-now", args: { key: from, to, since } }));
  const message = { messageId: "helm-value-renamed", args: { keys, release } };
  const fix = edits === null ? null : ({ grade: "safe", edits } as const);
  const made = practiceFinding("removed-option", message, place, text, notes, fix);
  return { ...made, severity: "info", after: renames.map(({ to }) => to).join(", ") };
}

type ChartTest = (name: string | null) => boolean;

function chartTest({ helmChart: { namePattern } }: Knowledge): ChartTest {
  const pattern = new RegExp(namePattern);
  return (name) => name !== null && pattern.test(name);
}

function findingOf(row: HelmValue, value: SetValue, text: string, release: string): Finding {
  const { key, since, until, before, note } = row;
  const range = value.place;
  const edits = before === undefined || !value.isWord ? null : wordEdits([{ from: key, to: before }], range, text);
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
    after: edits === null ? null : (before ?? null),
    notes,
    fix: edits === null ? null : { grade: "safe", edits },
  };
}

/** The mappings that hold values of the chart. */
function rootsIn(
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
function namedIn(mapping: Mapping, isChart: ChartTest): readonly SetValue[] {
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
function leavesOf(values: Datum, prefix = "", depth = 0): readonly SetValue[] {
  if (values.kind !== "mapping" || depth > 6) return [];
  return [...values.fields].flatMap(([name, { key: place, value }]) => {
    const key = prefix + name;
    return [{ key, place, isWord: false }, ...leavesOf(value, `${key}.`, depth + 1)];
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
    return given.split(/(?<!\\),/).map((item) => ({ key: item.replace(/[[=].*$/s, ""), place, isWord: true }));
  });
}
