import { knownTargets } from "../engine/target.ts";
import { explain, programFlagsAt, type Explanation } from "../explain/explain.ts";
import { findGadgets } from "../explain/find.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { isRuleId, type RuleId, ruleOf } from "../rules/registry.ts";
import { explanationMarkdown } from "./explain-markdown.ts";
import { explanationText } from "./explain-text.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";
import { knowledgeOf } from "./project.ts";
import { listed, wrap } from "./tables.ts";
import { readTopic, type TopicLine } from "./topic.ts";
import { explicitTarget } from "./target.ts";

/**
 * `explain RULE|GADGET`: prints what changed for it.
 * @param argv the words behind `explain`
 * @returns the exit code, 0
 * @throws Fault when the words name neither a rule nor a gadget, or an option is wrong
 */
export async function explainCommand(argv: readonly string[], io: Io): Promise<number> {
  const line = readTopic("explain", argv);
  if (line.kind === "help") {
    await io.stdout(EXPLAIN_HELP);
    return 0;
  }
  const name = line.words.join(" ").trim();
  if (name === "")
    throw new Fault("explain needs the name of a gadget or rule, such as `explain trace open`.");
  await io.stdout(
    isRuleId(name) ? ruleText(name, line) : gadgetsText(name, line, await knowledgeOf(line.options, io)),
  );
  return 0;
}

const EXPLAIN_HELP = `Prints what changed for a built-in gadget, or what a rule is about.

  gadget-migrate explain trace open          what became of a gadget
  gadget-migrate explain floating-image      what a rule is about

Usage: gadget-migrate explain [options] RULE|GADGET

A gadget is a command (trace open), words that several begin with (traceloop),
an older name (opensnoop) or an image (trace_open).

  --target VERSION   release to migrate to (default: the newest known)
  --format FORMAT    text (default), markdown or json
  --sources          say where each row was read from (for text; others do)
  --config FILE      take gadgets of your own from there; --no-config: none
  --help
`;

function ruleText(id: RuleId, { format }: TopicLine): string {
  const rule = ruleOf(id);
  if (format === "json") return json({ rule: { id, ...rule } });
  const { what, why, fix } = rule;
  if (format === "markdown") return `# ${id}\n\n${what}\n\n${why}\n\n${fix}\n`;
  return `${[[id], ...[what, why, fix].map((part) => wrap(part, 2))].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function gadgetsText(name: string, line: TopicLine, knowledge: Knowledge): string {
  const target = targetOf(line, knowledge);
  const explanations = gadgetsOf(name, knowledge).map((gadget) => explain(gadget, target, knowledge));
  const flags = programFlagsAt(target, knowledge);
  const shown = (one: Explanation): typeof flags =>
    flags.filter((flag) => one.programs.some(({ program }) => flag.programs.includes(program)));
  switch (line.format) {
    case "json":
      return json({ target, gadgets: explanations.map((one) => ({ ...one, programFlags: shown(one) })) });
    case "markdown":
      return explanations.map((one) => explanationMarkdown(one, shown(one))).join("\n");
    case "text":
      return explanations.map((one) => explanationText(one, shown(one), line.sources)).join("\n");
  }
}

function gadgetsOf(name: string, knowledge: Knowledge): readonly Gadget[] {
  const found = findGadgets(name, knowledge);
  switch (found.kind) {
    case "gadgets":
      return found.gadgets;
    case "new-image":
      throw new Fault(
        `${found.image} is an image since ${found.since}, and no built-in gadget was like it: there is nothing to migrate.`,
      );
    case "unknown": {
      const hint = found.nearest.length === 0 ? "" : `; the nearest: ${listed(found.nearest)}`;
      throw new Fault(`There is no gadget or rule ${JSON.stringify(name)}${hint}.`);
    }
  }
}

/** The target that is given, else the newest known. */
function targetOf({ target }: TopicLine, knowledge: Knowledge): string {
  if (target !== undefined) return explicitTarget(target, knowledge).version;
  const newest = knownTargets(knowledge).at(-1);
  if (newest === undefined) throw new Error("the knowledge has no images");
  return newest;
}

function json(content: object): string {
  return `${JSON.stringify({ version: 1, ...content }, null, 2)}\n`;
}
