import { display, literal, type Value } from "../../commands/command.ts";
import type { Field } from "../../knowledge/image.ts";
import type { FieldMapping } from "../../knowledge/mapping.ts";
import { joined } from "../image-ref.ts";
import type { Note } from "../translation.ts";
import type { ChangedValue, ValueContext } from "../values.ts";
import { fieldOf, numberBehind } from "./columns.ts";
import { toNanoseconds } from "./duration.ts";
import { bothHold, EXPRESSION, hasExpressions, quotedText } from "./expression.ts";
import { quoted } from "./regular-expression.ts";

/** One rule of the built-in grammar, `COLUMN[:[!][OP]VALUE]`, its value perhaps known only at run time. */
interface Rule {
  readonly column: string;
  readonly negated: boolean;
  readonly operator: "" | (typeof COMPARISONS)[number];
  readonly value: Value;
}

const COMPARISONS = [">=", ">", "<=", "<", "~"] as const;

/** The comparison that holds for the negative of a number. */
const MIRRORED = { "": "", ">=": "<=", ">": "<", "<=": ">=", "<": ">", "~": "~" } as const;

/** How the new grammar writes an operator, and its negation. */
const OPERATORS = {
  "": ["==", "!="],
  ">=": [">=", "<"],
  ">": [">", "<="],
  "<=": ["<=", ">"],
  "<": ["<", ">="],
  "~": ["~", "!~"],
} as const;

/**
 * Rules of the built-in filter (pkg/columns/filter, v0.41.0) in the grammar of the filter operator (pkg/operators/filter,
 * v0.42.0 and v0.55.1), which has no negated comparisons, no empty values, no regular expressions on numbers, and escapes
 * for commas. What it cannot say becomes an expression where the image takes those.
 * @param value of one `-F`, in CSV
 */
export function filterValue(name: string, value: Value | null, context: ValueContext): ChangedValue {
  const written = value ?? [];
  const rules = splitCsv(written).map(readRule);
  const parts: Value[] = [];
  const expressions: Value[] = [];
  const doubts: Note[] = [];
  const stuck = (manual: Note): ChangedValue => ({ flags: [{ name, value }], doubts: [], manual });
  for (const rule of rules) {
    if (rule === null) return stuck(filterNote("filter-is-dynamic", written));
    const found = fieldOf(rule.column, context);
    if (found.field === null) return stuck(found.why);
    const converted = convert(rule, found.mapping);
    if (converted === null && found.doubt !== null) doubts.push(found.doubt);
    const isNumber = comparesNumbers(rule) || (converted !== null && found.mapping.value === "duration");
    const compared = isNumber ? numberBehind(found.field, context) : found.field;
    if (compared !== found.field && converted === null) {
      const args = { column: rule.column, field: compared.name };
      doubts.push({ messageId: "filter-compares-number", args });
    }
    const text = writeRule(converted ?? rule, compared);
    const expression = text === null ? writeExpression(rule, found, context) : null;
    if (text === null && expression === null) return stuck(filterNote("filter-has-no-equal", written));
    if (literal(rule.value) === null) doubts.push(filterNote("filter-value-is-dynamic", written));
    if (text !== null) parts.push(text);
    else if (expression !== null) expressions.push(expression);
  }
  const [first, ...more] = expressions;
  return {
    flags: [
      ...(parts.length === 0
        ? []
        : [{ name, value: joined(parts.flatMap((part, i) => (i === 0 ? part : [",", ...part]))) }]),
      ...(first === undefined ? [] : [{ name: EXPRESSION, value: more.reduce(bothHold, first) }]),
    ],
    doubts,
  };
}

function filterNote(messageId: string, value: Value): Note {
  return { messageId, args: { filter: display(value) } };
}

/** The fields of one CSV record; quotes hold commas, doubled quotes are quotes. */
function splitCsv(value: Value): readonly Value[] {
  const fields: Value[number][][] = [[]];
  let quoted = false;
  for (const part of value) {
    if (typeof part !== "string") {
      fields.at(-1)?.push(part);
      continue;
    }
    for (let i = 0; i < part.length; i++) {
      const unit = part.charAt(i);
      const field = fields.at(-1) ?? [];
      if (quoted && unit === '"' && part[i + 1] === '"') field.push(part.charAt(++i));
      else if (unit === '"' && (quoted || field.length === 0)) quoted = !quoted;
      else if (unit === "," && !quoted) fields.push([]);
      else field.push(unit);
    }
  }
  return fields.map(joined);
}

/** Null when the column or the operator is known only at run time. */
function readRule(field: Value): Rule | null {
  const [head = "", ...tail] = field;
  if (typeof head !== "string") return null;
  const colon = head.indexOf(":");
  if (colon < 0) return tail.length > 0 ? null : { column: head, negated: false, operator: "", value: [] };
  const condition = head.slice(colon + 1);
  const negated = condition.startsWith("!");
  const comparison = negated ? condition.slice(1) : condition;
  const operator = COMPARISONS.find((symbol) => comparison.startsWith(symbol)) ?? "";
  const value = joined([comparison.slice(operator.length), ...tail]);
  return { column: head.slice(0, colon), negated, operator, value };
}

/**
 * The rule with the text that its value has today; null where it is not known, or the comparison goes by more than one
 * text.
 */
function convert(rule: Rule, { value: change, values, prefix }: FieldMapping): Rule | null {
  const text = literal(rule.value);
  if (text === null || (change === undefined && values === undefined && prefix === undefined)) return null;
  if (change === "negate" && /^-?\d+$/.test(text) && rule.operator !== "~") {
    const negative = text.startsWith("-") ? text.slice(1) : text === "0" ? text : `-${text}`;
    return { ...rule, operator: MIRRORED[rule.operator], value: [negative] };
  }
  if (change === "duration") {
    const nanoseconds = rule.operator === "~" ? null : toNanoseconds(text);
    return nanoseconds === null ? null : { ...rule, value: [nanoseconds] };
  }
  if (rule.operator !== "") return null;
  if (change === "syscall") return { ...rule, value: [`SYS_${text.toUpperCase()}`] };
  if (prefix !== undefined && text !== "") return { ...rule, value: [prefix + text] };
  return { ...rule, value: joined([values?.[text] ?? text]) };
}

function comparesNumbers({ operator, value }: Rule): boolean {
  return operator !== "~" && /^-?\d+$/.test(literal(value) ?? "");
}

/** Null: the new grammar cannot say it. */
function writeRule({ negated, operator, value }: Rule, { name, type }: Field): Value | null {
  const sides = negated ? 1 : 0;
  if (operator === "~" && type !== "string") return null;
  if (canStandBehindOperator(value))
    return joined([name, OPERATORS[operator][sides], ...value.map(escapePart)]);
  // What an operator cannot stand before, a regular expression can say of a text.
  const text = literal(value);
  if (text === null || type !== "string" || (operator !== "" && operator !== "~")) return null;
  const pattern = operator === "~" ? `(?:${text})` : `^${quoted(text)}$`;
  return [name + OPERATORS["~"][sides] + escapeRule(pattern)];
}

/** Null: the language of expressions cannot say it either, or the image takes none. */
function writeExpression(
  { negated, operator, value }: Rule,
  { field: { name, type }, mapping }: { readonly field: Field; readonly mapping: FieldMapping },
  context: ValueContext,
): Value | null {
  const text = literal(value);
  const isChanged = (mapping.value ?? mapping.values ?? mapping.prefix) !== undefined;
  if (text === null || isChanged || mapping.state === "differs" || !hasExpressions(context)) return null;
  const quotes = quotedText(text);
  // Built-in gadgets compared what the table showed, and numbers and flags as they stand in JSON.
  if (operator === "~" && /^(?:u?int\d+|bool)$/.test(type))
    return [`string(${name}) ${negated ? "not matches" : "matches"} ${quotes}`];
  if (operator === "" || operator === "~" || type !== "string") return null;
  return [`${name} ${OPERATORS[operator][negated ? 1 : 0]} ${quotes}`];
}

/** The new grammar takes all of `!~<>=` for the operator, and needs a value. */
function canStandBehindOperator([first]: Value): boolean {
  return first !== undefined && !(typeof first === "string" && /^[!~<>=]/.test(first));
}

function escapePart(part: Value[number]): Value[number] {
  return typeof part === "string" ? escapeRule(part) : part;
}

/** Commas end rules; a backslash counts only before a comma or another backslash. */
export function escapeRule(text: string): string {
  return text.replace(/,|\\(?=[\\,]|$)/g, (unit) => `\\${unit}`);
}
