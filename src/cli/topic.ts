import { readCommandWords, reportOptions } from "./command-words.ts";
import { Fault } from "./fault.ts";
import { didYouMean } from "./option-values.ts";
import type { Options } from "./options.ts";

export const FORMATS = ["text", "markdown", "json"] as const;

/** The words behind `explain` or `matrix`, checked. */
export interface TopicLine {
  readonly kind: "print";
  readonly words: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly target: string | undefined;
  readonly sources: boolean;
  /** What of the project is asked: its configuration. */
  readonly options: Options;
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
      `--format of ${command} takes text, markdown or json; got ${JSON.stringify(values.format)}${didYouMean(values.format ?? "", FORMATS)}`,
    );
  }
  const { target } = values;
  const sources = "sources" in values && values.sources === true;
  const config = "config" in values && typeof values.config === "string" ? { config: values.config } : {};
  const none = "no-config" in values && values["no-config"] === true ? { "no-config": true } : {};
  const options = reportOptions({ ...config, ...none }, ["config", "no-config"], []);
  return { kind: "print", words: positionals, format, target, sources, options };
}
