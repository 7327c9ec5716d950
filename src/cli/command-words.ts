import { parseArgs } from "node:util";
import { COMMAND_OPTIONS, type CommandName } from "./commands.ts";
import { Fault } from "./fault.ts";
import { didYouMean } from "./option-values.ts";
import { parseCommandLine, type Options } from "./options.ts";

/** What stands behind a command: the values of its options, and the other words. */
export type CommandWords<Name extends CommandName> = ReturnType<
  typeof parseArgs<{ options: (typeof COMMAND_OPTIONS)[Name]; allowPositionals: true }>
>;

/** @throws Fault when an option is unknown, or lacks its value */
export function readCommandWords<Name extends CommandName>(
  command: Name,
  argv: readonly string[],
): CommandWords<Name> {
  try {
    return parseArgs({ args: [...argv], options: COMMAND_OPTIONS[command], allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? "") : "";
    const unknown = /^Unknown option '--([^']*)'/.exec(why)?.[1];
    const hint =
      unknown === undefined ? "." : didYouMean(unknown, Object.keys(COMMAND_OPTIONS[command]), "--");
    throw new Fault(`${why}${hint} See gadget-migrate ${command} --help.`);
  }
}

/**
 * The options of the report that a command takes too, checked as the report's are.
 * @param names those of its options that mean the same there
 * @throws Fault when one of them has a value that is not known
 */
export function reportOptions<Option extends string>(
  values: Readonly<Partial<Record<Option, string | boolean>>>,
  names: readonly Option[],
  paths: readonly string[],
): Options {
  const words = names.flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    return value === true ? [`--${name}`] : [`--${name}=${String(value)}`];
  });
  const line = parseCommandLine([...words, "--", ...paths]);
  if (line.kind !== "run") throw new Error("only options of a run were given");
  return line.options;
}
