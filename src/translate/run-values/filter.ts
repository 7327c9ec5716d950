import { fieldsOf, filteredSources, type Running } from "../../knowledge/lookup.ts";
import type { DataSource, Field } from "../../knowledge/image.ts";
import { isOpen } from "../holes.ts";
import { bad, unknownField, type ValueFault } from "./fault.ts";
import { kindOf } from "./field-kind.ts";
import { checkFloat, checkInt, checkUint } from "./plain.ts";
import { namesOf } from "./sources.ts";

/** `RULE,...` */
export function checkFilter(
  text: string,
  source: DataSource | null,
  running: Running,
): readonly ValueFault[] {
  return splitRules(text).flatMap((rule) => checkRule(rule, source, running));
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
  if (field === undefined) return [unknownField(name, namesOf(fields), running)];
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
      return checkFloat(value);
    case "int":
      return checkInt(value, -(2n ** (bitsOf(field) - 1n)), 2n ** (bitsOf(field) - 1n) - 1n);
    case "uint":
      return checkUint(value, 2n ** bitsOf(field) - 1n);
  }
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
