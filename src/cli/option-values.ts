import { REGISTRY_PATTERN } from "../config/values.ts";
import { isReporterId, REPORTER_IDS, type ReporterId } from "../reporters/index.ts";
import { isRuleId, RULE_IDS, type RuleId } from "../rules/registry.ts";
import { nearest } from "../text/nearest.ts";
import { Fault } from "./fault.ts";

/** A report to write: where to, `null` for standard output. */
export interface Output {
  readonly format: ReporterId;
  readonly file: string | null;
}

/** @throws Fault when the value is none of those known */
export function choice<T extends string>(name: string, value: string, known: readonly T[]): T {
  const match = known.find((one) => one === value);
  if (match !== undefined) return match;
  throw new Fault(`--${name} takes ${either(known)}; got ${shown(value)}${didYouMean(value, known)}`);
}

/** The end of a sentence about a word that is not known: what was most likely meant, if anything is near. */
export function didYouMean(word: string, known: Iterable<string>, prefix = ""): string {
  const close = nearest(word.toLowerCase(), known);
  return close === null ? "." : `; did you mean ${prefix}${close}?`;
}

/** Names separated by commas. @throws Fault when one is empty */
export function list(name: string, value: string | undefined): readonly string[] | undefined {
  const names = value?.split(",").map((one) => one.trim());
  if (names?.includes("") === true)
    throw new Fault(`--${name} has an empty name; got ${shown(value ?? "")}.`);
  return names;
}

/** Globs separated by commas; those in braces (`*.{md,mdx}`) are part of one. @throws Fault when one is empty */
export function globs(name: string, value: string | undefined): readonly string[] | undefined {
  const found = value?.split(/,(?![^{]*\})/);
  if (found?.includes("") === true)
    throw new Fault(`--${name} has an empty glob; got ${shown(value ?? "")}.`);
  return found;
}

export function registry(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const trimmed = value.replace(/\/+$/, "");
  if (new RegExp(REGISTRY_PATTERN).test(trimmed)) return trimmed;
  throw new Fault(
    `--registry takes a host and a path without scheme or tag (example.com/mirror); got ${shown(value)}.`,
  );
}

/** Registries without their path, separated by commas. */
export function hosts(value: string | undefined): readonly string[] {
  const names = value?.split(",") ?? [];
  const wrong = names.find((name) => !/^[A-Za-z0-9.-]+(?::\d+)?$/.test(name));
  if (wrong === undefined) return names;
  throw new Fault(`--insecure-registry takes hosts with their port (localhost:5000); got ${shown(wrong)}.`);
}

export function outputs(
  formats: string | undefined,
  files: string | undefined,
  isStdoutTaken: boolean,
): readonly Output[] {
  if (isStdoutTaken && formats === undefined && files === undefined) return [];
  const ids = (formats ?? "text").split(",").map(reporter);
  const names = (files ?? ids.map(() => "-").join(",")).split(",");
  if (names.length !== ids.length) {
    throw new Fault(
      `--output names ${count(names, "file")} for ${count(ids, "format")}; give one for each (- is standard output).`,
    );
  }
  if (names.includes("")) throw new Fault("--output has an empty file name; - is standard output.");
  const twice = names.find((name, i) => name !== "-" && names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new Fault(`--output names ${shown(twice)} twice; give each format a file of its own.`);
  const onStdout = names.filter((name) => name === "-").length;
  if (onStdout > 1) {
    throw new Fault(
      "Only one format fits on standard output; name files for the others, such as --output -,report.json.",
    );
  }
  if (onStdout > 0 && isStdoutTaken) {
    throw new Fault(
      "Standard output holds the changes themselves here; name a file for the report with --output.",
    );
  }
  return ids.map((format, i) => {
    const name = names[i] ?? "-";
    return { format, file: name === "-" ? null : name };
  });
}

function reporter(id: string): ReporterId {
  if (isReporterId(id)) return id;
  if (id === "") throw new Fault("--format has an empty name; is a comma too many?");
  const close = nearest(id.toLowerCase(), REPORTER_IDS);
  const hint = close === null ? "known" : `did you mean ${close}? Known`;
  throw new Fault(`There is no format ${shown(id)}; ${hint} formats: ${REPORTER_IDS.join(", ")}.`);
}

export function ruleId(name: string): RuleId {
  if (isRuleId(name)) return name;
  const close = nearest(name, RULE_IDS);
  const hint = close === null ? `; known are ${RULE_IDS.join(", ")}.` : `; did you mean ${close}?`;
  throw new Fault(`There is no rule ${shown(name)}${hint}`);
}

function either(values: readonly string[]): string {
  return `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
}

function count(list: readonly unknown[], noun: string): string {
  return `${list.length} ${noun}${list.length === 1 ? "" : "s"}`;
}

export function shown(text: string): string {
  return JSON.stringify(text);
}
