import type { Dynamic, Value } from "../commands/command.ts";
import {
  defaultColumns,
  fieldsOf,
  filteredSources,
  findColumn,
  modesOf,
  printedSources,
  type KnownFlag,
  type Running,
} from "../knowledge/lookup.ts";
import type { DataSource, Field } from "../knowledge/image.ts";
import { nearest } from "../text/nearest.ts";

/** What is wrong with a value; `expected` names what it should be. */
export type ValueFault =
  | {
      readonly kind: "bad-value";
      readonly expected: Expected;
      readonly value: string;
      readonly allowed: readonly string[];
    }
  | { readonly kind: "unknown-field"; readonly field: string; readonly nearest: string | null };

export type Expected =
  | "bool"
  | "int"
  | "uint"
  | "float"
  | "duration"
  /** One of `allowed`. */
  | "one-of"
  /** One value for all data sources, or one for each of `allowed`. */
  | "data-source"
  | "filter-rule"
  | "regular-expression"
  /** An operator that fields of this type have (`allowed`). */
  | "operator"
  /** A field that can be compared. */
  | "plain-field"
  | "array-data-source";

/** Stands for what is known only when the program runs. */
export const HOLE = "\uFFFC";

/** The text of a value, with `HOLE` where it is dynamic. */
export function withHoles(value: Value): string {
  return value.map((part) => (typeof part === "string" ? part : HOLE)).join("");
}

/** The value of a text with `HOLE` for each of `dynamics`, in order. */
export function fromHoles(text: string, dynamics: readonly Dynamic[]): Value {
  return text.split(HOLE).flatMap((piece, i) => {
    const dynamic = dynamics[i - 1];
    return [...(i === 0 || dynamic === undefined ? [] : [dynamic]), ...(piece === "" ? [] : [piece])];
  });
}

/** Checks one value of a flag; what is dynamic, and what is read from a file (`@path`), counts as right. */
export function checkValue(flag: KnownFlag, value: Value, running: Running): readonly ValueFault[] {
  const text = withHoles(value);
  if (text.startsWith("@") || text === HOLE) return [];
  switch ("syntax" in flag ? flag.syntax : undefined) {
    case "fields":
      return checkFields(text, running);
    case "output":
      return checkOutput(text, running);
    case "filter":
      return splitRules(text).flatMap((rule) => checkRule(rule, flag.source ?? null, running));
    case "sort":
      return checkSort(text, running);
    case "source-ints":
      return checkPerSource(text, sourceNames(running), (item) =>
        checkInt(item, -(2n ** 31n), 2n ** 31n - 1n),
      );
    case "source-durations":
      return checkPerSource(text, sourceNames(running), checkDuration);
    case "expression":
    case undefined:
      return checkType(flag, text);
  }
}

function checkType(flag: KnownFlag, text: string): readonly ValueFault[] {
  if (text.includes(HOLE)) return [];
  if (flag.values !== undefined) return flag.values.includes(text) ? [] : [bad("one-of", text, flag.values)];
  switch (flag.type) {
    case "bool":
      return /^(true|false)$/i.test(text) ? [] : [bad("bool", text)];
    case "int":
      return checkInt(text, BigInt(flag.min ?? -(2n ** 63n)), BigInt(flag.max ?? 2n ** 63n - 1n));
    case "uint":
      return checkUint(text, BigInt(flag.max ?? 2n ** 64n - 1n));
    case "float":
      return FLOAT.test(text) ? [] : [bad("float", text)];
    case "duration":
      return checkDuration(text);
    case "string":
    case "stringSlice":
    case "stringArray":
    case "bytes":
      return [];
  }
}

/** `time.ParseDuration`. */
const DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
/** `strconv.ParseFloat` without hexadecimal. */
const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

function checkDuration(text: string): readonly ValueFault[] {
  return DURATION.test(text) ? [] : [bad("duration", text)];
}

function checkInt(text: string, min: bigint, max: bigint): readonly ValueFault[] {
  const fits = /^[+-]?\d+$/.test(text) && isBetween(BigInt(text.replace(/^\+/, "")), min, max);
  return fits ? [] : [bad("int", text, [String(min), String(max)])];
}

function checkUint(text: string, max: bigint): readonly ValueFault[] {
  const fits = /^\d+$/.test(text) && isBetween(BigInt(text), 0n, max);
  return fits ? [] : [bad("uint", text, ["0", String(max)])];
}

function isBetween(number: bigint, min: bigint, max: bigint): boolean {
  return number >= min && number <= max;
}

/** `[DS:]ITEM,...;...` where an item is a column, `+` and a column to add, or `-` and the exact name of one to drop. */
function checkFields(text: string, running: Running): readonly ValueFault[] {
  const printed = printedSources(running);
  return text.split(";").flatMap((part) => {
    const { name, rest } = splitSource(part);
    if (isOpen(name)) return [];
    const sources =
      name === null
        ? printed.filter(({ source }) => showsColumns(source, running))
        : printed.filter((entry) => entry.name === name);
    if (name !== null && sources.length === 0) return [bad("data-source", name, namesOf(printed))];
    return sources.flatMap(({ source }) => checkColumns(rest, source, running));
  });
}

function showsColumns(source: DataSource, running: Running): boolean {
  return modesOf(running, source)[0] === "columns";
}

function checkColumns(list: string, source: DataSource, running: Running): readonly ValueFault[] {
  const fields = fieldsOf(running, source);
  const items = list.split(",").map((item) => item.trim());
  const chosen = items.filter((item) => item !== "" && !/^[+-]/.test(item));
  const added = items.flatMap((item) => (item.startsWith("+") ? [item.slice(1)] : []));
  const shown = [...(chosen.length > 0 ? chosen : defaultColumns(running, source)), ...added];
  return items.flatMap((item) => {
    if (item === "" || isOpen(item)) return [];
    const name = item.replace(/^[+-]/, "");
    if (item.startsWith("-")) return shown.includes(name) ? [] : [unknownField(name, shown)];
    return findColumn(fields, name) === null ? [unknownField(name, namesOf(fields))] : [];
  });
}

/** `MODE` or `DS:MODE,...`: a mode that no data source has prints nothing, and the program ends well. */
function checkOutput(text: string, running: Running): readonly ValueFault[] {
  const printed = printedSources(running);
  const all = new Set(printed.flatMap(({ source }) => modesOf(running, source)));
  return checkPerSource(text, namesOf(printed), (mode, name) => {
    const source = printed.find((entry) => entry.name === name)?.source;
    const modes = source === undefined ? [...all] : modesOf(running, source);
    return modes.includes(mode) ? [] : [bad("one-of", mode, modes)];
  });
}

/** `VALUE` or `DS:VALUE,...` (pkg/gadget-service/api-helpers). */
function checkPerSource(
  text: string,
  names: readonly string[],
  check: (item: string, source: string | null) => readonly ValueFault[],
): readonly ValueFault[] {
  const items = text
    .split(",")
    .filter((item) => item !== "")
    .map(splitSource);
  if (items.length > 1 && items.some(({ name }) => name === null)) return [bad("data-source", text, names)];
  return items.flatMap(({ name, rest }) => {
    if (isOpen(name)) return [];
    if (name !== null && !names.includes(name)) return [bad("data-source", name, names)];
    return isOpen(rest) ? [] : check(rest, name);
  });
}

/** `[DS:][-]FIELD,...;...`: arrays only, fields by their exact names. */
function checkSort(text: string, running: Running): readonly ValueFault[] {
  const names = sourceNames(running);
  const parts = text
    .split(";")
    .filter((part) => part !== "")
    .map(splitSource);
  if (parts.length > 1 && parts.some(({ name }) => name === null)) return [bad("data-source", text, names)];
  return parts.flatMap(({ name, rest }) => {
    if (isOpen(name)) return [];
    if (name !== null && !names.includes(name)) return [bad("data-source", name, names)];
    const sorted = sourcesNamed(name, running);
    const single = sorted.find((source) => source.kind === "single");
    if (single !== undefined) return [bad("array-data-source", single.name)];
    return sorted.flatMap((source) =>
      rest.split(",").flatMap((item) => checkSortField(item, source, running)),
    );
  });
}

function checkSortField(item: string, source: DataSource, running: Running): readonly ValueFault[] {
  if (isOpen(item)) return [];
  const name = item.replace(/^-/, "");
  const fields = fieldsOf(running, source);
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) return [unknownField(name, namesOf(fields))];
  return kindOf(field) === "other" || kindOf(field) === "bool" ? [bad("plain-field", name)] : [];
}

/** Splits at commas; `\,` and `\\` stand for a comma and a backslash (SplitStringWithEscape). */
function splitRules(text: string): readonly string[] {
  const rules = [""];
  for (let i = 0; i < text.length; i++) {
    const [unit, next] = [text.charAt(i), text.charAt(i + 1)];
    if (unit === ",") rules.push("");
    else if (unit !== "\\") rules.push(`${rules.pop() ?? ""}${unit}`);
    else if (next !== "") {
      rules.push(`${rules.pop() ?? ""}${next === "," || next === "\\" ? next : `\\${next}`}`);
      i++;
    }
  }
  return rules.filter((rule) => rule !== "");
}

/** `FIELD OP VALUE`; before v0.43.0, where the flag had no data source of its own, also `DS:FIELD OP VALUE`. */
function checkRule(rule: string, source: DataSource | null, running: Running): readonly ValueFault[] {
  const match = /^([^!~<>=]*)([!~<>=]+)(.+)$/s.exec(rule);
  if (match === null) return isOpen(rule) ? [] : [bad("filter-rule", rule)];
  const [, target = "", operator = "", value = ""] = match;
  if (isOpen(target)) return [];
  const parts = source === null ? target.split(":") : [target];
  const name = parts.at(-1) ?? "";
  const wanted = parts.at(-2);
  const sources = source === null ? filteredSources(running) : [source];
  const asked = sources.filter((candidate) => wanted === undefined || candidate.name === wanted);
  if (asked.length === 0) return [bad("data-source", wanted ?? "", namesOf(sources))];
  const fields = asked.flatMap((candidate) => fieldsOf(running, candidate));
  const [field, ambiguous] = fields.filter((candidate) => candidate.name === name);
  if (field === undefined) return [unknownField(name, namesOf(fields))];
  if (ambiguous !== undefined) return [bad("data-source", name, namesOf(sources))];
  return checkComparison(field, operator, value);
}

const EQUAL = ["=", "==", "!="];
const ORDER = ["<", "<=", ">", ">="];
const MATCH = ["~", "!~"];

function checkComparison(field: Field, operator: string, value: string): readonly ValueFault[] {
  const kind = kindOf(field);
  if (kind === "other") return [bad("plain-field", field.name)];
  const operators =
    kind === "bool" ? EQUAL : kind === "string" ? [...EQUAL, ...ORDER, ...MATCH] : [...EQUAL, ...ORDER];
  if (!operators.includes(operator)) return [bad("operator", operator, operators)];
  if (isOpen(value)) return [];
  switch (kind) {
    case "string":
      return MATCH.includes(operator) && !isRegularExpression(value)
        ? [bad("regular-expression", value)]
        : [];
    case "bool":
      return /^(true|false|0|1)$/.test(value) ? [] : [bad("bool", value)];
    case "float":
      return FLOAT.test(value) ? [] : [bad("float", value)];
    case "int":
      return checkInt(value, -(2n ** (bitsOf(field) - 1n)), 2n ** (bitsOf(field) - 1n) - 1n);
    case "uint":
      return checkUint(value, 2n ** bitsOf(field) - 1n);
  }
}

function kindOf({ type }: Field): "int" | "uint" | "float" | "bool" | "string" | "other" {
  const name = type.replace(/\d+$/, "");
  return name === "int" || name === "uint" || name === "float" || name === "bool" || name === "string"
    ? name
    : "other";
}

function bitsOf({ type }: Field): bigint {
  return BigInt(/\d+$/.exec(type)?.[0] ?? "64");
}

/** Whether Go's RE2 takes it, as far as JavaScript can tell once the forms that only RE2 has are put aside. */
function isRegularExpression(pattern: string): boolean {
  const neutral = pattern
    .replace(/\(\?[a-zA-Z-]+\)/g, "")
    .replace(/\(\?[a-zA-Z-]+:/g, "(?:")
    .replace(/\(\?P</g, "(?<");
  if (/\(\?<?[=!]|\\[1-9]/.test(neutral)) return false;
  try {
    new RegExp(neutral);
    return true;
  } catch {
    return false;
  }
}

function splitSource(part: string): { readonly name: string | null; readonly rest: string } {
  const colon = part.indexOf(":");
  return colon < 0 ? { name: null, rest: part } : { name: part.slice(0, colon), rest: part.slice(colon + 1) };
}

/** What agents and those who print know it by, which are two names for arrays collected from several nodes. */
function sourceNames(running: Running): readonly string[] {
  return [...new Set(namesOf([...printedSources(running), ...filteredSources(running)]))];
}

/** Every data source that has the name on one side or the other; all of them without a name. */
function sourcesNamed(name: string | null, running: Running): readonly DataSource[] {
  const printed = printedSources(running).filter((entry) => name === null || entry.name === name);
  const filtered = filteredSources(running).filter((source) => name === null || source.name === name);
  return [...new Set([...printed.map(({ source }) => source), ...filtered])];
}

function isOpen(text: string | null): boolean {
  return text?.includes(HOLE) ?? false;
}

function namesOf(named: readonly { readonly name: string }[]): readonly string[] {
  return named.map(({ name }) => name);
}

function unknownField(field: string, known: readonly string[]): ValueFault {
  return { kind: "unknown-field", field, nearest: nearest(field, known) };
}

function bad(expected: Expected, value: string, allowed: readonly string[] = []): ValueFault {
  return { kind: "bad-value", expected, value: value.replaceAll(HOLE, "…"), allowed };
}
