import { readCommandWords } from "./command-words.ts";
import { Fault } from "./fault.ts";

export const FORMATS = ["text", "markdown", "json"] as const;

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
  const { values, positionals } = readCommandWords(command, argv);
  if (values.help === true) return { kind: "help" };
  const format = FORMATS.find((known) => known === (values.format ?? "text"));
  if (format === undefined) {
    throw new Fault(
      `--format of ${command} takes text, markdown or json; got ${JSON.stringify(values.format)}.`,
    );
  }
  const { target } = values;
  const sources = "sources" in values && values.sources === true;
  return { kind: "print", words: positionals, format, target, sources };
}
