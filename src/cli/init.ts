import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { words } from "virtual:prefilter";
import manifest from "../../package.json" with { type: "json" };
import { evidenceIn } from "../engine/evidence.ts";
import { Prefilter } from "../engine/prefilter.ts";
import type { Target } from "../engine/report.ts";
import { parseTarget } from "../engine/target.ts";
import { findConfig } from "../files/find-config.ts";
import { discoverAndRead } from "../files/gather.ts";
import { gitTopLevel } from "../files/root.ts";
import { isPlainBelow, listBelow, readBelow } from "../files/surroundings.ts";
import { presentAt, writeNew, type NewFile } from "../files/write-new.ts";
import { type HandStep, type PlannedFile, type Setup, setupOf, type Surroundings } from "../init/setup.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { printable } from "../reporters/terminal.ts";
import { readCommandWords } from "./command-words.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";
import { programOf } from "./next-steps.ts";
import { explicitTarget, projectTarget } from "./target.ts";

/**
 * `init`: writes a configuration, hooks and CI for the tools that the repository uses, where nothing stands yet, and prints
 * what is left to do by hand. Asks only where there is someone to answer.
 * @param argv the words behind `init`
 * @returns the exit code, 0
 * @throws Fault for what the user can put right
 */
export async function initCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readCommandWords("init", argv);
  if (values.help === true) {
    await io.stdout(INIT_HELP);
    return 0;
  }
  if (positionals.length > 0)
    throw new Fault(`init takes no paths; start it in the repository. Got ${positionals.join(" ")}.`);
  const root = gitTopLevel(io.cwd) ?? io.cwd;
  const ask = values.yes === true || values["dry-run"] === true ? undefined : io.ask;
  const around = await look(root, values.target, { ...io, ask });
  const { files, kept, byHand } = withoutDetours(setupOf(around), root);
  const wanted = await chosen(files, root, { ...io, ask });
  for (const file of wanted) await write(file, root, values["dry-run"] === true, io);
  for (const { path, why } of kept) await io.stdout(`left    ${shown(path, root, io)} ${why}\n`);
  for (const file of files.filter((one) => !wanted.includes(one)))
    await io.stdout(`left    ${shown(file.path, root, io)}, as you said\n`);
  await io.stdout(byHandText(byHand));
  const program = programOf(io);
  await io.stdout(
    `\nThen:\n  ${program.padEnd(program.length + 7)}  reports what there is\n  ${program} assess  plans the work\n`,
  );
  if (values["dry-run"] === true) await io.stdout("Nothing was written.\n");
  return 0;
}

const INIT_HELP = `Writes configuration, hooks and CI for what it finds in the repository.

  gadget-migrate init --dry-run   say what would be written
  gadget-migrate init             write it, asking on a terminal only

Usage: gadget-migrate init [options]

  --target VERSION   the release to put down (default: found here, else none)
  --yes              do not ask; as without a terminal, all is written
  --dry-run          write nothing
  --help

Nothing that is there is changed: what to add to it is printed. It writes, at
the top of the repository and where nothing stands:
  gadget-migrate.config.yaml              always
  .github/workflows/gadget-migrate.yaml   beside other workflows
  .gitlab/gadget-migrate.yml              beside .gitlab-ci.yml
  .husky/pre-commit, .lintstagedrc.json   where package.json has these tools
  .pre-commit-config.yaml                 where no tool for hooks is found
`;

async function look(root: string, typed: string | undefined, io: Io): Promise<Surroundings> {
  const [config] = findConfig(io.cwd);
  const target = config === undefined || typed !== undefined ? await targetFor(root, typed, io) : NO_TARGET;
  return {
    read: (path) => readBelow(root, path),
    list: (folder) => listBelow(root, folder),
    isGit: gitTopLevel(root) !== null,
    config: config === undefined ? null : relative(root, config).replaceAll(sep, "/"),
    target,
    version: manifest.version,
  };
}

/** Of no account where a configuration is there. */
const NO_TARGET: Target = { version: "", source: "default", evidence: [] };

async function targetFor(root: string, typed: string | undefined, io: Io): Promise<Target> {
  const knowledge = loadKnowledge();
  if (typed !== undefined) return explicitTarget(typed, knowledge);
  const read = await discoverAndRead(
    [root],
    { root, cwd: root, include: undefined, exclude: undefined },
    new Prefilter(words),
  );
  const evidence = read.telling.flatMap((file) => evidenceIn(file, knowledge));
  const found = projectTarget(evidence, [""], knowledge);
  for (;;) {
    const answer = await answered(
      `Inspektor Gadget release that the commands must work on [${found.version}]: `,
      io,
    );
    if (answer === null || answer === "") return found;
    const parsed = parseTarget(answer, knowledge);
    if (parsed.ok) return { version: parsed.tag, source: "option", evidence: [] };
    await io.stderr(`There is no release ${JSON.stringify(answer)}; known: ${parsed.known.join(", ")}.\n`);
  }
}

/** What was typed; null where nobody is asked. @throws Fault at the end of the input */
async function answered(question: string, { ask }: Io): Promise<string | null> {
  if (ask === undefined) return null;
  const answer = await ask(question);
  if (answer === null) throw new Fault("No answer; nothing was written.");
  return answer.trim();
}

/** The files that are wanted, all questions asked before the first is written. */
async function chosen(files: readonly PlannedFile[], root: string, io: Io): Promise<readonly PlannedFile[]> {
  const wanted: PlannedFile[] = [];
  for (const file of files) {
    const answer = await answered(`Write ${shown(file.path, root, io)} (${file.what})? [Y/n] `, io);
    if (answer === null || !/^no?$/i.test(answer)) wanted.push(file);
  }
  return wanted;
}

/** A file that a link leads away from its place is for a person to write. */
function withoutDetours({ files, kept, byHand }: Setup, root: string): Setup {
  const isPlain = ({ path }: PlannedFile): boolean => isPlainBelow(root, path);
  const away = files.filter((file) => !isPlain(file));
  return {
    files: files.filter(isPlain),
    kept,
    byHand: [
      ...away.map(({ path, text }) => ({
        what: `${path}: a link stands on the way, so it is not written; it would be`,
        lines: text.trimEnd().split("\n"),
      })),
      ...byHand,
    ],
  };
}

/** @throws Fault when the file cannot be written */
async function write({ path, text, what }: PlannedFile, root: string, isDry: boolean, io: Io): Promise<void> {
  const name = shown(path, root, io);
  const file: NewFile = { folder: join(root, dirname(path)), name: basename(path), text };
  const present = presentAt(file);
  if (present !== "nothing") {
    await io.stdout(`left    ${name} ${present === "same" ? "is as it should be" : "is there already"}\n`);
    return;
  }
  if (!isDry) {
    const refused = writeNew(file, false);
    if (refused !== null) throw new Fault(`${name} was not written. ${refused}`);
  }
  await io.stdout(`${isDry ? "would write" : "written"} ${name}: ${what}\n`);
}

function byHandText(steps: readonly HandStep[]): string {
  if (steps.length === 0) return "";
  const unique = steps.filter(({ what }, i) => steps.findIndex((one) => one.what === what) === i);
  const texts = unique.map(({ what, lines }, i) => {
    const added = lines.map((line) => `${printable(line)}\n`).join("");
    return `\n${i + 1}. ${printable(what)}\n${added}`;
  });
  return `\nBy hand (the lines as they are):\n${texts.join("")}`;
}

/** A path below the root as one would type it in the working directory. */
function shown(path: string, root: string, { cwd }: Io): string {
  return printable(relative(cwd, resolve(root, path)).replaceAll(sep, "/"));
}
