import type { KnownHelper } from "../../commands/helper.ts";
import type { Call, Node, Tagged } from "./model.ts";
import { asLiteral, unwrap, type Resolver } from "./resolve.ts";

/** How a call or a template runs a command. */
export type Run = Way & {
  /** The program that the function starts, where the words do not name it. */
  readonly program?: string;
  /** The function of another file that runs it. */
  readonly helper?: KnownHelper;
};

type Way =
  /** A string that a shell reads. `one`: each expression in it is one word (zx). */
  | { readonly kind: "shell"; readonly text: Node; readonly words: "one" | "any" }
  /** A string that is cut at blanks. */
  | { readonly kind: "plain"; readonly text: Node }
  /** A program and an array of arguments, or all in one array. */
  | { readonly kind: "argv"; readonly head: Node | null; readonly args: Node | null };

/** Functions that hand a string to the shell. */
const SHELL = /^(?:shell)?exec(?:Sync|Async|P|Promise|Promised|Promisified)?$/i;
/** Functions that take a program and an array. */
const ARGV =
  /^(?:spawn|crossSpawn|execFile|execa)(?:Sync|Async|P|Promise|Promised|Promisified)?$|^getExecOutput$/;
/** Functions that cut a string at blanks. */
const PLAIN = /^execaCommand(?:Sync)?$/;
/** Tags of templates that run what they say. */
const TAG = /^(?:\$+|sh|bash|zsh|shell|exec|execSync|execa|execaSync|cmd)$/;

/** What the default export of a package is called here. */
const DEFAULTS: Readonly<Record<string, string>> = { execa: "execa", "cross-spawn": "spawn" };

/** What a call runs; null when it is not known to run anything. */
export function runOfCall({ callee, args, isNew }: Call, resolver: Resolver): Run | null {
  const [first, second] = args;
  const name = functionName(callee, resolver);
  if (name === null || first === undefined || first.kind === "spread") return null;
  if (isNew)
    return name === "Command" ? { kind: "argv", head: first, args: option(second, "args", resolver) } : null;
  const plugin = pluginOf(name, args, resolver);
  if (plugin !== null) return plugin;
  const rest = second === undefined || isOptions(second, resolver) ? null : second;
  if (PLAIN.test(name)) return { kind: "plain", text: first };
  if (!SHELL.test(name) && !ARGV.test(name)) return null;
  if (resolver.isArray(first)) return { kind: "argv", head: null, args: first };
  const isShell = SHELL.test(name)
    ? rest === null || !resolver.isArray(rest)
    : isWholeCommand(first, rest, resolver);
  return isShell ? { kind: "shell", text: first, words: "any" } : { kind: "argv", head: first, args: rest };
}

/** A function that starts kubectl, by its name, and what it is given for it: `invokeKubectl(config, "gadget ...")`. */
function pluginOf(name: string, args: readonly Node[], resolver: Resolver): Run | null {
  const program = /kubectl/i.exec(name)?.[0].toLowerCase();
  const words = args.find((arg) => startsWithPlugin(arg, resolver));
  if (program === undefined || words === undefined) return null;
  return resolver.isArray(words)
    ? { kind: "argv", head: null, args: words, program }
    : { kind: "shell", text: words, words: "any", program };
}

/** Whether a string or an array begins with the name of the plugin, so that kubectl must come before it. */
export function startsWithPlugin(node: Node, resolver: Resolver): boolean {
  const value = resolver.value(node);
  if (value.kind === "list") {
    const [first] = value.elements;
    return first !== undefined && resolver.plain(first) === PLUGIN;
  }
  const [part] = asLiteral(value.kind === "concat" ? (value.terms[0] ?? value) : value)?.text.parts ?? [];
  return part !== undefined && resolver.program.code(part).startsWith(`${PLUGIN} `);
}

const PLUGIN = "gadget";

/** What a tagged template runs; null when its tag is not known to run anything. */
export function runOfTemplate({ tag, text }: Tagged, resolver: Resolver): Run | null {
  const root = rootOf(tag);
  const name = root === null ? null : functionName(root, resolver);
  if (root === null || name === null || !TAG.test(name)) return null;
  const isExeca = name.startsWith("execa") || moduleOf(root, resolver) === "execa";
  return isExeca ? { kind: "plain", text } : { kind: "shell", text, words: "one" };
}

/**
 * What a function is called where it comes from: through renamed imports, `promisify(exec)` and other names for it. Null
 * for a function of this file, which is no more than what it does.
 */
export function functionName(callee: Node, resolver: Resolver, depth = 0): string | null {
  const node = unwrap(callee);
  if (depth > 10) return null;
  if (node.kind === "member") return methodName(node.object, node.property, resolver);
  if (node.kind === "call") {
    const [first] = node.args;
    const isPromisify = first !== undefined && functionName(node.callee, resolver, depth + 1) === "promisify";
    return isPromisify ? functionName(first, resolver, depth + 1) : null;
  }
  if (node.kind !== "name") return null;
  const source = resolver.program.binding(node)?.source;
  if (source === undefined || source.kind === "class") return node.name;
  if (source.kind === "function") return null;
  if (source.kind === "import") {
    const { imported, module } = source;
    return imported === "default" || imported === "*" ? (DEFAULTS[module] ?? node.name) : imported;
  }
  const { bound, variable } = source;
  if (bound.part.kind === "property") return bound.part.key;
  const init = variable.init === null ? null : unwrap(variable.init);
  if (init === null || bound.part.kind !== "whole") return node.name;
  if (init.kind === "function") return null;
  return (
    DEFAULTS[requiredModule(init, resolver) ?? ""] ?? functionName(init, resolver, depth + 1) ?? node.name
  );
}

/** The call's options: the object literals among its arguments. */
export function option(node: Node | undefined, key: string, resolver: Resolver): Node | null {
  return node === undefined ? null : resolver.property(node, key);
}

function methodName(object: Node, property: string | null, resolver: Resolver): string | null {
  if (property === null || resolver.program.methodOf(object, property) !== null) return null;
  if (property === "sync" || property === "command" || property === "commandSync") {
    const owner = functionName(object, resolver);
    if (property === "sync") return owner;
    return owner === "execa" ? `execa${property.replace("c", "C")}` : property;
  }
  return isExpression(object, resolver) ? null : property;
}

/** Whether an object is a regular expression, whose `exec` runs nothing. */
function isExpression(object: Node, resolver: Resolver): boolean {
  const value = resolver.value(object);
  if (value.kind === "call" && value.isNew) return functionName(value.callee, resolver) === "RegExp";
  if (value.kind === "other") return resolver.program.code(value).startsWith("/");
  return value.kind === "name" && /(?:^re|regexp?|pattern)$/i.test(value.name);
}

/** The function at the root of a tag: `$` of `$.sync`, `$({ cwd })`, `Bun.$`. */
function rootOf(tag: Node): Node | null {
  const node = unwrap(tag);
  if (node.kind === "call") return rootOf(node.callee);
  if (node.kind === "member") return node.property === "$" ? node : rootOf(node.object);
  return node.kind === "name" ? node : null;
}

function moduleOf(node: Node, resolver: Resolver): string | null {
  const source = node.kind === "name" ? resolver.program.binding(node)?.source : undefined;
  if (source?.kind === "import") return source.module;
  return source?.kind === "variable" && source.variable.init !== null
    ? requiredModule(source.variable.init, resolver)
    : null;
}

/** The module of `require("m")`. */
function requiredModule(node: Node, resolver: Resolver): string | null {
  const inner = unwrap(node);
  if (inner.kind !== "call" || inner.callee.kind !== "name" || inner.callee.name !== "require") return null;
  const [first] = inner.args;
  return first === undefined ? null : resolver.plain(first);
}

function isOptions(node: Node, resolver: Resolver): boolean {
  const { kind } = resolver.value(node);
  return kind === "table" || kind === "function";
}

/** `spawn("kubectl gadget ...", { shell: true })`, with or without an empty array. */
function isWholeCommand(first: Node, rest: Node | null, resolver: Resolver): boolean {
  const args = rest === null ? null : resolver.value(rest);
  const isAlone = args === null || (args.kind === "list" && args.elements.length === 0);
  return isAlone && hasBlank(first, resolver);
}

function hasBlank(node: Node, resolver: Resolver): boolean {
  const value = resolver.value(node);
  return value.kind === "concat" || /\s/.test(resolver.program.code(value));
}
