import { chainOf } from "./blocks.ts";
import type { Expression, Text } from "./expression.ts";
import { argumentsFor, type Func } from "./functions.ts";
import type { Names, Resolved } from "./names.ts";
import type { Program } from "./program.ts";

/** The values that names take, where all of them are literals of the program. */
export class KnownValues {
  /** Functions whose calls are looked at. */
  readonly #asked = new Set<Func>();

  constructor(
    private readonly program: Program,
    private readonly names: Names,
  ) {}

  /** All values that a name takes, when they are literals of this program. */
  known(node: Expression): readonly string[] | undefined {
    if (node.kind !== "name") return undefined;
    const resolved = this.names.resolve(node);
    return resolved === null ? this.#givenTo(node.path, node) : this.#knownOf(resolved);
  }

  /** The same for a name that a literal has in it, by the code that stands there (`{ns}`, `$ns`). */
  knownIn(code: string, text: Text): readonly string[] | undefined {
    const name = /^(?:[$#]?\{\s*(\$?\w+)\s*\}|(\$\w+))$/.exec(code);
    if (name === null) return undefined;
    const path = name[1] ?? name[2] ?? "";
    const resolved = this.names.valueAt(path, text) ?? this.names.valueAt(path.replace("$", ""), text);
    return resolved === null ? this.#givenTo(path, text) : this.#knownOf(resolved);
  }

  /** What the calls of this program give to a parameter, where each gives it one literal word. */
  #givenTo(path: string, place: Expression): readonly string[] | undefined {
    const name = path.replace("$", "");
    const block = this.program.block(place);
    const owner = chainOf(block).find(({ params }) => params.has(path) || params.has(name));
    const func = this.program.functions.find((one) => one.block === owner);
    // Functions may call each other in turn.
    if (func === undefined || this.#asked.has(func)) return undefined;
    this.#asked.add(func);
    const values = this.#givenBy(func, name);
    this.#asked.delete(func);
    return values;
  }

  #givenBy(func: Func, name: string): readonly string[] | undefined {
    if (!func.params.some((param) => param.name === name && !param.isRest)) return undefined;
    const all: string[] = [];
    for (const call of this.program.callsOf(func)) {
      const [given] = argumentsFor(call, func, name);
      if (given === undefined || given.isSpread) return undefined;
      const plain = this.program.plain(given.value);
      const values = plain === null ? this.known(given.value) : [plain];
      if (values?.every((value) => /^\S+$/.test(value)) !== true) return undefined;
      all.push(...values);
    }
    return all.length > 0 ? [...new Set(all)] : undefined;
  }

  #knownOf(resolved: Resolved): readonly string[] | undefined {
    if (resolved.changes.length > 0) return undefined;
    if (!resolved.isEach) {
      const text = this.program.plain(resolved.value);
      return text === null ? undefined : [text];
    }
    const list = this.program.list(resolved.value);
    const values = list?.elements.map(({ value }) => this.program.plain(value)) ?? [];
    const all = values.filter((value) => value !== null);
    return all.length > 0 && all.length === values.length ? all : undefined;
  }
}
