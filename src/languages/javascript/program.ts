import type { Range } from "../../text/edits.ts";
import {
  children,
  type Block,
  type Bound,
  type Call,
  type Func,
  type Name,
  type Node,
  type Variable,
} from "./model.ts";

/** What one name stands for in its scope. */
export interface Binding {
  readonly name: string;
  readonly scope: Block | Func;
  readonly source: Source;
  /** Every place that reads or assigns it. */
  readonly references: Name[];
}

export type Source =
  | { readonly kind: "variable"; readonly variable: Variable; readonly bound: Bound }
  | { readonly kind: "function"; readonly func: Func }
  | { readonly kind: "import"; readonly module: string; readonly imported: string };

/** A program's tree with its parents, scopes and names. */
export class Program {
  /** Every node, a parent before what is in it, in the order of the text. */
  readonly nodes: readonly Node[];
  readonly #root: Block;
  readonly #parents = new Map<Node, Node>();
  readonly #scopes = new Map<Node, Map<string, Binding>>();
  readonly #bindings = new Map<Name, Binding>();

  constructor(
    readonly source: string,
    root: Block,
  ) {
    this.#root = root;
    this.nodes = this.#link(root);
    for (const node of this.nodes) this.#declare(node);
    for (const node of this.nodes) if (node.kind === "name") this.#refer(node);
  }

  parent(node: Node): Node | null {
    return this.#parents.get(node) ?? null;
  }

  /** The node and what it stands in, inside out. */
  *upwards(node: Node): Generator<Node, void> {
    for (let at: Node | null = node; at !== null; at = this.parent(at)) yield at;
  }

  /** What a name means where it stands; null for globals. */
  binding(name: Name): Binding | null {
    return this.#bindings.get(name) ?? null;
  }

  /** What a declaration makes of a name. */
  declared(declaration: Node, name: string): Binding | null {
    return this.#lookup(name, declaration);
  }

  /** Everything that is declared around a node, the nearest first; what is shadowed there is left out. */
  *visible(node: Node): Generator<Binding, void> {
    const seen = new Set<string>();
    for (const scope of this.upwards(node)) {
      for (const binding of this.#scopes.get(scope)?.values() ?? []) {
        if (!seen.has(binding.name)) yield binding;
        seen.add(binding.name);
      }
    }
  }

  /** The calls of a function by its name in this file, and whether others may call it too. */
  callersOf(func: Func): { readonly calls: readonly Call[]; readonly isShared: boolean } {
    const binding = this.#bindingOf(func);
    const calls: Call[] = [];
    if (binding === null) return { calls, isShared: true };
    let isShared = this.isExported(func) || this.isExported(this.parent(func) ?? func);
    for (const name of binding.references) {
      const parent = this.parent(name);
      if (parent?.kind === "call" && parent.callee === name) calls.push(parent);
      else isShared = true;
    }
    return { calls, isShared };
  }

  /** Whether a declaration of the file's own scope is exported where it stands. */
  isExported(node: Node): boolean {
    const parent = this.parent(node);
    return parent?.kind === "export" || (parent?.kind === "other" && this.parent(parent)?.kind === "export");
  }

  /** A stretch as it is written. */
  code(range: Range): string {
    return this.source.slice(range.start, range.end);
  }

  #link(root: Node): readonly Node[] {
    const nodes: Node[] = [];
    const open: Node[] = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      nodes.push(node);
      for (const child of [...children(node)].reverse()) {
        this.#parents.set(child, node);
        open.push(child);
      }
    }
    return nodes;
  }

  #declare(node: Node): void {
    if (node.kind === "variable") {
      const scope = this.#scope(node, node.style === "var");
      for (const bound of node.names)
        this.#add(scope, bound.name, { kind: "variable", variable: node, bound });
    } else if (node.kind === "function" && node.name !== null) {
      const scope = node.declared ? this.#scope(node, false) : node;
      this.#add(scope, node.name, { kind: "function", func: node });
    } else if (node.kind === "import") {
      const { module } = node;
      for (const { imported, local } of node.names) {
        this.#add(this.#root, local, { kind: "import", module, imported });
      }
    }
  }

  /** The scope that a declaration belongs to. */
  #scope(node: Node, ofFunction: boolean): Block | Func {
    let at = this.parent(node);
    while (at !== null) {
      if (at.kind === "function" || (at.kind === "block" && !ofFunction)) return at;
      at = this.parent(at);
    }
    return this.#root;
  }

  #add(scope: Block | Func, name: string, source: Source): void {
    const names = this.#scopes.get(scope) ?? new Map<string, Binding>();
    this.#scopes.set(scope, names);
    if (!names.has(name)) names.set(name, { name, scope, source, references: [] });
  }

  #refer(name: Name): void {
    const binding = this.#lookup(name.name, name);
    if (binding === null) return;
    this.#bindings.set(name, binding);
    binding.references.push(name);
  }

  /** The name of a function that is declared, or is the value of a variable. */
  #bindingOf(func: Func): Binding | null {
    if (func.declared) return func.name === null ? null : this.#lookup(func.name, this.parent(func) ?? func);
    let holder = this.parent(func);
    while (holder?.kind === "wrap") holder = this.parent(holder);
    if (holder?.kind !== "variable") return null;
    const bound = holder.names[0];
    return bound?.part.kind === "whole" ? this.#lookup(bound.name, holder) : null;
  }

  #lookup(name: string, from: Node): Binding | null {
    for (const scope of this.upwards(from)) {
      const binding = this.#scopes.get(scope)?.get(name);
      if (binding !== undefined) return binding;
    }
    return null;
  }
}
