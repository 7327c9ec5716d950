import type { Range } from "../../text/edits.ts";
import type { Action } from "./actions.ts";

/** One way from `{{ if }}`, `{{ range }}` or the like to its `{{ end }}`. */
interface Branch extends Range {
  readonly chains: readonly Chain[];
}

/** An `{{ if }}` with all its branches. */
interface Chain {
  readonly branches: readonly Branch[];
}

/** More ways through one template are not followed. */
const MAX_WAYS = 16;

/**
 * The ways through a template, so that each branch of each `if` is on one of them: what text each leaves out, as ranges
 * between actions.
 */
export function waysThrough(actions: readonly Action[]): readonly (readonly Range[])[] {
  const chains = chainsOf(actions);
  const count = Math.min(MAX_WAYS, widthOf(chains));
  return Array.from({ length: count }, (_, way) => chains.flatMap((chain) => leftOut(chain, way)));
}

/** The stretches between actions that may not be printed at all: branches without an `{{ else }}`, what is repeated. */
export function conditionsOf(actions: readonly Action[]): readonly Range[] {
  const found: Range[] = [];
  const open: { readonly body: string; start: number; readonly branches: Range[]; hasElse: boolean }[] = [];
  for (const { kind, body, start, end } of actions) {
    if (kind === "open") open.push({ body, start: end, branches: [], hasElse: false });
    const top = open.at(-1);
    if (top === undefined || (kind !== "else" && kind !== "end")) continue;
    top.branches.push({ start: top.start, end: start });
    top.start = end;
    if (kind === "else") top.hasElse ||= body === "else";
    else {
      open.pop();
      if (!top.hasElse && !/^(?:define|block)\b/.test(top.body)) found.push(...top.branches);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The bodies of `{{ define }}`. */
export function definitionsOf(actions: readonly Action[]): readonly Range[] {
  const open: Action[] = [];
  const bodies: Range[] = [];
  for (const action of actions) {
    if (action.kind === "open") open.push(action);
    if (action.kind !== "end") continue;
    const opened = open.pop();
    if (opened !== undefined && /^define\b/.test(opened.body)) {
      bodies.push({ start: opened.end, end: action.start });
    }
  }
  return bodies;
}

interface Open {
  start: number;
  chains: Chain[];
  readonly branches: Branch[];
}

function chainsOf(actions: readonly Action[]): readonly Chain[] {
  const root: Chain[] = [];
  const stack: Open[] = [];
  for (const { kind, start, end } of actions) {
    const top = stack.at(-1);
    if (kind === "open") stack.push({ start: end, chains: [], branches: [] });
    if (top === undefined || (kind !== "else" && kind !== "end")) continue;
    top.branches.push({ start: top.start, end: start, chains: top.chains });
    top.start = end;
    top.chains = [];
    if (kind === "else") continue;
    stack.pop();
    (stack.at(-1)?.chains ?? root).push({ branches: top.branches });
  }
  return root;
}

function widthOf(chains: readonly Chain[]): number {
  return Math.max(
    1,
    ...chains.map(({ branches }) => branches.reduce((sum, { chains: inner }) => sum + widthOf(inner), 0)),
  );
}

/** What way number `way` does not see of a chain. */
function leftOut({ branches }: Chain, way: number): readonly Range[] {
  const widths = branches.map(({ chains }) => widthOf(chains));
  let rest = Math.min(way, widths.reduce((sum, width) => sum + width, 0) - 1);
  let isTaken = false;
  return branches.flatMap((branch, i) => {
    const width = widths[i] ?? 1;
    if (isTaken || rest >= width) {
      rest -= width;
      return branch.end > branch.start ? [{ start: branch.start, end: branch.end }] : [];
    }
    isTaken = true;
    const inner = rest;
    return branch.chains.flatMap((chain) => leftOut(chain, inner));
  });
}
