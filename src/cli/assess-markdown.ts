import type { Plan, Share } from "../assess/plan.ts";
import { duration, ESTIMATE, milestoneText, otherLine, standingLine } from "../assess/sentences.ts";
import { codeSpan, escapeMarkdown } from "../reporters/markdown.ts";
import { countsLine, targetLine } from "../reporters/sentences.ts";
import { markdownTable } from "./tables.ts";

/** The plan as Markdown for an issue or a page; paths are relative to the project's root; ends with a newline. */
export function planMarkdown(plan: Plan): string {
  const head = [
    "# Migration plan",
    `**${countsLine(plan.summary)}**`,
    escapeMarkdown(targetLine(plan, (path) => path)),
  ];
  const sections = [
    ...deadline(plan),
    ...effort(plan),
    ...shares("gadget", plan.gadgets),
    ...shares("language", plan.languages),
    ...shares("owner", plan.owners),
    ...steps(plan),
  ];
  return `${[...head, ...sections].join("\n\n")}\n`;
}

function deadline({ standing, summary }: Plan): readonly string[] {
  if (summary.findings === 0) return [];
  const { milestones, others } = standing;
  const plain = (path: string): string => path;
  const list = others.map((other) => `- ${escapeMarkdown(otherLine(other, plain))}`);
  return [
    "## Deadline",
    escapeMarkdown(standingLine(standing, plain)),
    table(
      ["Release", "Date", "What"],
      milestones.map((one) => [one.tag, one.date, milestoneText(one)]),
    ),
    ...(list.length === 0 ? [] : [list.join("\n")]),
  ];
}

function effort({ effort: classes, minutes }: Plan): readonly string[] {
  if (classes.length === 0) return [];
  const rows = classes.map((one) => [
    one.what,
    ...[one.count, one.repeats, one.first, one.again].map(String),
    duration(one.minutes),
    one.why,
  ]);
  return [
    `## Work: about ${duration(minutes)}`,
    table(["Class", "Count", "Repeats", "Minutes", "For a repeat", "Time", "What it takes"], rows),
    ESTIMATE.replace("--minutes", "`--minutes`"),
  ];
}

function shares(what: string, all: readonly Share[]): readonly string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ name, findings, safe, unsafe, manual, minutes }) => [
    codeSpan(name),
    ...[findings, safe, unsafe, manual].map(String),
    duration(minutes),
  ]);
  return [`## By ${what}`, table([what, "all", "safe", "unsafe", "manual", "time"], rows)];
}

function steps({ steps: all }: Plan): readonly string[] {
  if (all.length === 0) return [];
  return [
    "## Next steps",
    all.map(({ command, effect }, i) => `${i + 1}. ${codeSpan(command)} ${effect}`).join("\n"),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable(head, rows).join("\n");
}
