import type { Io } from "./io.ts";

type Run = (argv: readonly string[], io: Io) => Promise<number>;

interface Command {
  /** What it does, in the lists of the help and of shells. */
  readonly what: string;
  readonly load: () => Promise<Run>;
}

/** Every command but the report itself; each is loaded when it is called. */
export const COMMANDS = {
  assess: {
    what: "the plan before the work, with an estimate",
    load: async () => (await import("./assess.ts")).assessCommand,
  },
  explain: {
    what: "what changed for a gadget, or what a rule is about",
    load: async () => (await import("./explain.ts")).explainCommand,
  },
  matrix: {
    what: "what becomes of every gadget",
    load: async () => (await import("./matrix.ts")).matrixCommand,
  },
  images: {
    what: "the images that are needed, or scripts for them",
    load: async () => (await import("./images.ts")).imagesCommand,
  },
  manifests: {
    what: "writes what takes the place of Trace resources",
    load: async () => (await import("./manifests.ts")).manifestsCommand,
  },
  verify: {
    what: "compares what old and new form print",
    load: async () => (await import("./verify.ts")).verifyCommand,
  },
  init: {
    what: "writes configuration, hooks and CI for this repository",
    load: async () => (await import("./init.ts")).initCommand,
  },
  completion: {
    what: "completion for bash, zsh or fish",
    load: async () => (await import("./completion.ts")).completionCommand,
  },
  help: {
    what: "`help options`: all options; `help COMMAND`: its own",
    load: async () => (await import("./help.ts")).helpCommand,
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES: readonly CommandName[] = Object.keys(COMMANDS).filter(isCommand);

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const help = { type: "boolean", short: "h" } as const;

/** What `parseArgs` takes behind each command; completion offers the same. */
export const COMMAND_OPTIONS = {
  assess: {
    format: text,
    minutes: text,
    target: text,
    defaults: text,
    config: text,
    "no-config": flag,
    help,
  },
  explain: { format: text, target: text, sources: flag, config: text, "no-config": flag, help },
  matrix: { format: text, target: text, help },
  images: {
    format: text,
    to: text,
    tool: text,
    target: text,
    registry: text,
    pin: text,
    "insecure-registry": text,
    defaults: text,
    config: text,
    "no-config": flag,
    help,
  },
  manifests: {
    out: text,
    force: flag,
    target: text,
    "image-style": text,
    registry: text,
    defaults: text,
    config: text,
    "no-config": flag,
    help,
  },
  verify: {
    gadget: text,
    old: text,
    new: text,
    run: text,
    timeout: text,
    target: text,
    key: text,
    debug: flag,
    format: text,
    help,
  },
  init: { target: text, yes: flag, "dry-run": flag, help },
  completion: { config: text, "no-config": flag, help },
  help: { help },
} as const satisfies Readonly<
  Record<CommandName, Readonly<Record<string, { readonly type: "string" | "boolean" }>>>
>;
