import { display, literal, type Value } from "../../commands/command.ts";
import { defaultColumns, modesOf, printedSources } from "../../knowledge/lookup.ts";
import { knownTexts } from "../known-texts.ts";
import type { Note } from "../translation.ts";
import type { ChangedValue, ValueContext } from "../values.ts";
import { expandColumn, fieldOf, type FoundField } from "./columns.ts";

/** The flag that selects fields, which `-o columns=` did. */
const FIELDS = "fields";

/** `columns=a,b`, before v0.28.0 also `custom-columns=a,b`. */
const COLUMNS = /^(?:custom-)?columns=/;

/** @param value of `-o`: a mode, or `columns=` with a list of columns */
export function outputValue(name: string, value: Value | null, context: ValueContext): ChangedValue {
  const [head] = value ?? [];
  if (value !== null && typeof head === "string" && COLUMNS.test(head)) return toFields(value, context);
  const modes = new Set(printedSources(context).flatMap(({ source }) => modesOf(context, source)));
  const texts = knownTexts(value ?? []);
  if (texts?.every((text) => modes.has(text)) === true) return { flags: [{ name, value }], doubts: [] };
  const mode = literal(value ?? []);
  if (mode === null) {
    const args = { flag: `--${name}`, value: display(value ?? []) };
    return { flags: [{ name, value }], doubts: [{ messageId: "output-is-dynamic", args }] };
  }
  // The text that a gadget shows by default (`report`) needs no mode on an image that shows its like by default.
  if (mode === context.gadget.defaultOutput) return { flags: [], doubts: [] };
  modes.delete("none");
  const args = { mode, image: context.image.name, modes: [...modes].join(", ") };
  return { flags: [], doubts: [], manual: { messageId: "output-mode-gone", args } };
}

function toFields(value: Value, context: ValueContext): ChangedValue {
  const text = literal(value)?.replace(COLUMNS, "") ?? null;
  if (text === null) {
    const [head = "", ...rest] = value;
    const names = [typeof head === "string" ? head.replace(COLUMNS, "") : head, ...rest];
    const note: Note = { messageId: "columns-are-dynamic", args: { value: display(names) } };
    return { flags: [{ name: FIELDS, value: names }], doubts: [], manual: note };
  }
  const columns = text.split(",").flatMap((item) => readItem(item, context));
  const written = columns.flatMap(({ sign, found }) =>
    sign === "-" || found.field === null ? [] : [found.field.name],
  );
  const shown = new Set([...shownByDefault(context), ...written]);
  const fields = new Set<string>();
  const doubts: Note[] = [];
  for (const { sign, found } of columns) {
    // What is not shown needs no taking away, and what is taken away needs no look.
    if (sign === "-") {
      if (found.field !== null && shown.has(found.field.name)) fields.add(sign + found.field.name);
      continue;
    }
    const doubt = found.field === null ? found.why : found.doubt;
    if (doubt !== null) doubts.push(doubt);
    if (found.field !== null) fields.add(sign + found.field.name);
  }
  const [why] = doubts;
  if (fields.size === 0 && why !== undefined) return { flags: [], doubts: doubts.slice(1), manual: why };
  return { flags: fields.size === 0 ? [] : [{ name: FIELDS, value: [[...fields].join(",")] }], doubts };
}

/** One item of `columns=`: what it does with which columns (`-k8s`: four of them). */
function readItem(item: string, context: ValueContext): readonly ColumnItem[] {
  const sign = /^[+-]/.exec(item)?.[0] ?? "";
  return expandColumn(item.slice(sign.length)).map((column) => ({ sign, found: fieldOf(column, context) }));
}

interface ColumnItem {
  /** `+`, `-` or empty. */
  readonly sign: string;
  readonly found: FoundField;
}

function shownByDefault(context: ValueContext): readonly string[] {
  return printedSources(context).flatMap(({ source }) => defaultColumns(context, source));
}
