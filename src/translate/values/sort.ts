import { display, literal, type Value } from "../../commands/command.ts";
import type { Field } from "../../knowledge/types.ts";
import type { Note } from "../translation.ts";
import type { ChangedValue, ValueContext } from "../values.ts";
import { fieldOf, findField } from "./columns.ts";

/** @param value of `--sort`: columns by weight, each with `-` when the largest come first */
export function sortValue(name: string, value: Value | null, context: ValueContext): ChangedValue {
  const text = literal(value ?? []);
  if (text === null) {
    const args = { flag: `--${name}`, value: display(value ?? []) };
    return { flags: [{ name, value }], doubts: [], manual: { messageId: "value-is-dynamic", args } };
  }
  const keys: string[] = [];
  const doubts: Note[] = [];
  for (const item of text.split(",")) {
    const sign = item.startsWith("-") ? "-" : "";
    const { field, note } = fieldOf(item.slice(sign.length), context);
    if (field === null) return { flags: [], doubts: [], ...(note === null ? {} : { manual: note }) };
    if (note !== null) doubts.push(note);
    keys.push(sign + numberBehind(field, context).name);
  }
  return { flags: [{ name, value: [keys.join(",")] }], doubts };
}

/** Built-in gadgets sorted by the number behind a humanised text (`1.2 kB`); images keep it in a field of its own. */
function numberBehind(field: Field, context: ValueContext): Field {
  if (field.type !== "string" || field.values !== undefined) return field;
  return findField(`${field.name}_raw`, context) ?? field;
}
