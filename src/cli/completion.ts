import { bashScript, fishScript, zshScript } from "../completion/scripts.ts";
import { operandTree, type CommandSpec, type OptionSpec } from "../completion/spec.ts";
import { DEFAULTS, FAIL_ON, IMAGE_STYLES, PINS } from "../config/values.ts";
import { knownTargets } from "../engine/target.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { REPORTER_IDS } from "../reporters/index.ts";
import { RULE_IDS } from "../rules/registry.ts";
import { FORMATS as ASSESS_FORMATS } from "./assess.ts";
import { type CommandWords, readCommandWords, reportOptions } from "./command-words.ts";
import { COMMAND_NAMES, COMMAND_OPTIONS, COMMANDS, type CommandName } from "./commands.ts";
import { Fault } from "./fault.ts";
import { FORMATS as IMAGES_FORMATS, TOOLS } from "./images.ts";
import type { Io } from "./io.ts";
import { COLOURS, FIX_GRADES, FORMS, OPTION_NAMES, takesOf } from "./options.ts";
import { knowledgeOf } from "./project.ts";
import { FORMATS as TOPIC_FORMATS } from "./topic.ts";

const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/**
 * `completion bash|zsh|fish`: prints a script for that shell.
 * @param argv the words behind `completion`
 * @returns the exit code, 0
 * @throws Fault when the shell is none of these
 */
export async function completionCommand(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, values } = readCommandWords("completion", argv);
  if (values.help === true) {
    await io.stdout(COMPLETION_HELP);
    return 0;
  }
  const [shell = "", ...more] = positionals;
  if (!isShell(shell) || more.length > 0)
    throw new Fault(
      `completion takes bash, zsh or fish; got ${positionals.length > 0 ? JSON.stringify(positionals.join(" ")) : "none of them"}.`,
    );
  await io.stdout(SHELLS[shell](specs(await ownKnowledge(values, io))));
  return 0;
}

/** With gadgets of one's own. A shell may start anywhere: where a configuration was only found, its faults are not for it. */
async function ownKnowledge(values: CommandWords<"completion">["values"], io: Io): Promise<Knowledge> {
  const isAsked = values.config !== undefined;
  try {
    const none = values["no-config"] === true ? { "no-config": true } : {};
    const named = values.config === undefined ? none : { ...none, config: values.config };
    return await knowledgeOf(reportOptions(named, ["config", "no-config"], []), io);
  } catch (error) {
    if (isAsked || !(error instanceof Fault)) throw error;
    return loadKnowledge();
  }
}

const COMPLETION_HELP = `Prints a script that completes commands, options, releases, gadgets and rules.

  eval "$(gadget-migrate completion bash)"      in ~/.bashrc
  source <(gadget-migrate completion zsh)       in ~/.zshrc, behind compinit
  gadget-migrate completion fish | source       in ~/.config/fish/config.fish

Usage: gadget-migrate completion [options] bash|zsh|fish

  --config FILE   gadgets of your own are those of this configuration, else of
                  the one that is found where the script is made
  --no-config     none
  --help
`;

function isShell(name: string): name is keyof typeof SHELLS {
  return Object.hasOwn(SHELLS, name);
}

function specs(knowledge: Knowledge): readonly CommandSpec[] {
  const releases = knownTargets(knowledge);
  const main: CommandSpec = {
    name: "",
    what: "",
    options: OPTION_NAMES.map((name): OptionSpec => {
      const takes = takesOf(name);
      const value = takes === "value" ? "next" : takes === "choice" ? "inline" : "none";
      return optionSpec("", name, value, { releases, knowledge });
    }),
    operands: new Map(),
  };
  return [main, ...COMMAND_NAMES.map((name) => specOf(name, { releases, knowledge }))];
}

interface Known {
  readonly releases: readonly string[];
  readonly knowledge: Knowledge;
}

function specOf(command: CommandName, known: Known): CommandSpec {
  const options = Object.entries(COMMAND_OPTIONS[command]).map(([name, { type }]): OptionSpec =>
    optionSpec(command, name, type === "string" ? "next" : "none", known),
  );
  return {
    name: command,
    what: COMMANDS[command].what,
    options,
    operands: operandTree(operandsOf(command, known.knowledge)),
  };
}

function optionSpec(
  command: CommandName | "",
  name: string,
  value: OptionSpec["value"],
  known: Known,
): OptionSpec {
  const isList = command === "" && LISTS.includes(name);
  return { name, value, values: valuesOf(command, name, known), isFile: FILES.includes(name), isList };
}

/** Options that take several values, with commas between. */
const LISTS = ["format", "rule", "gadget", "output", "path"];

const FILES = ["config", "output", "path", "baseline", "stdin-filename", "out", "old", "new"];

/** Without blanks, so that no shell parts them. */
function gadgetNames({ gadgets }: Knowledge): readonly string[] {
  const words = gadgets.map(({ command }) => command.replaceAll(" ", "_"));
  return [...new Set(words)].sort();
}

function operandsOf(command: CommandName, { gadgets }: Knowledge): readonly string[] {
  switch (command) {
    case "explain":
      return [...gadgets.map((gadget) => gadget.command), ...RULE_IDS];
    case "completion":
      return Object.keys(SHELLS);
    case "help":
      return ["options", ...COMMAND_NAMES.filter((name) => name !== "help")];
    default:
      return [];
  }
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  fix: FIX_GRADES,
  form: FORMS,
  "image-style": IMAGE_STYLES,
  pin: PINS,
  defaults: DEFAULTS,
  "fail-on": FAIL_ON,
  tool: TOOLS,
  rule: RULE_IDS,
  color: COLOURS,
};

const FORMATS: Readonly<Partial<Record<CommandName | "", readonly string[]>>> = {
  "": REPORTER_IDS,
  assess: ASSESS_FORMATS,
  explain: TOPIC_FORMATS,
  matrix: TOPIC_FORMATS,
  images: IMAGES_FORMATS,
  verify: ["text", "json"],
};

function valuesOf(
  command: CommandName | "",
  option: string,
  { releases, knowledge }: Known,
): readonly string[] {
  if (option === "target") return releases;
  if (option === "gadget") return command === "" ? gadgetNames(knowledge) : [];
  if (option === "format") return FORMATS[command] ?? [];
  return VALUES[option] ?? [];
}
