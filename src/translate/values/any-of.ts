import { display, literal, type Value } from "../../commands/command.ts";
import { joined } from "../image-ref.ts";
import type { Note } from "../translation.ts";
import type { ChangedValue, ValueContext } from "../values.ts";
import { EXPRESSION, hasExpressions } from "./expression.ts";
import { escapeRule } from "./filter.ts";
import { quoted } from "./regular-expression.ts";

/**
 * A list of ports of which one must be that of the event, as a filter: `80` is `FIELD==80`, ports in a row are two
 * comparisons, others need the expressions of v0.43.0 and later. With several fields, any of them may hold the port.
 * @param value ports from 1 to 65535, separated by commas
 */
export function portsValue(name: string, value: Value | null, context: ValueContext): ChangedValue {
  const { fields = [], among } = context.mapping;
  const [field = "", otherField] = fields;
  const text = literal(value ?? []);
  const isOnlyField = otherField === undefined && among === undefined;
  if (text === null)
    return isOnlyField ? oneValue(name, [field, "==", ...(value ?? [])], value, context) : lost(context);
  if (text === "") return NOTHING;
  const ports = text.split(",");
  if (!ports.every(isPort)) return neverValid(name, value, context);
  const numbers = [...new Set(ports.map(Number))].sort((a, b) => a - b);
  if (among !== undefined) {
    if (!numbers.every((port) => among.includes(String(port)))) return lost(context);
    if (numbers.length === among.length) return NOTHING;
  }
  if (otherField === undefined) {
    const rules = inARow(field, numbers);
    if (rules !== null) return { flags: [{ name, value: [rules] }], doubts: [] };
  }
  if (!hasExpressions(context)) return lost(context);
  const [first, second] = numbers;
  const condition = second === undefined ? `== ${String(first)}` : `in [${numbers.join(", ")}]`;
  const expression = fields.map((one) => `${one} ${condition}`).join(" || ");
  return { flags: [{ name: EXPRESSION, value: [expression] }], doubts: [] };
}

/**
 * A list of texts with one of which the field must begin, as a regular expression.
 * @param value texts separated by commas
 */
export function prefixesValue(name: string, value: Value | null, context: ValueContext): ChangedValue {
  const [field = ""] = context.mapping.fields ?? [];
  const text = literal(value ?? []);
  if (text === null) return oneValue(name, [field, "~^", ...(value ?? [])], value, context);
  if (text === "") return NOTHING;
  const prefixes = [...new Set(text.split(","))];
  // Every path begins with the empty text.
  if (prefixes.includes("")) return NOTHING;
  const [only = "", more] = prefixes;
  const pattern = more === undefined ? quoted(only) : `(${prefixes.map(quoted).join("|")})`;
  return { flags: [{ name, value: [escapeRule(`${field}~^${pattern}`)] }], doubts: [] };
}

const NOTHING: ChangedValue = { flags: [], doubts: [] };

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 0xffff;
}

/** Null where the numbers do not follow each other. */
function inARow(field: string, numbers: readonly number[]): string | null {
  const [first = 0, last = numbers[0] ?? 0] = [numbers[0], numbers.at(-1)];
  if (first === last) return `${field}==${String(first)}`;
  return last - first === numbers.length - 1 ? `${field}>=${String(first)},${field}<=${String(last)}` : null;
}

/** The value is known only at run time: the filter is right where it is one value. */
function oneValue(name: string, rule: Value, value: Value | null, { flag }: ValueContext): ChangedValue {
  const args = { flag: `--${flag.name}`, value: display(value ?? []) };
  return { flags: [{ name, value: joined(rule) }], doubts: [{ messageId: "list-is-dynamic", args }] };
}

/** What the flag picked cannot be said at this release. */
function lost({ flag, mapping }: ValueContext): ChangedValue {
  const note: Note = {
    messageId: "flag-dropped",
    args: { flag: `--${flag.name}`, to: "", note: mapping.note ?? "" },
  };
  return { flags: [], doubts: [note] };
}

function neverValid(name: string, value: Value | null, { flag }: ValueContext): ChangedValue {
  const args = { flag: `--${flag.name}`, value: display(value ?? []) };
  return { flags: [{ name, value }], doubts: [], manual: { messageId: "value-never-valid", args } };
}
