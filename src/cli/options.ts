import { parseArgs, type ParseArgsConfig } from "node:util";
import { DEFAULTS, FAIL_ON, IMAGE_STYLES, PINS } from "../config/values.ts";
import type { RuleId } from "../rules/registry.ts";
import type { Severity } from "../rules/severity.ts";
import { nearest } from "../text/nearest.ts";
import { Fault } from "./fault.ts";
import {
  choice,
  globs,
  hosts,
  list,
  type Output,
  outputs,
  registry,
  ruleId,
  shown,
} from "./option-values.ts";

export const FORMS = ["run", "announced"] as const;
export const FIX_GRADES = ["safe", "unsafe"] as const;
export const COLOURS = ["auto", "always", "never"] as const;

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
  /** Only findings about these gadgets are reported; as typed. */
  readonly gadgets: readonly string[] | undefined;
  /** Only findings in files that one of these globs matches are reported. */
  readonly within: readonly string[] | undefined;
  /** Only what is staged for a commit is reported, as it is staged. */
  readonly staged: boolean;
  /** Only findings in files that changed since this commit. */
  readonly since: string | undefined;
  /** No fix changes a file that is not as committed. */
  readonly requireClean: boolean;
  /** The file named, `null` for none at all, `undefined` for that of the configuration. */
  readonly baseline: string | null | undefined;
  readonly updateBaseline: boolean;
  readonly isQuiet: boolean;
  /** Files that were passed over are told, and why. */
  readonly isVerbose: boolean;
  readonly stats: boolean;
  readonly colour: (typeof COLOURS)[number];
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
  "require-clean": "nothing",
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
  gadget: "value",
  path: "value",
  staged: "nothing",
  since: "value",
  baseline: "value",
  "no-baseline": "nothing",
  "update-baseline": "nothing",
  format: "value",
  output: "value",
  "fail-on": "value",
  strict: "nothing",
  "stdin-filename": "value",
  quiet: "nothing",
  verbose: "nothing",
  stats: "nothing",
  color: "value",
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
  checkTogether(given, paths);
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
    gadgets: list("gadget", given.get("gadget")),
    within: globs("path", given.get("path")),
    staged: given.has("staged"),
    since: given.get("since"),
    requireClean: given.has("require-clean"),
    baseline: given.has("no-baseline") ? null : given.get("baseline"),
    updateBaseline: given.has("update-baseline"),
    isQuiet: given.has("quiet"),
    isVerbose: given.has("verbose"),
    stats: given.has("stats"),
    colour: optional("color", given, COLOURS) ?? "auto",
  };
  return { kind: "run", options };
}

/** Options that narrow down what is reported. */
const NARROWING = ["rule", "gadget", "path", "staged", "since"] as const satisfies readonly OptionName[];

/** @throws Fault when some of what is given makes no sense together */
function checkTogether(given: ReadonlyMap<OptionName, unknown>, paths: readonly string[]): void {
  const isStdin = given.has("stdin-filename");
  if (isStdin && paths.length > 0) {
    throw new Fault(`--stdin-filename reads standard input, so it takes no paths; got ${paths.join(" ")}.`);
  }
  for (const [one, other] of EXCLUSIVE) {
    if (given.has(one) && given.has(other)) {
      throw new Fault(`--${one} and --${other} exclude each other; give one.`);
    }
  }
  if (given.has("require-clean") && !given.has("fix")) {
    throw new Fault("--require-clean is about what --fix writes; give both.");
  }
  const wrong = [...NARROWING, "fix", "diff", "stdin-filename"].find(
    (name) => isOption(name) && given.has(name),
  );
  if (given.has("update-baseline") && wrong !== undefined) {
    throw new Fault(`--update-baseline takes down all that is found; leave out --${wrong}.`);
  }
}

const EXCLUSIVE: readonly (readonly [OptionName, OptionName])[] = [
  ["config", "no-config"],
  ["baseline", "no-baseline"],
  ["update-baseline", "no-baseline"],
  ["stdin-filename", "path"],
  ["stdin-filename", "staged"],
  ["stdin-filename", "since"],
  ["stdin-filename", "require-clean"],
  ["stdin-filename", "verbose"],
  ["quiet", "verbose"],
  ["staged", "since"],
  ["staged", "require-clean"],
  ["diff", "require-clean"],
];

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

function optional<T extends string>(
  name: OptionName,
  given: ReadonlyMap<OptionName, string | undefined>,
  known: readonly T[],
): T | undefined {
  const value = given.get(name);
  return value === undefined ? undefined : choice(name, value, known);
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}
