import { spawn } from "node:child_process";
import { literal } from "../commands/command.ts";
import { findCommands, type FoundCommand } from "../commands/find.ts";
import { scan } from "../engine/scan.ts";
import { givenTarget, parseTarget } from "../engine/target.ts";
import { systemReason } from "../files/reasons.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { Languages } from "../languages/registry.ts";
import { encode } from "../languages/shell/quote.ts";
import { sentence } from "../rules/messages.ts";
import { applyEdits } from "../text/edits.ts";
import { Fragment } from "../text/fragment.ts";
import type { ProgramId } from "../translate/translation.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";
import { explicitTarget } from "./target.ts";

/** A command as it was run, and what it wrote to standard output. */
interface Run {
  readonly command: string;
  readonly text: string;
}

interface Runs {
  /** The old command path. */
  readonly gadget: string;
  readonly program: ProgramId;
  readonly target: string;
  readonly old: Run;
  readonly new: Run;
}

/**
 * Runs a built-in gadget and its image at the same time, both with JSON as output, until they end or the time is over.
 * @param line the old command, of literal words; how long they may run; the release of the image, else that of the program
 * @throws Fault when the command is none that can be rewritten, or one of both fails
 */
export async function runBoth(
  line: { readonly command: string; readonly seconds: number; readonly target: string | undefined },
  knowledge: Knowledge,
  io: Io,
): Promise<Runs> {
  const plain = await plainCommand(line.command, knowledge);
  const old = withJson(plain);
  const target =
    line.target === undefined
      ? await ownRelease(plain, knowledge, io)
      : explicitTarget(line.target, knowledge).version;
  const rewritten = await rewrite(old, target);
  await io.stderr(
    `gadget-migrate: running for up to ${line.seconds} s:\n  ${shown(old.words)}\n  ${shown(rewritten.words)}\n`,
  );
  const [before, after] = await Promise.all([
    capture(old.words, line.seconds, io),
    capture(rewritten.words, line.seconds, io),
  ]);
  return {
    gadget: rewritten.gadget,
    program: plain.program,
    target,
    old: { command: shown(old.words), text: before },
    new: { command: shown(rewritten.words), text: after },
  };
}

/** One command without shell around it, as the words that it is started with. */
interface PlainCommand {
  readonly words: readonly string[];
  /** How many of them, wrappers such as `sudo` included, stand up to the end of the program's name. */
  readonly head: number;
  readonly program: ProgramId;
}

async function plainCommand(text: string, knowledge: Knowledge): Promise<PlainCommand> {
  const languages = new Languages();
  await languages.load("shell");
  const read = languages.reader("command.sh");
  const { invocations, problems } = read("shell", Fragment.of(text));
  const [found, another] = findCommands(invocations, knowledge, read);
  const [invocation] = invocations;
  if (found === undefined || invocation === undefined || another !== undefined || invocations.length > 1)
    throw new Fault(`--run takes one command of a gadget; got ${JSON.stringify(text)}.`);
  const words = invocation.words.map(({ value }) => literal(value));
  const { pipe, sink } = invocation.output;
  const isPlain = problems.length === 0 && pipe.length === 0 && sink.kind === "stdout" && isStarted(found);
  if (!isPlain || words.includes(null))
    throw new Fault("--run takes a plain command: no pipes, redirections, variables or scripts in it.");
  const last = found.words[found.programWords - 1];
  const head = invocation.words.findIndex((word) => word === last) + 1;
  return { words: words.flatMap((word) => word ?? []), head, program: found.program.now.id };
}

/** Whether the words of the invocation itself name the program, rather than a script in one of them or an image. */
function isStarted({ words, programWords, invocation }: FoundCommand): boolean {
  const last = words[programWords - 1];
  return last !== undefined && invocation.words.includes(last);
}

/** The same with JSON as output, whatever it had. */
function withJson({ words, ...command }: PlainCommand): PlainCommand {
  const kept: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (i >= command.head && /^(?:-o|--output)$/.test(word)) i += 1;
    else if (i < command.head || !/^(?:-o.|--output=)/.test(word)) kept.push(word);
  }
  return { ...command, words: [...kept, "-o", "json"] };
}

/** The command at a release, as the tool itself rewrites it. */
async function rewrite(
  { words }: PlainCommand,
  target: string,
): Promise<{ readonly gadget: string; readonly words: readonly string[] }> {
  const text = shown(words);
  const { files } = await scan([{ path: "command.sh", text }], { target: () => givenTarget(target) });
  const [finding] = files.flatMap(({ findings }) => findings);
  if (finding?.gadget == null)
    throw new Fault(`There is no built-in gadget in ${text}, so nothing to compare with.`);
  if (finding.fix === null) {
    const why = finding.notes.map(sentence)[0] ?? sentence(finding.message);
    throw new Fault(`${finding.gadget} has no new form that can be run beside it: ${why}`);
  }
  const languages = new Languages();
  await languages.load("shell");
  const after = languages.reader("command.sh")("shell", Fragment.of(applyEdits(text, finding.fix.edits)));
  const all = after.invocations[0]?.words.map(({ value }) => literal(value) ?? "") ?? [];
  return { gadget: finding.gadget, words: all };
}

/** The release that the program says it is. */
async function ownRelease({ words, head }: PlainCommand, knowledge: Knowledge, io: Io): Promise<string> {
  const said = await capture([...words.slice(0, head), "version"], 10, io);
  const [tag] = /v?\d+\.\d+\.\d+/.exec(said) ?? [];
  const parsed = tag === undefined ? null : parseTarget(tag, knowledge);
  if (parsed?.ok === true) return parsed.tag;
  const what =
    tag === undefined ? "does not say its release" : `says it is ${tag}, which has no images that are known`;
  throw new Fault(`${shown(words.slice(0, head))} ${what}; name the images' release with --target.`);
}

/** How long a program has to end once it was asked to, in milliseconds. */
const GRACE = 5000;

/** What a command writes to standard output until it ends; after some seconds it is interrupted, as by Ctrl-C. */
function capture([program = "", ...args]: readonly string[], seconds: number, io: Io): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: io.cwd,
      env: { ...process.env, ...io.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let isOver = false;
    const interrupt = setTimeout(() => {
      isOver = true;
      child.kill("SIGINT");
    }, seconds * 1000);
    const kill = setTimeout(() => child.kill("SIGKILL"), seconds * 1000 + GRACE);
    const done = (): void => {
      clearTimeout(interrupt);
      clearTimeout(kill);
    };
    child.stdout.on("data", (data: Buffer) => out.push(data));
    child.stderr.on("data", (data: Buffer) => err.push(data));
    child.on("error", (error) => {
      done();
      reject(new Fault(`Cannot start ${program}: ${systemReason(error)}.`));
    });
    child.on("close", (code) => {
      done();
      if (code === 0 || isOver) resolve(Buffer.concat(out).toString("utf8"));
      else reject(new Fault(failure([program, ...args], code, Buffer.concat(err).toString("utf8"))));
    });
  });
}

function failure(words: readonly string[], code: number | null, stderr: string): string {
  const said = stderr.trim().split("\n").at(-1) ?? "";
  const end = code === null ? "was ended from outside" : `ended with exit code ${code}`;
  return `${shown(words)} ${end}${said === "" ? "." : `: ${said}`}`;
}

/** Words as a shell takes them. */
function shown(words: readonly string[]): string {
  return words.map((word) => (word === "" ? "''" : (encode(word, "bare") ?? word))).join(" ");
}
