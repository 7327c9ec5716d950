import type { Io } from "./io.ts";
import type { Options } from "./options.ts";

/** The command line that repeats a run with other options: `gadget-migrate --fix --target v0.45.0 charts`. */
export function again(options: Options, { env }: Io): (other: string) => string {
  // npm sets this for what `npx` starts: the program is then not on the path.
  const program = env["npm_command"] === "exec" ? "npx gadget-migrate" : "gadget-migrate";
  const kept = [
    ["target", options.target],
    ["image-style", options.imageStyle === "short" ? undefined : options.imageStyle],
    ["registry", options.registry],
    ["defaults", options.defaults === "keep" ? undefined : options.defaults],
    ["stdin-filename", options.stdinFilename],
  ] as const;
  const words = kept.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, quoted(value)]));
  const separator = options.paths.some((path) => path.startsWith("-")) ? ["--"] : [];
  return (other) => [program, other, ...words, ...separator, ...options.paths.map(quoted)].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
