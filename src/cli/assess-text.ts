import type { Plan, Share } from "../assess/plan.ts";
import { duration, ESTIMATE, milestoneText, otherLine, standingLine } from "../assess/sentences.ts";
import { countsLine, targetLine } from "../reporters/sentences.ts";
import { columns, printable } from "../reporters/terminal.ts";
import type { painter } from "./paint.ts";
import { textTable, wrap } from "./tables.ts";

type Paint = ReturnType<typeof painter>;

/**
 * The plan for a terminal; ends with a newline.
 * @param show writes a path of the plan as the user would type it
 */
export function planText(plan: Plan, show: (path: string) => string, paint: Paint): string {
  const path = (name: string): string => printable(show(name));
  const title = (text: string): string => paint("strong", text);
  const blocks = [
    [title(countsLine(plan.summary)), targetLine(plan, path)],
    ...(plan.summary.findings === 0 ? [] : [[title("Deadline"), ...deadline(plan, path)]]),
    ...(plan.effort.length === 0 ? [] : [[title(`Work: about ${duration(plan.minutes)}`), ...effort(plan)]]),
    ...shares("By gadget", "gadget", plan.gadgets, paint),
    ...shares("By language", "language", plan.languages, paint),
    ...shares("By owner", "owner", plan.owners, paint),
    ...(plan.steps.length === 0 ? [] : [[title("Next steps"), ...steps(plan, paint)]]),
  ];
  return blocks.map((lines) => `${lines.join("\n")}\n`).join("\n");
}

/** Other releases that are shown; the JSON has all. */
const MOST_SIGNS = 5;

function deadline({ standing }: Plan, show: (path: string) => string): readonly string[] {
  const { milestones, others } = standing;
  const more = others.length - MOST_SIGNS;
  return [
    ...wrap(printable(standingLine(standing, show)), 2),
    ...textTable(
      ["release", "date", ""],
      milestones.map((one) => ({ cells: [one.tag, one.date, milestoneText(one)], below: [] })),
    ).slice(1),
    ...others.slice(0, MOST_SIGNS).flatMap((other) => wrap(printable(otherLine(other, show)), 4, 2)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function effort({ effort: classes }: Plan): readonly string[] {
  const rows = classes.map(({ class: name, what, why, first, again, count, repeats, minutes }) => ({
    cells: [
      name,
      number(count),
      number(repeats),
      number(first),
      number(again),
      duration(minutes).padStart(11),
    ],
    below: [`${what}: ${why}`],
  }));
  return [
    ...textTable(["class", "count", "repeats", "minutes", "for a repeat", "       time"], rows),
    ...wrap(ESTIMATE, 2),
  ];
}

function number(value: number): string {
  return String(value).padStart(5);
}

/** So many rows are shown; the JSON has all. */
const MOST_ROWS = 15;

function shares(
  title: string,
  column: string,
  all: readonly Share[],
  paint: Paint,
): readonly (readonly string[])[] {
  if (all.length === 0) return [];
  const more = all.length - MOST_ROWS;
  const rows = all.slice(0, MOST_ROWS).map(({ name, findings, safe, unsafe, manual, minutes }) => ({
    cells: [
      printable(name),
      ...[findings, safe, unsafe, manual].map((count) => String(count).padStart(6)),
      duration(minutes).padStart(11),
    ],
    below: [],
  }));
  const head = [column, "   all", "  safe", "unsafe", "manual", "       time"];
  return [
    [
      paint("strong", title),
      ...textTable(head, rows),
      ...(more > 0 ? [`  and ${more} more (--format json has all)`] : []),
    ],
  ];
}

function steps({ steps: all }: Plan, paint: Paint): readonly string[] {
  const width = Math.max(...all.map(({ command }) => columns(printable(command))));
  return all.map(({ command, effect }) => {
    const shown = printable(command);
    return `  ${paint("strong", shown)}${" ".repeat(width - columns(shown) + 2)}${effect}`;
  });
}
