import { parseArgs } from "node:util";
import { Fault } from "./fault.ts";

const FORMATS = ["text", "markdown", "json"] as const;

/** The words behind `explain` or `matrix`, checked. */
export interface TopicLine {
  readonly kind: "print";
  readonly words: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly target: string | undefined;
  readonly sources: boolean;
}

/**
 * @param command what the words stand behind
 * @throws Fault when an option is unknown, lacks its value, or has one that is not known
 */
export function readTopic(
  command: "explain" | "matrix",
  argv: readonly string[],
): TopicLine | { readonly kind: "help" } {
  const { values, positionals } = parsed(command, argv);
  if (values.help === true) return { kind: "help" };
  const format = FORMATS.find((known) => known === (values.format ?? "text"));
  if (format === undefined) {
    throw new Fault(
      `--format of ${command} takes text, markdown or json; got ${JSON.stringify(values.format)}.`,
    );
  }
  const { target, sources = false } = values;
  return { kind: "print", words: positionals, format, target, sources };
}

function parsed(command: string, argv: readonly string[]) {
  const options = {
    format: { type: "string" },
    target: { type: "string" },
    sources: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? error.message.split(/[.\n]/)[0] : "";
    throw new Fault(`${why}. See gadget-migrate ${command} --help.`);
  }
}
