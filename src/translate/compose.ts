import type { Value } from "../commands/command.ts";
import { joined } from "./image-ref.ts";
import type { NewWord } from "./translation.ts";

/** Collects what becomes of the words of a command, each addressed by its index in the old one. */
export class Composition {
  readonly #replaced = new Map<number, Value>();
  readonly #dropped = new Set<number>();
  readonly #inserted = new Map<number, Value[]>();

  replace(index: number, value: Value): void {
    this.#replaced.set(index, joined(value));
  }

  drop(index: number): void {
    this.#dropped.add(index);
  }

  /** Behind an old word, whether that stays or not, and behind what was inserted there before. */
  insertAfter(index: number, values: readonly Value[]): void {
    this.#inserted.set(index, [...(this.#inserted.get(index) ?? []), ...values.map(joined)]);
  }

  /** @param count how many words the old command has */
  words(count: number): readonly NewWord[] {
    const result: NewWord[] = [];
    for (let i = 0; i < count; i++) {
      const replacement = this.#replaced.get(i);
      if (replacement !== undefined) result.push({ write: replacement, replaces: i });
      else if (!this.#dropped.has(i)) result.push({ keep: i });
      for (const value of this.#inserted.get(i) ?? []) result.push({ write: value });
    }
    return result;
  }
}
