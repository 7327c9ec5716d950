import type { Dynamic, Value } from "../commands/command.ts";
import { fieldsOf, findColumn, successorAt } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { FlagSyntax } from "../knowledge/flag.ts";
import type { DataSource, Field } from "../knowledge/image.ts";
import type { FieldMapping } from "../knowledge/mapping.ts";
import { joined } from "./image-ref.ts";
import type { Changed, RunChange } from "./run-change.ts";
import { fromHoles, HOLE, withHoles } from "./holes.ts";
import type { Note } from "./translation.ts";

/**
 * The value of a flag that names fields, with the names that the target has for them. Names that nobody knows stay; the
 * validation tells about them.
 */
export function changeFields(
  value: Value,
  syntax: FlagSyntax | undefined,
  change: RunChange,
): Changed<Value> {
  const rename = RENAMERS[syntax ?? "none"];
  if (rename === undefined) return { value, doubts: [], manual: [] };
  const names = new FieldNames(change);
  const text = withHoles(value);
  const renamed = rename(text, names);
  const { doubts, manual } = names;
  if (renamed === text) return { value, doubts, manual };
  const dynamics = value.filter((part): part is Dynamic => typeof part !== "string");
  return { value: joined(fromHoles(renamed, dynamics)), doubts, manual };
}

type Rename = (text: string, names: FieldNames) => string;

const RENAMERS: Readonly<Partial<Record<FlagSyntax | "none", Rename>>> = {
  /** `[DS:][+-]FIELD,...;...` */
  fields: (text, names) => perSource(text, names, /^(\s*[+-]?)(.*?)(\s*)$/s, "column"),
  /** `[DS:][-]FIELD,...;...` */
  sort: (text, names) => perSource(text, names, /^(-?)(.*)()$/s, "field"),
  /** `FIELD OP VALUE,...`, up to v0.42.0 also `DS:FIELD OP VALUE`; `\,` is no comma. */
  filter: (text, names) =>
    text.replace(/(?:\\.|[^\\,])+/gs, (rule) => {
      const [, source, field = "", rest = ""] = /^(?:([^:!~<>=]*):)?([^!~<>=]*)(.*)$/s.exec(rule) ?? [];
      const prefix = source === undefined ? "" : `${names.source(source)}:`;
      return `${prefix}${names.field(source ?? null, field, "field")}${rest}`;
    }),
  /** Names that stand outside quotes, and are not called. */
  expression: (text, names) =>
    text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z_][\w.]*(?!\s*\()/gs, (token) =>
      /^["']/.test(token) ? token : names.field(null, token, "field"),
    ),
};

function perSource(text: string, names: FieldNames, item: RegExp, kind: "column" | "field"): string {
  const parts = text.split(";").map((part) => {
    const colon = part.indexOf(":");
    const source = colon < 0 ? null : part.slice(0, colon);
    const items = part.slice(colon + 1).split(",");
    const renamed = items.map((one) => {
      const [, before = "", name = "", behind = ""] = item.exec(one) ?? [];
      return `${before}${names.field(source, name, kind)}${behind}`;
    });
    return `${source === null ? "" : `${names.source(source)}:`}${renamed.join(",")}`;
  });
  return parts.join(";");
}

/** Looks up what fields are called at the target, and collects what there is to say about it. */
class FieldNames {
  readonly doubts: Note[] = [];
  readonly manual: Note[] = [];

  constructor(private readonly change: RunChange) {}

  /** Arrays that were collected from several nodes have `combined-` before their name. */
  source(name: string): string {
    const [, prefix = "", plain = name] = /^(combined-)?(.*)$/s.exec(name) ?? [];
    return prefix + (this.change.dataSources[plain] ?? plain);
  }

  field(source: string | null, name: string, kind: "column" | "field"): string {
    if (name === "" || name.includes(HOLE)) return name;
    const plain = source?.replace(/^combined-/, "") ?? null;
    const sources = this.change.from.image.dataSources.filter((one) => plain === null || one.name === plain);
    for (const one of sources) {
      const field = find(name, kind, this.#before(one));
      if (field !== null) return this.#after(name, kind, field, one);
    }
    return name;
  }

  /** Where the release is not known, what the target has counts first. */
  #before(source: DataSource): readonly Field[] {
    const { from, to } = this.change;
    if (from.release !== null) return fieldsOf({ ...from, release: from.release }, source);
    return [...fieldsOf({ ...from, release: to.release }, source), ...source.fields];
  }

  #after(name: string, kind: "column" | "field", field: Field, source: DataSource): string {
    const fields = targetFields(source, this.change);
    if (isSame(find(name, kind, fields), field, this.change)) return name;
    const mapping = successorAt(field, this.change.to.release);
    if (mapping === undefined) return fields.find((one) => cameFrom(one, field, this.change))?.name ?? name;
    const { field: next, state, note = "" } = mapping;
    if (next === null) this.manual.push({ messageId: "field-gone", args: { field: field.name, note } });
    else if (state === "differs") {
      this.doubts.push({ messageId: "field-differs", args: { field: field.name, to: next, note } });
    }
    return next ?? name;
  }
}

/** What became of a field of the release that a command was written for; the name null: it is gone. */
export function fieldAt(
  field: Field,
  source: DataSource,
  change: RunChange,
): { readonly name: string | null; readonly mapping: FieldMapping } {
  const fields = targetFields(source, change);
  if (isSame(find(field.name, "field", fields), field, change)) return { name: field.name, mapping: STAYS };
  const mapping = successorAt(field, change.to.release);
  if (mapping !== undefined) return { name: mapping.field, mapping };
  const name = fields.find((one) => cameFrom(one, field, change))?.name ?? null;
  return { name, mapping: STAYS };
}

const STAYS: FieldMapping = { field: null, state: "same", source: "" };

function targetFields(source: DataSource, { to, dataSources }: RunChange): readonly Field[] {
  const wanted = dataSources[source.name] ?? source.name;
  const target = to.image.dataSources.find((one) => one.name === wanted);
  return target === undefined ? [] : fieldsOf(to, target);
}

function find(name: string, kind: "column" | "field", fields: readonly Field[]): Field | null {
  if (kind === "column") return findColumn(fields, name);
  return fields.find((field) => field.name === name) ?? null;
}

/** Whether a field of the target is the one that was meant. Where the image has another name, so it is when it is called the same. */
function isSame(found: Field | null, meant: Field, { from, to }: RunChange): boolean {
  if (found?.name !== meant.name) return false;
  return from.image !== to.image || (found.since === meant.since && found.type === meant.type);
}

/** For an older target: whether its field became the one that was meant, so that the two are equal. */
function cameFrom(older: Field, meant: Field, { from }: RunChange): boolean {
  const { release } = from;
  if (release === null) return false;
  return (older.to ?? []).some(
    ({ field, state, ...span }) =>
      field === meant.name && (state === "same" || state === "equal") && within(span, release),
  );
}
