import { display, literal, type Value } from "../../commands/command.ts";
import type { Note } from "../translation.ts";
import type { ChangedValue, ValueContext } from "../values.ts";
import { fieldOf, numberBehind } from "./columns.ts";

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
    const found = fieldOf(item.slice(sign.length), context);
    if (found.field === null) return { flags: [{ name, value }], doubts, manual: found.why };
    if (found.doubt !== null) doubts.push(found.doubt);
    keys.push(sign + numberBehind(found.field, context).name);
  }
  return { flags: [{ name, value: [keys.join(",")] }], doubts };
}
