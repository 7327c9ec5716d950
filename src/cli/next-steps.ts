import type { Report } from "../engine/report.ts";
import type { NextStep } from "../reporters/reporter.ts";
import { summarize, type Summary } from "../reporters/summary.ts";
import type { Io } from "./io.ts";
import type { Options } from "./options.ts";

/** What to type after a run: first for the safe fixes, once those are made for the unsafe ones. */
export function nextSteps({ safe, unsafe }: Summary, options: Options, io: Io): readonly NextStep[] {
  const withUnsafe = options.unsafe || safe === 0;
  const count = withUnsafe ? safe + unsafe : safe;
  if (count === 0 || options.stdinFilename !== undefined) return [];

  const grade = withUnsafe ? "unsafe" : "safe";
  const fixes = count === 1 ? `the ${grade} fix` : `the ${count} ${grade} fixes`;
  const check = withUnsafe ? `; ${count === 1 ? "its" : "their"} notes say what to check` : "";
  const fix = withUnsafe ? "--fix=unsafe" : "--fix";
  const look = {
    command: again(withUnsafe ? `--diff ${fix}` : "--diff", options, io),
    effect: `shows ${fixes}${check}`,
  };
  const write = { command: again(fix, options, io), effect: `writes ${count === 1 ? "it" : "them"}` };
  return options.action === "diff" ? [write] : [look, write];
}

/** Gadgets that a plan says to read about. */
const MOST_EXPLAINED = 3;

/** The way through all the work: safe fixes, unsafe ones, what is left by hand, then what keeps it from coming back. */
export function planSteps(report: Report, options: Options, io: Io): readonly NextStep[] {
  const summary = summarize({ report, fixed: [] });
  if (summary.findings === 0) return [];
  const { safe, unsafe } = summary;
  const findings = report.files.flatMap((file) => file.findings);
  const manual = findings.filter(({ fix, ruleId }) => fix === null && ruleId === "builtin-gadget");
  const gadgets = [...new Set(manual.flatMap(({ gadget }) => gadget ?? []))].slice(0, MOST_EXPLAINED);
  const program = programOf(io);
  const hasTraces = findings.some(({ ruleId }) => ruleId === "trace-resource");
  const asIf = (unsafeToo: boolean): Options => ({ ...options, unsafe: unsafeToo });
  return [
    ...nextSteps({ ...summary, unsafe: 0 }, asIf(false), io),
    ...nextSteps({ ...summary, safe: 0 }, asIf(true), io),
    ...gadgets.map((gadget) => ({
      command: `${program} explain ${gadget}`,
      effect: "says what changed, for what is left by hand",
    })),
    ...(hasTraces
      ? [
          {
            command: again("manifests --out gadgets", options, io),
            effect: "writes what takes the place of Trace resources",
          },
        ]
      : []),
    ...(safe + unsafe > 0
      ? [{ command: again("images", options, io), effect: "lists the images to make ready" }]
      : []),
    {
      command: again("--fail-on warning", options, io),
      effect: "in CI: keeps it from coming back",
    },
  ];
}

/** The command line that repeats a run with other options: `gadget-migrate --fix --target v0.45.0 charts`. */
function again(other: string, options: Options, io: Io): string {
  const kept: readonly (readonly [string, string | null | undefined])[] = [
    ["target", options.target],
    ["image-style", options.imageStyle],
    ["registry", options.registry],
    ["pin", options.pin],
    ["insecure-registry", options.insecureRegistries.join(",") || undefined],
    ["defaults", options.defaults],
    ["form", options.form],
    ["config", options.config],
    ["rule", options.rules?.join(",")],
    ["gadget", options.gadgets?.join(",")],
    ["path", options.within?.join(",")],
    ["since", options.since],
    ["baseline", options.baseline],
  ];
  const words = kept.flatMap(([name, value]) => {
    if (value === undefined) return [];
    return value === null ? [`--no-${name}`] : valueWords(name, value);
  });
  const staged = options.staged ? ["--staged"] : [];
  const separator = options.paths.some((path) => path.startsWith("-")) ? ["--"] : [];
  return [programOf(io), other, ...words, ...staged, ...separator, ...options.paths.map(quoted)].join(" ");
}

/** A value that looks like an option must stand behind an equals sign. */
function valueWords(name: string, value: string): readonly string[] {
  return value.startsWith("-") ? [`--${name}=${quoted(value)}`] : [`--${name}`, quoted(value)];
}

/** How this program is started. */
export function programOf({ env }: Io): string {
  // npm sets this for what `npx` starts: the program is then not on the path.
  return env["npm_command"] === "exec" ? "npx gadget-migrate" : "gadget-migrate";
}

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
