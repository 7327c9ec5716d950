import { display } from "../../commands/command.ts";
import { mappingsIn, type Datum, type Mapping } from "../../data/datum.ts";
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
import {
  chartTest,
  leavesOf,
  namedIn,
  rootsIn,
  type SetValue,
  valuesOfCommand,
} from "./helm-set-values.ts";
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
    const row = ignored.find((one) => one.key === key || (value.isWord && key.startsWith(`${one.key}.`)));
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
