import type { Action } from "./actions.ts";

/** Whether an action prints a list, of which nobody knows how many words it has. */
export function printsList({ body }: Action): boolean {
  return /\b(?:toYaml|toJson)\b|\bjoin\s+"\s+"/.test(body);
}

/** Actions that print once for each round of a `range`. */
export function repeatedIn(actions: readonly Action[]): ReadonlySet<Action> {
  const open: boolean[] = [];
  const repeated = new Set<Action>();
  for (const action of actions) {
    if (action.kind === "open") open.push(/^range\b/.test(action.body));
    else if (action.kind === "end") open.pop();
    else if (open.includes(true)) repeated.add(action);
  }
  return repeated;
}

/** Offsets of `{{ define }}` and of its `{{ end }}`. */
export function definitionEnds(actions: readonly Action[]): ReadonlySet<number> {
  const open: boolean[] = [];
  const ends = new Set<number>();
  for (const { kind, body, start } of actions) {
    const isDefinition = kind === "open" ? /^define\b/.test(body) : kind === "end" && open.pop() === true;
    if (kind === "open") open.push(isDefinition);
    if (isDefinition) ends.add(start);
  }
  return ends;
}
