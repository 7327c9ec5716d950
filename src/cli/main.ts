import { resolve } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { printable } from "../reporters/terminal.ts";
import type { Choice } from "./changes.ts";
import { COMMANDS, isCommand } from "./commands.ts";
import { Fault } from "./fault.ts";
import { HELP } from "./help.ts";
import { gather, gatherStdin } from "./gather.ts";
import type { Io } from "./io.ts";
import { type Options, parseCommandLine } from "./options.ts";
import { checkOutput, checkOutputsApart } from "./output.ts";
import { type Project, projectOf } from "./project.ts";

/**
 * Runs one command line and returns its exit code: 0 nothing found, 1 findings, 2 wrong usage, 3 a fault of our own. It
 * never ends the process, and never throws.
 * @param argv the words behind the program's name
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const [command = "", ...rest] = argv;
    if (isCommand(command)) return await (await COMMANDS[command].load())(rest, io);
    const line = parseCommandLine(argv);
    switch (line.kind) {
      case "help":
        await io.stdout(HELP);
        return 0;
      case "version":
        await io.stdout(`${manifest.version}\n`);
        return 0;
      case "run":
        return await start(line.options, io);
    }
  } catch (error) {
    return await report(error, io);
  }
}

/** What git is asked with is loaded only for those who ask it. */
async function choiceOf(options: Options, project: Project): Promise<Choice | null> {
  const isAsked = options.staged || options.since !== undefined;
  return isAsked ? (await import("./changes.ts")).choiceOf(options, project) : null;
}

/** Reading begins before the parsers and the rules are loaded. */
async function start(options: Options, io: Io): Promise<number> {
  const { outputs, paths, stdinFilename } = options;
  const files = outputs.flatMap(({ file }) => file ?? []);
  for (const file of files) checkOutput(file, io.cwd);
  checkOutputsApart(files, stdinFilename === undefined ? paths : [stdinFilename], io.cwd);
  const found = await projectOf(options, io);
  const { baseline } = options;
  const own =
    baseline === undefined || baseline === null
      ? found.ownFiles
      : [...found.ownFiles, resolve(io.cwd, baseline)];
  const project = { ...found, ownFiles: own };
  const gathering =
    stdinFilename === undefined
      ? await gather(paths, project, io, await choiceOf(options, project))
      : gatherStdin(stdinFilename, project, io);
  const { run } = await import("./run.ts");
  return run(options, project, gathering, io);
}

async function report(error: unknown, io: Io): Promise<number> {
  const isKnown = error instanceof Fault;
  try {
    const told = isKnown ? [error.message, ...error.more] : [];
    await io.stderr(
      isKnown ? told.map((line) => `gadget-migrate: ${printable(line)}\n`).join("") : ownFault(error, io),
    );
  } catch {
    // Nobody reads standard error; the exit code is all that is left to say.
  }
  return isKnown ? 2 : 3;
}

function ownFault(error: unknown, { env }: Io): string {
  const wantsStack = (env["DEBUG"] ?? "") !== "";
  if (wantsStack && error instanceof Error) return `${error.stack ?? error.message}\n`;
  const what = printable(error instanceof Error ? error.message : String(error));
  return `gadget-migrate: This is a fault of gadget-migrate, not yours: ${what}. Please report it with what DEBUG=1 prints.\n`;
}
