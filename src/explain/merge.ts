import { compareReleases } from "../knowledge/releases.ts";
import type { FieldMapping, FlagMapping } from "../knowledge/mapping.ts";
import type { Explanation } from "./explain.ts";
import { sentencesOf } from "./value-texts.ts";

/** Rows of the tables that say the same, as one. */
export interface MergedRow {
  /** `--timeout, -t`, or a column. */
  readonly name: string;
  /** JSON paths of a column; empty where only the table had it. */
  readonly json: readonly string[];
  readonly now: string | null;
  readonly state: FlagMapping["state"];
  readonly since: string;
  readonly until: string | null;
  /** Of a column: those that had it so, where others had not. */
  readonly programs: readonly string[];
  /** A column or field that all gadgets with containers had. */
  readonly common: boolean;
  readonly sentences: readonly string[];
  readonly source: string;
}

/** @param flags of one command, or of a program */
export function mergedFlags(flags: Explanation["flags"]): readonly MergedRow[] {
  return merged(
    flags.map(({ name, shorthand, to, since, until, programs }) => ({
      ...rest(to),
      name: shorthand === null ? `--${name}` : `--${name}, -${shorthand}`,
      json: [],
      now: to.flag === null ? null : `--${to.flag}`,
      since,
      until,
      programs,
      common: false,
    })),
  );
}

/** Columns with the JSON of the same value, then the JSON that no column has. */
export function mergedFields({ columns, jsonFields }: Explanation): readonly MergedRow[] {
  return merged([
    ...columns.map(({ name, json, to, since, until, programs = [], common }) => ({
      ...rest(to),
      name,
      json: json === null ? [] : [json],
      now: to.field,
      since,
      until,
      programs,
      common,
    })),
    ...jsonFields.map(({ path, to, since, until, common }) => ({
      ...rest(to),
      name: "",
      json: [path],
      now: to.field,
      since,
      until,
      programs: [],
      common,
    })),
  ]);
}

function rest(to: FlagMapping | FieldMapping): Pick<MergedRow, "state" | "sentences" | "source"> {
  return { state: to.state, sentences: sentencesOf(to), source: to.source };
}

function merged(rows: readonly MergedRow[]): readonly MergedRow[] {
  const found = new Map<string, MergedRow>();
  for (const row of rows) {
    const json = row.name === "" ? row.json : [];
    const key = JSON.stringify([row.name, json, row.now, row.state, row.sentences]);
    const same = found.get(key);
    found.set(key, same === undefined ? row : union(same, row));
  }
  return [...found.values()];
}

function union(a: MergedRow, b: MergedRow): MergedRow {
  const isLater = a.until !== null && (b.until === null || compareReleases(b.until, a.until) > 0);
  return {
    ...a,
    json: [...new Set([...a.json, ...b.json])],
    since: compareReleases(a.since, b.since) < 0 ? a.since : b.since,
    until: isLater ? b.until : a.until,
    programs: [...new Set([...a.programs, ...b.programs])],
    source: a.source === b.source ? a.source : `${a.source}; ${b.source}`,
  };
}
