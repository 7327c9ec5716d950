import { literal, type Dynamic, type Value } from "../commands/command.ts";
import { fieldsOf, filteredSources } from "../knowledge/lookup.ts";
import type { FlagChangeRow } from "../knowledge/mapping.ts";
import { joined } from "./image-ref.ts";
import { findNewFlag } from "./new-flags.ts";
import type { RunChange } from "./run-change.ts";
import { fromHoles, HOLE, withHoles } from "./holes.ts";
import type { Note } from "./translation.ts";
import { append, changeLiteral, type NewFlagUse } from "./values.ts";

/** What a flag with its value becomes; `manual`: why nothing does the same. */
export interface RunFlagValue {
  readonly flags: readonly NewFlagUse[];
  readonly manual?: Note;
}

/** @param name the new flag's name, @param value null for a bare bool, @param row says what became of the flag */
type RunFlagChange = (
  name: string,
  value: Value | null,
  row: FlagChangeRow,
  change: RunChange | null,
) => RunFlagValue;

/** The functions that `value:` of flags of `run` and `deploy` names in `rules/`. */
export const RUN_FLAG_VALUES: Readonly<Record<string, RunFlagChange>> = {
  same: (name, value) => ({ flags: [{ name, value }] }),
  /** A bool with the opposite meaning, false by default. */
  not: (name, value) => {
    const changed = changeLiteral(
      name,
      value,
      (text) => (/^(?:1|t|true)$/i.test(text) ? "false" : "true"),
      "true",
    );
    const isDefault = literal(changed.flags[0]?.value ?? []) === "false";
    return isDefault ? { flags: [] } : changed;
  },
  /** Whole milliseconds to whole microseconds. */
  microseconds: (name, value) => append(name, value, literal(value ?? []) === "0" ? "" : "000"),
  /** Whole microseconds to whole milliseconds, where they are. */
  milliseconds: (name, value) =>
    changeLiteral(name, value, (text) => (text === "0" ? text : (/^(\d+)000$/.exec(text)?.[1] ?? null))),
  /** `KEY=VALUE` */
  setting: (name, value, { key = "" }) => {
    const text = value ?? ["true"];
    return { flags: [{ name, value: joined([`${key}=`, ...text]) }] };
  },
  "per-data-source": perDataSource,
  "named-data-source": (name, value, _, change) => {
    const [, source = ""] = /^[^.]+\.(.*)$/s.exec(name) ?? [];
    const rules = splitRules(withHoles(value ?? [])).map((rule) => `${source}:${rule}`);
    const only = change !== null && filteredSources(change.to).length === 1;
    const text = only ? withHoles(value ?? []) : rules.join(",");
    return { flags: [{ name: "filter", value: joined(fromHoles(text, dynamicsOf(value))) }] };
  },
};

/** Rules for any data source, with or without its name, as rules of one flag for each data source. */
function perDataSource(
  name: string,
  value: Value | null,
  _: FlagChangeRow,
  change: RunChange | null,
): RunFlagValue {
  if (change === null || value === null) return { flags: [{ name, value }] };
  const { to } = change;
  const bySource = new Map<string, string[]>();
  const dynamics = [...dynamicsOf(value)];
  const values = new Map<string, Dynamic[]>();
  for (const rule of splitRules(withHoles(value))) {
    const [, named, field = "", rest = ""] = /^(?:([^:!~<>=]*):)?([^!~<>=]*)(.*)$/s.exec(rule) ?? [];
    const source = named ?? onlySourceWith(field, change);
    if (source === null || source.includes(HOLE)) return stuck(name, value);
    const used = dynamics.splice(0, rule.split(HOLE).length - 1);
    bySource.set(source, [...(bySource.get(source) ?? []), `${field}${rest}`]);
    values.set(source, [...(values.get(source) ?? []), ...used]);
  }
  const isSingle = findNewFlag(name, to) !== null;
  const flags = [...bySource].map(([source, rules]) => ({
    name: isSingle ? name : `${name}.${source}`,
    value: joined(fromHoles(rules.join(","), values.get(source) ?? [])),
  }));
  const isKnown = [...bySource.keys()].every((source) =>
    filteredSources(to).some((known) => known.name === source),
  );
  return isKnown && flags.length > 0 ? { flags } : stuck(name, value);
}

function stuck(name: string, value: Value): RunFlagValue {
  const manual = {
    messageId: "filter-needs-data-source",
    args: { filter: withHoles(value).replaceAll(HOLE, "…") },
  };
  return { flags: [{ name, value }], manual };
}

function onlySourceWith(field: string, { to }: RunChange): string | null {
  const sources = filteredSources(to);
  const [only, more] =
    sources.length === 1
      ? sources
      : sources.filter((source) => fieldsOf(to, source).some(({ name }) => name === field));
  return only === undefined || more !== undefined ? null : only.name;
}

/** As written: `\,` is no comma. */
function splitRules(text: string): readonly string[] {
  return text.match(/(?:\\.|[^\\,])+/gs) ?? [];
}

function dynamicsOf(value: Value | null): readonly Dynamic[] {
  return (value ?? []).filter((part): part is Dynamic => typeof part !== "string");
}
