import { parseArgs, type ParseArgsConfig } from "node:util";
import { DEFAULTS, FAIL_ON, IMAGE_STYLES, PINS, REGISTRY_PATTERN } from "../config/values.ts";
import { isReporterId, REPORTER_IDS, type ReporterId } from "../reporters/index.ts";
import { isRuleId, RULE_IDS, type RuleId } from "../rules/registry.ts";
import type { Severity } from "../rules/severity.ts";
import { nearest } from "../text/nearest.ts";
import { Fault } from "./fault.ts";

export const FORMS = ["run", "announced"] as const;
export const FIX_GRADES = ["safe", "unsafe"] as const;

/** A report to write: where to, `null` for standard output. */
export interface Output {
  readonly format: ReporterId;
  readonly file: string | null;
}

/** A whole command line, checked; what is undefined was not given. Paths are as typed. */
export interface Options {
  readonly paths: readonly string[];
  readonly action: "report" | "diff" | "fix";
  /** Whether `--fix` and `--diff` take the unsafe fixes too. */
  readonly unsafe: boolean;
  readonly target: string | undefined;
  readonly imageStyle: (typeof IMAGE_STYLES)[number] | undefined;
  readonly registry: string | undefined;
  readonly pin: (typeof PINS)[number] | undefined;
  /** Hosts of registries that speak plain HTTP. */
  readonly insecureRegistries: readonly string[];
  readonly defaults: (typeof DEFAULTS)[number] | undefined;
  readonly form: (typeof FORMS)[number] | undefined;
  readonly outputs: readonly Output[];
  /** Standard output holds the patch, or the fixed text: no report goes there. */
  readonly isStdoutTaken: boolean;
  /** Neither formats nor files were asked for: in a workflow of GitHub, annotations go with the text. */
  readonly isAnnotated: boolean;
  readonly failOn: Severity | "never" | undefined;
  readonly strict: boolean;
  /** The file named, `null` for none at all, `undefined` for the one that is found. */
  readonly config: string | null | undefined;
  readonly stdinFilename: string | undefined;
  /** Only these rules report. */
  readonly rules: readonly RuleId[] | undefined;
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
}

export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "run"; readonly options: Options };

/** What an option takes: nothing, a value that may be left out (`--fix=unsafe`), or a value (`--target V`, `--target=V`). */
type Takes = "nothing" | "choice" | "value";

/** Every option; the order is that of the help. */
const OPTIONS = {
  fix: "choice",
  diff: "nothing",
  target: "value",
  "image-style": "value",
  registry: "value",
  pin: "value",
  "insecure-registry": "value",
  defaults: "value",
  form: "value",
  config: "value",
  "no-config": "nothing",
  rule: "value",
  baseline: "value",
  "update-baseline": "nothing",
  format: "value",
  output: "value",
  "fail-on": "value",
  strict: "nothing",
  "stdin-filename": "value",
  version: "nothing",
  help: "nothing",
} as const satisfies Readonly<Record<string, Takes>>;

type OptionName = keyof typeof OPTIONS;

/** Names of all options, without dashes. */
export const OPTION_NAMES = Object.keys(OPTIONS).filter(isOption);

export function takesOf(name: OptionName): Takes {
  return OPTIONS[name];
}

/**
 * @param argv the words behind the program's name
 * @throws Fault when a word is no option, a value is missing or not among the known ones, or options exclude each other
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { given, paths } = readWords(argv);
  if (given.has("help")) return { kind: "help" };
  if (given.has("version")) return { kind: "version" };

  const fix = given.has("fix") ? choice("fix", given.get("fix") ?? "safe", FIX_GRADES) : null;
  const action = given.has("diff") ? "diff" : fix === null ? "report" : "fix";
  const stdinFilename = given.get("stdin-filename");
  if (stdinFilename !== undefined && paths.length > 0) {
    throw new Fault(`--stdin-filename reads standard input, so it takes no paths; got ${paths.join(" ")}.`);
  }
  if (given.has("config") && given.has("no-config")) {
    throw new Fault("--config and --no-config exclude each other; give one.");
  }
  if (
    given.has("update-baseline") &&
    (given.has("rule") || action !== "report" || stdinFilename !== undefined)
  ) {
    throw new Fault(
      "--update-baseline takes down all that is found; leave out --rule, --fix, --diff and --stdin-filename.",
    );
  }
  const isStdoutTaken = action === "diff" || (action === "fix" && stdinFilename !== undefined);
  const options: Options = {
    paths,
    action,
    unsafe: fix === "unsafe",
    target: given.get("target"),
    imageStyle: optional("image-style", given, IMAGE_STYLES),
    registry: registry(given.get("registry")),
    pin: optional("pin", given, PINS),
    insecureRegistries: hosts(given.get("insecure-registry")),
    defaults: optional("defaults", given, DEFAULTS),
    form: optional("form", given, FORMS),
    outputs: outputs(given.get("format"), given.get("output"), isStdoutTaken),
    isStdoutTaken,
    isAnnotated: !isStdoutTaken && !given.has("format") && !given.has("output"),
    failOn: optional("fail-on", given, FAIL_ON),
    strict: given.has("strict"),
    config: given.has("no-config") ? null : given.get("config"),
    stdinFilename,
    rules: given.get("rule")?.split(",").map(ruleId),
    baseline: given.get("baseline"),
    updateBaseline: given.has("update-baseline"),
  };
  return { kind: "run", options };
}

const DECLARED: ParseArgsConfig["options"] = {
  ...Object.fromEntries(
    OPTION_NAMES.map((name) => [name, { type: OPTIONS[name] === "value" ? "string" : "boolean" }]),
  ),
  help: { type: "boolean", short: "h" },
};

interface Words {
  /** Options with their values; undefined where there is none. */
  readonly given: ReadonlyMap<OptionName, string | undefined>;
  readonly paths: readonly string[];
}

function readWords(argv: readonly string[]): Words {
  const { tokens } = parseArgs({ args: [...argv], options: DECLARED, strict: false, tokens: true });
  const given = new Map<OptionName, string | undefined>();
  const paths: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") {
      // `--fix "$UNSET"` must not mean the whole working directory.
      if (token.value === "") throw new Fault("A path is empty: is a variable not set?");
      paths.push(token.value);
    }
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    if (!isOption(name)) throw new Fault(unknownOption(rawName));
    if (given.has(name)) throw new Fault(`--${name} is given twice; give it once.`);
    given.set(name, optionValue(name, value, inlineValue === true));
  }
  return { given, paths };
}

function optionValue(name: OptionName, value: string | undefined, inline: boolean): string | undefined {
  const takes = OPTIONS[name];
  if (takes === "nothing" && value !== undefined)
    throw new Fault(`--${name} takes no value; got ${shown(value)}.`);
  if (takes !== "value") {
    if (value === "") throw new Fault(`--${name}= needs a value behind the equals sign.`);
    return value;
  }
  const missing = value === undefined || value === "" || (!inline && /^-[\w-]/.test(value));
  if (missing) throw new Fault(`--${name} needs a value.`);
  return value;
}

function unknownOption(rawName: string): string {
  const close = nearest(rawName.replace(/^-+/, ""), OPTION_NAMES);
  const hint = close === null ? "" : `; did you mean --${close}?`;
  return `There is no option ${shown(rawName)}${hint || "."} See gadget-migrate --help.`;
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

function optional<T extends string>(
  name: OptionName,
  given: ReadonlyMap<OptionName, string | undefined>,
  known: readonly T[],
): T | undefined {
  const value = given.get(name);
  return value === undefined ? undefined : choice(name, value, known);
}

function choice<T extends string>(name: OptionName, value: string, known: readonly T[]): T {
  const match = known.find((one) => one === value);
  if (match === undefined) throw new Fault(`--${name} takes ${either(known)}; got ${shown(value)}.`);
  return match;
}

function registry(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const trimmed = value.replace(/\/+$/, "");
  if (new RegExp(REGISTRY_PATTERN).test(trimmed)) return trimmed;
  throw new Fault(
    `--registry takes a host and a path without scheme or tag (example.com/mirror); got ${shown(value)}.`,
  );
}

/** Registries without their path, separated by commas. */
function hosts(value: string | undefined): readonly string[] {
  const names = value?.split(",") ?? [];
  const wrong = names.find((name) => !/^[A-Za-z0-9.-]+(?::\d+)?$/.test(name));
  if (wrong === undefined) return names;
  throw new Fault(`--insecure-registry takes hosts with their port (localhost:5000); got ${shown(wrong)}.`);
}

function outputs(
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
  throw new Fault(`There is no format ${shown(id)}; known formats: ${REPORTER_IDS.join(", ")}.`);
}

function ruleId(name: string): RuleId {
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

function shown(text: string): string {
  return JSON.stringify(text);
}
