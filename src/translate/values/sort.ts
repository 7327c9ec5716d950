import { display, literal, type Value } from "../../commands/command.ts";
import { within } from "../../knowledge/releases.ts";
import type { Note } from "../translation.ts";
import type { ChangedValue, ValueContext } from "../values.ts";
import { fieldOf, numberBehind } from "./columns.ts";

/** @param value of `--sort`: columns by weight, each with `-` when the largest come first; empty: in no order */
export function sortValue(name: string, value: Value | null, context: ValueContext): ChangedValue {
  const text = literal(value ?? []);
  if (text === null) {
    const args = { flag: `--${name}`, value: display(value ?? []) };
    return { flags: [{ name, value }], doubts: [], manual: { messageId: "value-is-dynamic", args } };
  }
  if (text === "") return { flags: [{ name, value }], doubts: [] };
  const keys: string[] = [];
  const doubts: Note[] = [];
  for (const item of text.split(",")) {
    const sign = item.startsWith("-") ? "-" : "";
    const found = fieldOf(item.slice(sign.length), context);
    if (found.field === null) {
      const keyword = keywordOf(text, context);
      if (keyword !== null) return { flags: [{ name, value: [keyword] }], doubts: [] };
      return { flags: [{ name, value }], doubts, manual: found.why };
    }
    if (found.doubt !== null && found.mapping.textOnly !== true) doubts.push(found.doubt);
    keys.push(sign + numberBehind(found.field, context).name);
  }
  return { flags: [{ name, value: [keys.join(",")] }], doubts };
}

/** What a keyword of older releases (`--sort all`) is now, where the gadget's older flag of the name lists it. */
function keywordOf(text: string, { gadget, flag, release }: ValueContext): string | null {
  const older = gadget.flags.filter(({ name, allowed }) => name === flag.name && allowed?.includes(text));
  const mappings = older.flatMap(({ to }) => to).filter((row) => within(row, release));
  return mappings[0]?.values?.[text] ?? null;
}
