import type { Range } from "../../text/edits.ts";
import type { Action } from "./actions.ts";

/** A line of the template; one that an action spans is one line with the next. */
export interface Line extends Range {
  readonly values: readonly Action[];
  /** What must not be seen: actions that print nothing, text that is left out. */
  readonly hidden: readonly Range[];
  readonly hasControl: boolean;
  /** Column where its text would begin without the actions before it, -1 when it has none. */
  readonly column: number;
  /** Column where its text stands. */
  readonly textColumn: number;
}

/** The lines of a template on one way through it. */
export function linesOf(
  source: string,
  actions: readonly Action[],
  leftOut: readonly Range[],
): readonly Line[] {
  const isLeftOut = rangesAlong(leftOut);
  const visible = actions.filter((action) => isLeftOut(action).length === 0);
  const spanning = rangesAlong(visible);
  const parts = {
    values: rangesAlong(visible.filter(({ kind }) => kind === "value")),
    controls: rangesAlong(visible.filter(({ kind }) => kind !== "value")),
    leftOut: rangesAlong(leftOut),
  };
  const lines: Line[] = [];
  for (let start = 0; start <= source.length;) {
    let newline = source.indexOf("\n", start);
    while (newline !== -1) {
      const [over] = spanning({ start: newline, end: newline + 1 });
      if (over === undefined) break;
      newline = source.indexOf("\n", over.end);
    }
    const stop = newline === -1 ? source.length : newline;
    const end = source[stop - 1] === "\r" && newline > start ? stop - 1 : stop;
    lines.push(lineAt(source, { start, end }, parts));
    start = stop + 1;
  }
  return lines;
}

/** Finds ranges that overlap; asked for places in ascending order. `ranges` are in order and apart. */
function rangesAlong<T extends Range>(ranges: readonly T[]): (place: Range) => readonly T[] {
  let from = 0;
  return (place) => {
    while ((ranges[from]?.end ?? Infinity) <= place.start) from += 1;
    let to = from;
    while ((ranges[to]?.start ?? Infinity) < place.end) to += 1;
    return ranges.slice(from, to);
  };
}

interface Parts {
  readonly values: (line: Range) => readonly Action[];
  readonly controls: (line: Range) => readonly Action[];
  readonly leftOut: (line: Range) => readonly Range[];
}

function lineAt(source: string, line: Range, parts: Parts): Line {
  const values = parts.values(line);
  const controls = parts.controls(line);
  const cut = parts.leftOut(line).map(({ start, end }) => ({
    start: Math.max(start, line.start),
    end: Math.min(end, line.end),
  }));
  const hidden = merged([...controls, ...cut]);
  const covered = [...values, ...hidden];
  let textColumn = -1;
  for (let i = line.start; i < line.end && textColumn === -1; i++) {
    const cover = covered.find((range) => range.start <= i && i < range.end);
    if (cover !== undefined) i = cover.end - 1;
    else if (!/\s/.test(source.charAt(i))) textColumn = i - line.start;
  }
  const hasText = textColumn !== -1;
  const firstValue = values[0];
  if (hasText && firstValue !== undefined) textColumn = Math.min(textColumn, firstValue.start - line.start);
  const indentation = source.slice(line.start, line.end).search(/\S/);
  const column = hasText ? Math.min(textColumn, indentation) : -1;
  return {
    start: line.start,
    end: line.end,
    values,
    hidden,
    hasControl: controls.length > 0,
    column,
    textColumn,
  };
}

/** Ranges in order, those that touch as one. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** From the first to the last action of a line that is nothing else. */
export function extentOf({ start, values, hidden }: Line): Range {
  const parts = [...values, ...hidden];
  return {
    start: Math.max(start, Math.min(...parts.map((range) => range.start))),
    end: Math.max(start, ...parts.map((range) => range.end)),
  };
}
