import type { NextStep } from "../reporters/reporter.ts";
import type { Summary } from "../reporters/summary.ts";
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

/** The command line that repeats a run with other options: `gadget-migrate --fix --target v0.45.0 charts`. */
function again(other: string, options: Options, { env }: Io): string {
  // npm sets this for what `npx` starts: the program is then not on the path.
  const program = env["npm_command"] === "exec" ? "npx gadget-migrate" : "gadget-migrate";
  const kept = [
    ["target", options.target],
    ["image-style", options.imageStyle],
    ["registry", options.registry],
    ["defaults", options.defaults],
    ["form", options.form],
    ["config", options.config ?? undefined],
  ] as const;
  const noConfig = options.config === null ? ["--no-config"] : [];
  const words = kept.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, quoted(value)]));
  const separator = options.paths.some((path) => path.startsWith("-")) ? ["--"] : [];
  return [program, other, ...words, ...noConfig, ...separator, ...options.paths.map(quoted)].join(" ");
}

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
