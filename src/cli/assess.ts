import { relative, resolve, sep } from "node:path";
import { type EffortClass, EFFORT_CLASSES, type Minutes, type MinutesByClass } from "../assess/effort.ts";
import { type Plan, planOf } from "../assess/plan.ts";
import { ownersIn } from "../files/owners.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { planHtml } from "../reporters/html/plan.ts";
import { planMarkdown } from "./assess-markdown.ts";
import { planText } from "./assess-text.ts";
import { readCommandWords, reportOptions } from "./command-words.ts";
import { Fault } from "./fault.ts";
import { didYouMean } from "./option-values.ts";
import { gather } from "./gather.ts";
import type { Io } from "./io.ts";
import { look } from "./look.ts";
import { planSteps } from "./next-steps.ts";
import type { Options } from "./options.ts";
import { painter, wantsColour } from "./paint.ts";
import { projectOf } from "./project.ts";
import { targetOf } from "./target.ts";

export const FORMATS = ["text", "markdown", "html", "json"] as const;
type Format = (typeof FORMATS)[number];

/**
 * `assess`: prints the plan before the work. Writes nothing.
 * @param argv the words behind `assess`
 * @returns the exit code, 0
 * @throws Fault for what the user can put right
 */
export async function assessCommand(argv: readonly string[], io: Io): Promise<number> {
  const line = readLine(argv);
  if (line === null) {
    await io.stdout(ASSESS_HELP);
    return 0;
  }
  const { plan, root } = await assess(line, io);
  await io.stdout(printed(plan, line.format, root, io));
  return 0;
}

const ASSESS_HELP = `Prints the plan before the work: what there is, how long it takes, until when.

  gadget-migrate assess                        for the terminal
  gadget-migrate assess --format html > p.html a page to send around

Usage: gadget-migrate assess [options] [paths...]

  --format FORMAT      text (default), markdown, html or json
  --minutes CLASS=FIRST[/AGAIN][,...]
                       your own minutes for a finding of a class, and for a
                       repeat of its text: unsafe=20/5. The classes:
                     ${EFFORT_CLASSES.join(", ")}
  --target VERSION     release to migrate to (default: found here, else newest)
  --defaults keep|new  add flags that keep old defaults (default), or do not
  --config FILE        instead of the configuration found
  --no-config          take none
  --help

Owners are those of CODEOWNERS.
`;

interface Line {
  readonly format: Format;
  readonly minutes: Partial<MinutesByClass>;
  readonly options: Options;
}

/** Options of the report that the plan depends on. */
const SHARED = ["target", "defaults", "config", "no-config"] as const;

/** @returns null when help is asked for */
function readLine(argv: readonly string[]): Line | null {
  const { values, positionals } = readCommandWords("assess", argv);
  if (values.help === true) return null;
  const format = FORMATS.find((known) => known === (values.format ?? "text"));
  if (format === undefined)
    throw new Fault(
      `--format of assess takes text, markdown, html or json; got ${JSON.stringify(values.format)}${didYouMean(values.format ?? "", FORMATS)}`,
    );
  return { format, minutes: ownMinutes(values.minutes), options: reportOptions(values, SHARED, positionals) };
}

/** `safe=1,unsafe=20/5` */
function ownMinutes(value: string | undefined): Partial<MinutesByClass> {
  const entries = (value?.split(",") ?? []).map((part): [EffortClass, Minutes] => {
    const [, name, first = "", again = first] = /^(\w+)=(\d{1,5})(?:\/(\d{1,5}))?$/.exec(part) ?? [];
    const known = EFFORT_CLASSES.find((one) => one === name);
    if (known !== undefined) return [known, { first: Number(first), again: Number(again) }];
    throw new Fault(
      `--minutes takes a class (${EFFORT_CLASSES.join(", ")}) and whole minutes, such as unsafe=20/5; got ${JSON.stringify(part)}.`,
    );
  });
  return Object.fromEntries(entries);
}

async function assess({ options, minutes }: Line, io: Io): Promise<{ plan: Plan; root: string }> {
  const project = await projectOf(options, io);
  const gathering = await gather(options.paths, project, io);
  try {
    const { report } = await look(options, project, gathering, io);
    const { target } = report;
    const knowledge = loadKnowledge();
    const scope = gathering.scope();
    // A target that is given says where to go, not where the repository stands.
    const isGiven = target.source === "option" || target.source === "configuration";
    const { evidence } = isGiven ? await targetOf(scope, project.exclude, knowledge) : target;
    const ownersOf = ownersIn(scope.root);
    const steps = planSteps(report, options, io);
    return { plan: planOf(report, { ownersOf, evidence, minutes, knowledge, steps }), root: scope.root };
  } finally {
    gathering.stop();
  }
}

function printed(plan: Plan, format: Format, root: string, { cwd, env, isTTY }: Io): string {
  const show = (path: string): string => relative(cwd, resolve(root, path)).replaceAll(sep, "/");
  switch (format) {
    case "text":
      return planText(plan, show, painter(wantsColour("auto", env, isTTY)));
    case "markdown":
      return planMarkdown(plan);
    case "html":
      return planHtml(plan, loadKnowledge());
    case "json":
      return `${JSON.stringify({ version: 1, ...plan }, null, 2)}\n`;
  }
}
