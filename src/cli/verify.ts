import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { chooseTarget } from "../engine/target.ts";
import { findGadgets } from "../explain/find.ts";
import { systemReason } from "../files/reasons.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { findImage, type Running } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { ProgramId } from "../translate/translation.ts";
import { readOutput, type Output } from "../verify/events.ts";
import { verifyOutputs } from "../verify/verify.ts";
import { readCommandWords } from "./command-words.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";
import { listed } from "./tables.ts";
import { explicitTarget } from "./target.ts";
import { verificationJson, verificationText, type Compared } from "./verify-text.ts";

/**
 * `verify`: compares what the old and the new form of a gadget print.
 * @param argv the words behind `verify`
 * @returns the exit code: 0 when they are consistent, else 1
 * @throws Fault when the words are wrong, an output cannot be read, or a command fails
 */
export async function verifyCommand(argv: readonly string[], io: Io): Promise<number> {
  const line = readLine(argv);
  if (line.kind === "help") {
    await io.stdout(VERIFY_HELP);
    return 0;
  }
  const compared = line.kind === "run" ? await compareRuns(line, io) : await compareFiles(line, io);
  const render = line.format === "json" ? verificationJson : verificationText;
  await io.stdout(render(compared, line.debug));
  return compared.verification.consistent ? 0 : 1;
}

const VERIFY_HELP = `Compares what a built-in gadget prints with what its image prints.

  gadget-migrate verify --gadget "trace exec" --old old.json --new new.json
  gadget-migrate verify --run "kubectl gadget trace exec -n demo" --timeout 20

Usage: gadget-migrate verify [options]

  --gadget GADGET    the command that printed the old output (trace exec)
  --old FILE         its output: JSON, YAML or columns
  --new FILE         the output of its image
  --run COMMAND      run the old command and its new form side by side, with a
                     program that has both (v0.36.0 to v0.41.2)
  --timeout SECONDS  how long --run lets them run (default: 20)
  --target VERSION   release of the image (default: the newest known; with --run
                     the program's own)
  --key FIELD[,F]    fields of the image that tell events apart (default: those
                     whose values are the same on both sides)
  --debug            show each pair of events
  --format FORMAT    text (default) or json
  --help

Exit codes: 0 all mapped fields are equal, 1 they are not, 2 wrong usage
`;

interface Settings {
  readonly target: string | undefined;
  readonly keys: readonly string[] | undefined;
  readonly debug: boolean;
  readonly format: "text" | "json";
}

interface FilesLine extends Settings {
  readonly kind: "files";
  readonly gadget: string;
  readonly old: string;
  readonly new: string;
}

export interface RunLine extends Settings {
  readonly kind: "run";
  readonly command: string;
  readonly seconds: number;
}

function readLine(argv: readonly string[]): FilesLine | RunLine | { readonly kind: "help" } {
  const { values, positionals } = readCommandWords("verify", argv);
  if (values.help === true) return { kind: "help" };
  if (positionals.length > 0)
    throw new Fault(
      `verify takes no words of its own; got ${JSON.stringify(positionals[0])}. See gadget-migrate verify --help.`,
    );
  const { gadget, old, run, target, debug = false, format = "text", timeout = "20" } = values;
  if (format !== "text" && format !== "json")
    throw new Fault(`--format of verify takes text or json; got ${JSON.stringify(format)}.`);
  const settings: Settings = { target, keys: values.key?.split(","), debug, format };
  if (run !== undefined) {
    if (gadget !== undefined || old !== undefined || values.new !== undefined)
      throw new Fault("--run prints both outputs itself; leave out --gadget, --old and --new.");
    const seconds = Number(timeout);
    if (!(seconds > 0))
      throw new Fault(`--timeout takes a number of seconds; got ${JSON.stringify(timeout)}.`);
    return { ...settings, kind: "run", command: run, seconds };
  }
  if (gadget === undefined || old === undefined || values.new === undefined)
    throw new Fault("verify needs --gadget, --old and --new, or --run. See gadget-migrate verify --help.");
  if (values.timeout !== undefined) throw new Fault("--timeout goes with --run.");
  return { ...settings, kind: "files", gadget, old, new: values.new };
}

async function compareFiles(line: FilesLine, io: Io): Promise<Compared> {
  const knowledge = loadKnowledge();
  const gadget = gadgetOf(line.gadget, knowledge);
  const target =
    line.target === undefined
      ? chooseTarget([], knowledge).version
      : explicitTarget(line.target, knowledge).version;
  const running = runningOf(gadget, programOf(gadget), target, knowledge);
  const [before, after] = [await readFile(line.old, io), await readFile(line.new, io)];
  const verification = verifyOutputs(before, after, gadget, running, { keys: line.keys, isWhole: true });
  return { gadget, running, before, after, verification, names: { old: line.old, new: line.new } };
}

async function compareRuns(line: RunLine, io: Io): Promise<Compared> {
  const { runBoth } = await import("./side-by-side.ts");
  const knowledge = loadKnowledge();
  const runs = await runBoth(line, knowledge, io);
  const gadget = gadgetOf(runs.gadget, knowledge);
  const running = runningOf(gadget, runs.program, runs.target, knowledge);
  const [before, after] = [await outputOf(runs.old.text), await outputOf(runs.new.text)];
  const verification = verifyOutputs(before, after, gadget, running, { keys: line.keys, isWhole: false });
  return {
    gadget,
    running,
    before,
    after,
    verification,
    names: { old: runs.old.command, new: runs.new.command },
  };
}

function gadgetOf(name: string, knowledge: Knowledge): Gadget {
  const found = findGadgets(name, knowledge);
  if (found.kind === "new-image")
    throw new Fault(
      `${found.image} is an image since ${found.since}, and no built-in gadget was like it: there is nothing to compare.`,
    );
  if (found.kind === "unknown") {
    const hint = found.nearest.length === 0 ? "" : `; the nearest: ${listed(found.nearest)}`;
    throw new Fault(`There is no gadget ${JSON.stringify(name)}${hint}.`);
  }
  const [only, more] = found.gadgets;
  if (only === undefined || more !== undefined)
    throw new Fault(
      `${JSON.stringify(name)} is several gadgets; name one: ${listed(found.gadgets.map(({ command }) => command))}.`,
    );
  return only;
}

function runningOf(gadget: Gadget, program: ProgramId, release: string, knowledge: Knowledge): Running {
  const row = gadget.to.find((candidate) => within(candidate, release));
  const image = row?.image == null ? null : findImage(knowledge, row.image);
  if (image === null || !within(image, release))
    throw new Fault(
      `No image does what ${gadget.command} did at ${release}, so there is nothing to compare.`,
    );
  return { knowledge, image, program, release };
}

/** Any of the programs that ran it, as today's. */
function programOf({ programs }: Gadget): ProgramId {
  return programs["kubectl-gadget"] === undefined ? "ig" : "kubectl-gadget";
}

async function readFile(path: string, io: Io): Promise<Output> {
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, path), "utf8");
  } catch (error) {
    throw new Fault(`Cannot read ${path}: ${systemReason(error)}.`);
  }
  return outputOf(text);
}

async function outputOf(text: string): Promise<Output> {
  const { parseAllDocuments } = await import("yaml");
  return readOutput(text, (yaml) =>
    Array.from(parseAllDocuments(yaml, { logLevel: "silent" }), (document) =>
      document.errors.length > 0 ? document.toString() : (document.toJS() as unknown),
    ),
  );
}
