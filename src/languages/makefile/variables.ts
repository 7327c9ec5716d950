import type { Constant } from "../../commands/command.ts";
import type { Assignment } from "./lines.ts";
import { referencesIn, variableName } from "./references.ts";

/** Variables that stand for variables: more than this is not followed. */
const MAX_DEPTH = 10;

/** What a makefile sets its variables to, as far as that is literal. Any may be set anew when make is called. */
export class Variables {
  readonly #assignments = new Map<string, Assignment[]>();

  constructor(
    private readonly text: string,
    assignments: readonly Assignment[],
  ) {
    for (const assignment of assignments) {
      const known = this.#assignments.get(assignment.name);
      if (known === undefined) this.#assignments.set(assignment.name, [assignment]);
      else known.push(assignment);
    }
  }

  get names(): Iterable<string> {
    return this.#assignments.keys();
  }

  isSet(name: string): boolean {
    return this.#assignments.has(name);
  }

  /** The values of a reference, by what stands between its brackets, where each is one literal word. */
  known(body: string): readonly string[] | undefined {
    const name = variableName(body);
    const values = name === null ? undefined : this.#values(name, 0);
    const areWords = values?.every((value) => /^\S+$/.test(value)) ?? false;
    return areWords ? values : undefined;
  }

  /** The places that make up the value of a variable of several words, in order; undefined when it may have another. */
  partsOf(name: string): readonly Assignment[] | undefined {
    const all = this.#assignments.get(name) ?? [];
    const [first, ...more] = all;
    const isWhole = first !== undefined && /^(?::{0,3}|\?)=$/.test(first.operator);
    const isSure = isWhole && !all.some((part) => part.isConditional && all.length > 1);
    return isSure && more.every(({ operator }) => operator === "+=") ? all : undefined;
  }

  isExported(name: string): boolean {
    return this.#assignments.get(name)?.some((assignment) => assignment.isExported) ?? false;
  }

  /** The names with one literal value, ready for a word of a recipe. */
  constants(): readonly Constant[] {
    return [...this.#assignments].flatMap(([name, [only]]) => {
      const [value, other] = this.known(name) ?? [];
      if (value === undefined || other !== undefined) return [];
      const reference = { code: `$(${name})`, words: "one" } as const;
      return [
        { name, value, reference, isEarly: true, ...(only?.operator === "?=" ? { overridable: true } : {}) },
      ];
    });
  }

  #values(name: string, depth: number): readonly string[] | undefined {
    const assignments = this.#assignments.get(name);
    if (assignments === undefined || depth > MAX_DEPTH) return undefined;
    const values = new Set<string>();
    for (const { operator, start, end } of assignments) {
      const value = /^(?::{0,3}|\?)=$/.test(operator) ? this.#literal(start, end, depth) : null;
      if (value === null) return undefined;
      values.add(value);
    }
    return [...values];
  }

  #literal(start: number, end: number, depth: number): string | null {
    let value = "";
    let at = start;
    for (const reference of referencesIn(this.text, { start, end })) {
      const name = variableName(reference.body);
      const [only, other] = name === null ? [] : (this.#values(name, depth + 1) ?? []);
      if (only === undefined || other !== undefined) return null;
      value += this.text.slice(at, reference.start) + only;
      at = reference.end;
    }
    const whole = value + this.text.slice(at, end);
    return /["'`\\;|&<>]/.test(whole) ? null : whole;
  }
}
