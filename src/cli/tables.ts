/** The most columns that a line of text takes. */
const WIDTH = 100;

/** The words of a text on lines of at most `WIDTH` columns, each behind `indent` blanks; a longer word has a line of its own. */
export function wrap(text: string, indent: number, first = indent): readonly string[] {
  const lines: string[] = [];
  let line = " ".repeat(first);
  let isEmpty = true;
  for (const word of text.split(/\s+/)) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ".repeat(indent);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** A row of a table, with sentences that stand below it. */
export interface TextRow {
  readonly cells: readonly string[];
  readonly below: readonly string[];
}

const GAP = 2;
const INDENT = 2;

/** Columns as wide as they need to be; a row that would be longer than `WIDTH` goes on below its first cell. */
export function textTable(head: readonly string[], rows: readonly TextRow[]): readonly string[] {
  const lists = [head, ...rows.map(({ cells }) => cells)];
  const widths = head.map((_, i) => Math.max(...lists.map((cells) => cells[i]?.length ?? 0)));
  const total = INDENT + widths.reduce((sum, width) => sum + width + GAP, -GAP);
  const excess = Math.max(0, total - WIDTH);
  const [first = 0, ...others] = widths;
  const narrow = [Math.max(12, first - excess), ...others];
  return [
    rowLine(head, narrow),
    ...rows.flatMap(({ cells, below }) => [
      ...rowLines(cells, narrow),
      ...below.flatMap((sentence) => wrap(sentence, INDENT + 4)),
    ]),
  ];
}

function rowLines(cells: readonly string[], widths: readonly number[]): readonly string[] {
  const [head = "", ...rest] = cells;
  if (head.length <= (widths[0] ?? 0)) return [rowLine(cells, widths)];
  return [...wrap(head, INDENT + 2, INDENT), rowLine(["", ...rest], widths)];
}

function rowLine(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, i) => cell.padEnd(widths[i] ?? 0));
  return `${" ".repeat(INDENT)}${padded.join(" ".repeat(GAP))}`.trimEnd();
}

/** A table of GitHub's Markdown. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cellText).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function cellText(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** A name as code, nothing for nothing. */
export function code(name: string | null): string {
  return name === null || name === "" ? "" : `\`${name}\``;
}

/** `a, b and c` */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}
