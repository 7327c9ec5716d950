import { display, literal, type Value } from "../../commands/command.ts";
import type { ChangedValue, ValueContext } from "../values.ts";

/** @param value one of the texts in the mapping's `values`; null for a bare bool, which is `true` */
export function tableValue(name: string, value: Value | null, context: ValueContext): ChangedValue {
  const text = value === null ? "true" : literal(value);
  const changed = text === null ? undefined : context.mapping.values?.[text];
  if (changed === null) return { flags: [], doubts: [] };
  if (changed !== undefined) return { flags: [{ name, value: [changed] }], doubts: [] };
  const messageId = text === null ? "value-is-dynamic" : "value-has-no-equal";
  const args = { flag: `--${context.flag.name}`, value: display(value ?? []) };
  // A text that has no equal is no value of the new flag either.
  const flags = text === null ? [{ name, value }] : [];
  return { flags, doubts: [], manual: { messageId, args } };
}
