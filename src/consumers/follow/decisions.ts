import type { Step } from "../../jq/tree.ts";
import type { Edit, Range } from "../../text/edits.ts";
import type { Note } from "../../translate/translation.ts";
import type { JsonPath } from "../json-paths.ts";

/** What becomes of each place of a jq program, and what there is to say about it. */
export class Decisions {
  readonly #decisions = new Map<string, readonly Edit[]>();
  readonly #conflicts = new Set<string>();
  readonly #doubts = new Map<string, Note>();
  /** Whether a value that could be null before becomes part of a text. */
  writesOmitted = false;

  /** Edits of the places that all readings agree on, in order. */
  get edits(): readonly Edit[] {
    return [...this.#decisions]
      .filter(([key]) => !this.#conflicts.has(key))
      .flatMap(([, edits]) => edits)
      .sort((a, b) => a.start - b.start || a.end - b.end);
  }

  /** Each once. */
  get doubts(): readonly Note[] {
    return [...this.#doubts.values()];
  }

  /** The same place may be read several times (a function that is called twice): all must agree. */
  settle({ start, end }: Range, edits: readonly Edit[]): void {
    const key = `${start}-${end}`;
    const known = this.#decisions.get(key);
    if (known === undefined) this.#decisions.set(key, edits);
    else if (JSON.stringify(known) !== JSON.stringify(edits)) {
      this.#conflicts.add(key);
      this.doubt("jq-two-meanings", {});
    }
  }

  /** The steps read something that is not an event. */
  keep(steps: readonly Step[]): void {
    const range = rangeOfSteps(steps);
    if (range !== null) this.settle(range, []);
  }

  /** The steps read what stands at another path today, written from where they begin. */
  move(steps: readonly Step[], relative: JsonPath): void {
    const range = rangeOfSteps(steps);
    if (range === null) return;
    const stays = steps.length === relative.length && steps.every((step, i) => step.key === relative[i]);
    this.settle(range, stays ? [] : [{ ...range, text: written(relative, steps[0]?.style) }]);
  }

  doubt(messageId: string, args: Readonly<Record<string, string>>): void {
    this.#doubts.set(JSON.stringify([messageId, args]), { messageId, args });
  }
}

function rangeOfSteps(steps: readonly Step[]): Range | null {
  const [first] = steps;
  const last = steps.at(-1);
  return first === undefined || last === undefined ? null : { start: first.start, end: last.end };
}

/** A path as jq reads it. */
export function written(path: JsonPath, style: Step["style"] = "dot"): string {
  if (style === "bracket") return path.map((key) => `[${JSON.stringify(key)}]`).join("");
  return path.map((key) => `.${isName(key) ? key : JSON.stringify(key)}`).join("");
}

export function isName(key: string): boolean {
  return /^[A-Za-z_]\w*$/.test(key);
}
