import { display, type Invocation, type Word } from "./command.ts";

/** The commands found so far, each once: the same one may be reached in several ways. */
export class CommandSet {
  /** By the places and values of their words. */
  readonly #commands = new Map<string, Invocation>();

  /** In the order in which they were found. */
  get all(): readonly Invocation[] {
    return [...this.#commands.values()];
  }

  /** If one of the ways to a command reads its output, that counts. */
  add(invocation: Invocation): void {
    const key = keyOf(invocation);
    const other = this.#commands.get(key);
    const isKnown = other !== undefined && invocation.output.sink.kind !== "captured";
    this.#commands.set(key, isKnown ? other : { ...invocation, role: other?.role ?? invocation.role });
  }

  /** Forgets a command that others have taken the place of. */
  drop(invocation: Invocation): void {
    this.#commands.delete(keyOf(invocation));
  }
}

function keyOf({ words, told }: Invocation): string {
  if (told !== undefined) return JSON.stringify(told.place);
  return JSON.stringify(words.map(keyOfWord));
}

function keyOfWord({ start, end, value, list }: Word): readonly [number, string] {
  return [list.fragment.toSource({ start, end }).start, display(value)];
}
