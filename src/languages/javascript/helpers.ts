import type { Helper, KnownHelper, OtherHelpers, Taking } from "../../commands/helper.ts";
import { display, literal, type Word } from "../../commands/command.ts";
import { exportedNames } from "../modules.ts";
import type { Func, Node } from "./model.ts";
import type { Program } from "./program.ts";
import { unwrap, type Resolver } from "./resolve.ts";

/** A function that other files may call, and what they know it by. */
export interface Owner {
  readonly func: Func;
  readonly names: readonly string[];
  readonly isMethod: boolean;
}

/** The exported function around a command, or around the outermost call of this file that leads to it. */
export function exportedOwner(node: Node, { program, route }: Resolver): Owner | null {
  const place = [...route.calls.values()].at(-1) ?? node;
  for (const outer of program.upwards(place)) {
    if (outer.kind !== "function" || outer.params.length === 0) continue;
    const owner = ownerOf(outer, program);
    if (owner !== null) return owner;
  }
  return null;
}

function ownerOf(func: Func, program: Program): Owner | null {
  const holder = program.holder(func);
  if ((holder?.kind === "field" || holder?.kind === "property") && holder.key !== null) {
    const owner = program.parent(holder);
    const around = owner?.kind === "class" || owner === null ? owner : program.parent(owner);
    const local =
      around?.kind === "class" ? around.name : around?.kind === "variable" ? around.names[0]?.name : null;
    const isExported =
      around?.kind === "export" || (local != null && exportedNames(program.source, local).length > 0);
    return isExported ? { func, names: [holder.key], isMethod: true } : null;
  }
  const own = func.declared ? func.name : holder?.kind === "variable" ? holder.names[0]?.name : null;
  const names = own == null ? [] : exportedNames(program.source, own);
  const assigned = holder?.kind === "assignment" ? assignedName(program.code(holder.target)) : null;
  const isDefault = holder?.kind === "export" && /^export\s+default\b/.test(program.code(holder));
  const all = new Set([
    ...names,
    ...(assigned === null ? [] : [assigned]),
    ...(isDefault ? ["default"] : []),
  ]);
  return all.size === 0 ? null : { func, names: [...all], isMethod: false };
}

/** `exports.run = function`, `module.exports = function` */
function assignedName(target: string): string | null {
  const [, name] = /^(?:module\.)?exports(?:\.([\w$]+))?$/.exec(target) ?? [];
  return /^(?:module\.)?exports\b/.test(target) ? (name ?? "default") : null;
}

/** The words around a parameter that may be several: `kubectl gadget ${args}`, `["gadget", ...args]`. */
export function helperIn(words: readonly Word[], { func, names, isMethod }: Owner): Helper | null {
  const at = words.findIndex((word) => literal(word.value) === null && givenIn(word, func) !== null);
  const word = words[at];
  const given = word === undefined || at === 0 ? null : givenIn(word, func);
  if (given === null) return null;
  const { parameter, part, spread, join } = given;
  const as: Taking = part === "rest" ? "rest" : spread !== undefined || join !== undefined ? "list" : "text";
  const output = { pipe: [], sink: { kind: "captured" } } as const;
  return {
    names,
    isMethod,
    given: words.slice(0, at),
    behind: words.slice(at + 1),
    parameter,
    as,
    output,
  };
}

interface Given {
  readonly parameter: number;
  readonly part: "whole" | "rest";
  readonly spread: string | undefined;
  readonly join: string | undefined;
}

/** The parameter of a function that a word is; what else it may be (`this.context`) stays as the function has it. */
function givenIn({ value }: Word, { params }: Func): Given | null {
  const code = /^\$\{([^]*)\}$/.exec(display(value))?.[1]?.trim() ?? display(value);
  const [, spread, name = "", join] = /^(\.\.\.)?([\w$]+)(\.join\([^)]*\))?$/.exec(code) ?? [];
  const parameter = params.findIndex(({ names: [bound] }) => bound?.name === name);
  const part = params[parameter]?.names[0]?.part.kind;
  return part === "whole" || part === "rest" ? { parameter, part, spread, join } : null;
}

/** The function of another file that a call calls, if that is known. */
export function helperOf(callee: Node, program: Program, helpers: OtherHelpers): KnownHelper | null {
  const node = unwrap(callee);
  if (node.kind === "name") {
    const place = importOf(node, program);
    if (place === null || place.name === "*") return null;
    return helpers.find(place.module, place.name) ?? null;
  }
  if (node.kind !== "member" || node.property === null) return null;
  const { property } = node;
  const object = unwrap(node.object);
  const place = object.kind === "name" ? importOf(object, program) : null;
  if (place !== null && (place.name === "*" || place.name === "default")) {
    const found = helpers.find(place.module, property) ?? helpers.find(place.module, `.${property}`);
    if (found !== undefined) return found;
  }
  if (!helpers.knows(`.${property}`)) return null;
  // Which object it is of is seldom in the file; that the file imports the module is as much as can be asked for.
  const modules = place === null ? modulesOf(program) : [place.module];
  return (
    modules.map((module) => helpers.find(module, `.${property}`)).find((found) => found !== undefined) ?? null
  );
}

interface Imported {
  readonly module: string;
  /** In the module; `*` for all of it. */
  readonly name: string;
}

/** What a name is imported from, by `import` or `require`. */
function importOf(name: Node, program: Program): Imported | null {
  const source = name.kind === "name" ? program.binding(name)?.source : undefined;
  if (source?.kind === "import") return { module: source.module, name: source.imported };
  if (source?.kind !== "variable" || source.variable.init === null) return null;
  const module = requiredModule(source.variable.init, program);
  if (module === null) return null;
  const { part } = source.bound;
  if (part.kind === "property") return { module, name: part.key };
  return part.kind === "whole" ? { module, name: "*" } : null;
}

/** The modules that a program imports or requires. */
function modulesOf(program: Program): readonly string[] {
  return program.nodes.flatMap((node) => {
    if (node.kind === "import") return [node.module];
    const module = node.kind === "call" ? requiredModule(node, program) : null;
    return module === null ? [] : [module];
  });
}

/** The module of `require("m")`, `await import("m")`. */
function requiredModule(node: Node, program: Program): string | null {
  const inner = unwrap(node.kind === "await" ? node.value : node);
  if (inner.kind !== "call") return null;
  const [, module] = /^(?:require|import)\s*\(\s*["'`]([^"'`]+)["'`]/.exec(program.code(inner)) ?? [];
  return module ?? null;
}
