import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Fields, YamlDocument } from "./document.ts";

/** The values that a file gives an expression, by what stands in its braces, without a dot ahead (`matrix.gadget`, `item`). */
export type KnownValues = ReadonlyMap<string, readonly string[]>;

export const NOTHING_KNOWN: KnownValues = new Map();

/** More values than this are not followed: a matrix is no list of gadgets then. */
const MAX_VALUES = 64;

/** The values of an expression as it is written (`${{ matrix.gadget }}`, `{{.NS}}`, `$(params.ns)`). */
export function valuesOf(code: string, known: KnownValues): readonly string[] | undefined {
  if (known.size === 0) return undefined;
  const values = known.get(pathOf(code)) ?? [];
  return values.length === 0 ? undefined : values;
}

function pathOf(code: string): string {
  return code
    .replace(/^(?:\$?\{\{-?|<<|\$\(|\$\{)\s*(.*?)\s*(?:-?\}\}|>>|\)|\})$/s, "$1")
    .replace(/^\./, "")
    .replace(/\[['"]([\w-]+)['"]\]/g, ".$1");
}

/** What a mapping's fields tell of the expressions in it, along with what is known around it. */
export function knownIn(fields: Fields, document: YamlDocument, outer: KnownValues): KnownValues {
  const own = new Collector(document, outer);
  own.collect(fields);
  return own.found.size === 0 ? outer : new Map([...outer, ...own.found]);
}

class Collector {
  readonly found = new Map<string, readonly string[]>();

  constructor(
    private readonly document: YamlDocument,
    private readonly outer: KnownValues,
  ) {}

  collect(fields: Fields): void {
    this.#matrix(this.#fieldsOf(this.#fieldsOf(fields.get("strategy"))?.get("matrix")));
    this.#variables(this.#fieldsOf(fields.get("vars")), ["", "vars."]);
    for (const key of ["env", "variables"])
      this.#variables(this.#fieldsOf(fields.get(key)), ["env.", "", "variables."]);
    for (const key of ["params", "parameters", "inputs"]) this.#declared(fields.get(key), prefixesOf(key));
    this.#declared(this.#fieldsOf(fields.get("arguments"))?.get("parameters"), ["workflow.parameters."]);
    this.#declared(this.#fieldsOf(fields.get("inputs"))?.get("parameters"), ["inputs.parameters."]);
    this.#dispatched(this.#fieldsOf(fields.get("on")));
    this.#loop(fields);
  }

  #matrix(matrix: Fields | null): void {
    if (matrix === null) return;
    const values = new Map<string, string[] | null>();
    for (const [name, node] of matrix) {
      if (name === "include" || name === "exclude") continue;
      const texts = this.#texts(node);
      values.set(name, texts === null ? null : [...texts]);
    }
    const include = this.document.resolve(matrix.get("include"));
    for (const item of isSeq(include) ? include.items : []) {
      for (const [name, node] of this.#fieldsOf(item) ?? []) {
        const text = this.#text(node);
        const soFar = values.get(name);
        values.set(name, text === null || soFar === null ? null : [...(soFar ?? []), text]);
      }
    }
    const isOpen = matrix.has("include") && !isSeq(include);
    for (const [name, texts] of values) this.#set([`matrix.${name}`], isOpen ? null : texts);
  }

  #variables(variables: Fields | null, prefixes: readonly string[]): void {
    for (const [name, node] of variables ?? []) {
      this.#set(
        prefixes.map((prefix) => prefix + name),
        this.#texts(node),
      );
    }
  }

  /** Parameters with a list of allowed values, or a default: a list of `name` and `default`, or a mapping by name. */
  #declared(node: ParsedNode | undefined, prefixes: readonly string[]): void {
    const target = this.document.resolve(node);
    const declared = isMap(target)
      ? [...this.document.fields(target)]
      : isSeq(target)
        ? target.items.flatMap((item) => {
            const name = this.#text(this.#fieldsOf(item)?.get("name"));
            return name === null ? [] : [[name, item] as const];
          })
        : [];
    for (const [name, value] of declared) {
      const names = prefixes.map((prefix) => prefix + name);
      const fields = this.#fieldsOf(value);
      const list = fields?.get("options") ?? fields?.get("enum") ?? fields?.get("values");
      const one = fields?.get("value") ?? fields?.get("default");
      if (fields !== null) this.#set(names, this.#texts(list ?? one));
    }
  }

  #dispatched(on: Fields | null): void {
    for (const event of ["workflow_dispatch", "workflow_call"]) {
      this.#declared(this.#fieldsOf(on?.get(event))?.get("inputs"), ["inputs.", "github.event.inputs."]);
    }
  }

  /** What a step is repeated for. */
  #loop(fields: Fields): void {
    for (const [key, names] of LOOPS) {
      const node = fields.get(key);
      if (node === undefined) continue;
      const control = this.#text(this.#fieldsOf(fields.get("loop_control"))?.get("loop_var"));
      const items = this.document.resolve(node);
      const all = control === null ? names : [control];
      if (isSeq(items) && items.items.every((item) => isMap(this.document.resolve(item)))) {
        const first = this.#fieldsOf(items.items[0]);
        for (const name of first?.keys() ?? []) {
          const texts = items.items.map((item) => this.#text(this.#fieldsOf(item)?.get(name)));
          const isFull = texts.every((text) => text !== null);
          this.#set(
            all.map((loop) => `${loop}.${name}`),
            isFull ? texts : null,
          );
        }
      } else this.#set(all, this.#texts(node));
    }
  }

  /** A name that is set to what nobody knows is not known, whatever is set around it. */
  #set(names: readonly string[], values: readonly string[] | null): void {
    for (const name of names)
      this.found.set(name, values === null || values.length > MAX_VALUES ? [] : values);
  }

  /** The text of a scalar, or the texts of a list of them; null unless all are literal. */
  #texts(node: ParsedNode | null | undefined): readonly string[] | null {
    const target = this.document.resolve(node);
    if (isScalar(target) && /^\s*\{\{.*\}\}\s*$/s.test(target.source)) {
      return valuesOf(target.source.trim(), this.outer) ?? null;
    }
    const nodes: readonly (ParsedNode | null)[] = isSeq(target) ? target.items : [target];
    const texts = nodes.map((item) => this.#text(item));
    return texts.length > 0 && texts.every((text) => text !== null) ? texts : null;
  }

  #text(node: ParsedNode | null | undefined): string | null {
    const target = this.document.resolve(node);
    if (!isScalar(target) || /[${}]|<</.test(target.source)) return null;
    const [start, end] = target.range;
    return this.document.fragment.holesIn({ start, end }).length > 0 ? null : target.source;
  }

  #fieldsOf(node: unknown): Fields | null {
    const target = this.document.resolve(node as ParsedNode | null | undefined);
    return isMap(target) ? this.document.fields(target) : null;
  }
}

const LOOPS: readonly (readonly [key: string, names: readonly string[]])[] = [
  ["loop", ["item"]],
  ["with_items", ["item"]],
  ["withItems", ["item"]],
  ["for", ["ITEM"]],
];

function prefixesOf(key: string): readonly string[] {
  if (key === "params") return ["params.", "inputs.params."];
  if (key === "parameters") return ["parameters.", "pipeline.parameters.", "inputs.parameters."];
  return ["inputs."];
}
