import type { Expression, Format } from "./expression.ts";
import type { Program } from "./program.ts";

/** The values that the verbs of one format take, in the order in which the verbs are asked for. */
export class VerbValues {
  readonly #values: readonly Expression[];
  #next = 0;

  constructor(
    { values, style }: Format,
    private readonly program: Program,
  ) {
    const [only, more] = values;
    // `"..." % (a, b)`
    const isTuple = style === "percent" && only?.kind === "list" && more === undefined;
    this.#values = isTuple ? only.elements.map(({ value }) => value) : values;
  }

  /** What a verb becomes, where the program tells; undefined where not even the place of its value is plain. */
  known(verb: string): readonly string[] | undefined {
    const index = this.#indexOf(verb);
    const value = index === null ? undefined : this.#values[index];
    if (value === undefined) return undefined;
    const text = this.program.plain(value);
    return text === null ? this.program.known(value) : [text];
  }

  #indexOf(verb: string): number | null {
    const match = INDEX.exec(verb);
    // `%[2]s` counts from 1, and the verbs behind it go on from there; `{1}` counts from 0.
    if (match?.groups?.["place"] !== undefined) return Number(match.groups["place"]);
    const number = match?.groups?.["number"];
    if (number !== undefined) this.#next = Number(number) - 1;
    else if (!/^(?:%[-+# 0.\d]*[a-zA-Z]$|\{[}:!])/.test(verb)) return null;
    return this.#next++;
  }
}

const INDEX = /^(?:%\[?(?<number>\d+)[\]$]|\{(?<place>\d+)[}:!])/;
