import type { Range } from "../../text/edits.ts";
import { children } from "./children.ts";
import type {
  Block,
  Bound,
  Call,
  Class,
  Field,
  Func,
  Member,
  Name,
  Node,
  Property,
  Table,
  Variable,
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
  | { readonly kind: "class"; readonly declaration: Class }
  | { readonly kind: "import"; readonly module: string; readonly imported: string };

export interface Callers {
  readonly calls: readonly Call[];
  /** Whether others than these may call it. */
  readonly isShared: boolean;
}

/** A program's tree with its parents, scopes and names. */
export class Program {
  /** Every node, a parent before what is in it, in the order of the text. */
  readonly nodes: readonly Node[];
  readonly #root: Block;
  readonly #parents = new Map<Node, Node>();
  readonly #scopes = new Map<Node, Map<string, Binding>>();
  readonly #bindings = new Map<Name, Binding>();
  #membersByName: ReadonlyMap<string, readonly Member[]> | undefined;

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

  /** What an expression stands in, parentheses and the like left out. */
  holder(node: Node): Node | null {
    let holder = this.parent(node);
    while (holder?.kind === "wrap") holder = this.parent(holder);
    return holder;
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

  /** The calls of a function in this file, by its name or as a method, and whether others may call it too. */
  callersOf(func: Func): Callers {
    const holder = this.holder(func);
    if (holder?.kind === "field" || holder?.kind === "property") return this.#callersOfMethod(func, holder);
    const binding = this.#bindingOf(func);
    if (binding === null) return { calls: [], isShared: true };
    const isExported = this.isExported(func) || (holder !== null && this.isExported(holder));
    return this.#callersByName(binding.references, isExported);
  }

  /** The function that `object.key()` calls, where the object is one of this file's classes or objects. */
  methodOf(object: Node, key: string): Func | null {
    const value = this.fieldOf(object, key);
    return value?.kind === "function" ? value : null;
  }

  /** What `object.key` is set to in the class or object literal that it belongs to. */
  fieldOf(object: Node, key: string): Node | null {
    const owner = this.#ownerOf(object);
    const members = owner?.kind === "class" ? owner.members : (owner?.properties ?? []);
    const found = members.find((member) => member.kind !== "spread" && member.key === key);
    return found === undefined ? null : found.value;
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
    } else if (node.kind === "class" && node.name !== null) {
      this.#add(this.#scope(node, false), node.name, { kind: "class", declaration: node });
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

  #callersByName(references: readonly Name[], isExported: boolean): Callers {
    const calls: Call[] = [];
    let isShared = isExported;
    for (const name of references) {
      const parent = this.parent(name);
      if (parent?.kind === "call" && parent.callee === name) calls.push(parent);
      else isShared = true;
    }
    return { calls, isShared };
  }

  #callersOfMethod(func: Func, method: Field | Property): Callers {
    const { key } = method;
    const named = key === null ? [] : (this.#members().get(key) ?? []);
    const uses: readonly Node[] = named.filter((member) => this.methodOf(member.object, key ?? "") === func);
    const parents = uses.map((use) => this.parent(use));
    const calls = parents
      .filter((parent) => parent?.kind === "call")
      .filter((call) => uses.includes(call.callee));
    const isHidden = method.kind === "field" && method.isPrivate;
    return { calls, isShared: calls.length < uses.length || (!isHidden && this.#isKnownOutside(method)) };
  }

  /** All places of the form `x.name`, by that name. */
  #members(): ReadonlyMap<string, readonly Member[]> {
    if (this.#membersByName !== undefined) return this.#membersByName;
    const found = new Map<string, Member[]>();
    for (const node of this.nodes) {
      if (node.kind !== "member" || node.property === null) continue;
      const others = found.get(node.property);
      if (others === undefined) found.set(node.property, [node]);
      else others.push(node);
    }
    this.#membersByName = found;
    return found;
  }

  /** Whether the class or object of a method may be used in ways that its name does not show. */
  #isKnownOutside(method: Field | Property): boolean {
    const owner = this.parent(method);
    const holder = owner?.kind === "class" ? owner : owner === null ? null : this.parent(owner);
    const name =
      holder?.kind === "class" ? holder.name : holder?.kind === "variable" ? holder.names[0]?.name : null;
    const binding =
      holder === null || name === null || name === undefined ? null : this.#lookup(name, holder);
    if (holder === null || binding === null || this.isExported(holder)) return true;
    return binding.references.some((reference) => {
      const parent = this.parent(reference);
      return (
        parent?.kind !== "member" && !(parent?.kind === "call" && parent.isNew && parent.callee === reference)
      );
    });
  }

  /** The class or object literal that an expression is an instance of, as far as its name tells. */
  #ownerOf(object: Node): Class | Table | null {
    if (object.kind === "this") return this.#classAround(object);
    const source = object.kind === "name" ? this.binding(object)?.source : undefined;
    if (source?.kind === "class") return source.declaration;
    if (source?.kind !== "variable" || source.bound.part.kind !== "whole") return null;
    const { init } = source.variable;
    if (init?.kind === "table") return init;
    if (init?.kind !== "call" || !init.isNew || init.callee.kind !== "name") return null;
    const made = this.binding(init.callee)?.source;
    return made?.kind === "class" ? made.declaration : null;
  }

  #classAround(node: Node): Class | null {
    for (const outer of this.upwards(node)) if (outer.kind === "class") return outer;
    return null;
  }

  /** The name of a function that is declared, or is the value of a variable. */
  #bindingOf(func: Func): Binding | null {
    if (func.declared) return func.name === null ? null : this.#lookup(func.name, this.parent(func) ?? func);
    const holder = this.holder(func);
    const bound = holder?.kind === "variable" ? holder.names[0] : undefined;
    if (holder === null || bound?.part.kind !== "whole") return null;
    return this.#lookup(bound.name, holder);
  }

  #lookup(name: string, from: Node): Binding | null {
    for (const scope of this.upwards(from)) {
      const binding = this.#scopes.get(scope)?.get(name);
      if (binding !== undefined) return binding;
    }
    return null;
  }
}
