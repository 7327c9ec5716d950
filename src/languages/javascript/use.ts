import type { Sink } from "../../commands/command.ts";
import { option } from "./calls.ts";
import type { Call, Func, Node, Variable } from "./model.ts";
import type { Program } from "./program.ts";
import { unwrap, type Resolver, type Route } from "./resolve.ts";

/** What becomes of a value: nobody looks at it, people do, or the program does. */
export type Use = "none" | "shown" | "captured";

/** Methods that return the process, or the text that it printed, as it is. */
const PASSING =
  /^(?:nothrow|quiet|verbose|timeout|catch|finally|output|outputSync|spawn|toString|trim|trimEnd|trimStart|stdio|ref|unref|setEncoding)$/;
/** Properties of a process that have nothing to do with what it prints. */
const CONTROL =
  /^(?:kill|pid|ref|unref|exitCode|exited|status|code|signal|signalCode|success|failed|stderr|stdin|connected|disconnect|killed|off|removeListener|removeAllListeners)$/;
/** Properties that hold what a process prints. */
const OUTPUT = /^(?:stdout|all)$/;

/** Functions that pay no heed to what the function returns that they are given. */
const IGNORING =
  /^(?:forEach|on|once|addListener|addEventListener|setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|it|test|describe|before|after|beforeEach|afterEach|beforeAll|afterAll|useEffect)$/;

/** Names of functions that are given what a command prints. */
const CALLBACK = /^(?:cb|callback|done|next|handler|resolve)$|Callback$|^(?:on|handle)[A-Z]/;

/** Where the output of a command goes that a call runs. */
export function sinkOf(call: Node, args: readonly Node[], resolver: Resolver): Sink {
  const setting = args.map((arg) => stdoutOption(arg, resolver)).find((value) => value !== null);
  if (setting != null && setting !== "pipe") return setting;
  const uses = new Uses(resolver.program, resolver.route);
  const use = greatest([uses.of(call), ...args.map((arg) => uses.ofCallback(arg))]);
  return sinkFor(use);
}

/** Where output goes, by what becomes of it. */
export function sinkFor(use: Use): Sink {
  return { kind: use === "captured" ? "captured" : "stdout" };
}

/** What options say of the output; `pipe`: the program may read it. */
type Setting = Sink | "pipe";

/** `stdio: "inherit"`, `stdio: ["ignore", "inherit", "inherit"]`, `stdout: "null"`. */
function stdoutOption(arg: Node, resolver: Resolver): Setting | null {
  for (const key of ["stdio", "stdout"]) {
    const value = option(arg, key, resolver);
    if (value === null) continue;
    const list = resolver.value(value);
    if (list.kind === "list") {
      const stdout = key === "stdio" ? list.elements.slice(1, 2) : list.elements;
      return together(stdout.map((one) => settingOf(one, resolver)));
    }
    // What is no more than a name may be any of these words.
    const setting = settingOf(value, resolver);
    if (list.kind !== "name" && list.kind !== "member") return setting;
    return isStandardOutput(list) ? setting : "pipe";
  }
  return null;
}

/** Several at once (`stdout: ["inherit", { file: "x.log" }]`): what needs most care counts. */
function together(settings: readonly Setting[]): Setting | null {
  const [first] = settings;
  const isFile = (one: Setting): boolean =>
    one !== "pipe" && (one.kind === "file" || one.kind === "captured");
  return settings.find(isFile) ?? settings.find((one) => one === "pipe") ?? first ?? null;
}

function settingOf(node: Node, resolver: Resolver): Setting {
  const value = resolver.value(node);
  const text = resolver.plain(value);
  if (text === "ignore" || text === "null") return { kind: "discarded" };
  const isInherited = text === "inherit" || (value.kind === "constant" && /^[12]$/.test(value.text));
  if (isInherited || isStandardOutput(value)) return { kind: "stdout" };
  if (text !== null || value.kind === "constant") return "pipe";
  return value.kind === "conditional" || value.kind === "logical" ? "pipe" : fileOf(value, resolver);
}

/** `fs.openSync("x.log", "a")`, `Bun.file("x.log")`, `{ file: "x.log" }`: a file; of anything else nobody knows who reads it. */
function fileOf(value: Node, resolver: Resolver): Sink {
  const path = value.kind === "call" ? value.args[0] : option(value, "file", resolver);
  const text = path == null ? null : resolver.plain(path);
  if (path == null || text === null) return { kind: "captured" };
  const { program } = resolver;
  const isNamedOnce = unwrap(path).kind === "text" || resolver.isOnlyUse(unwrap(path));
  const names = program.nodes.filter((other) => other.kind === "text" && program.code(other).includes(text));
  return { kind: "file", path: [text], readHere: !isNamedOnce || names.length > 1 };
}

/** Follows a value through the program. */
export class Uses {
  readonly #program: Program;
  readonly #route: Route;
  readonly #seen = new Set<Node>();

  constructor(program: Program, route: Route) {
    this.#program = program;
    this.#route = route;
  }

  /** What becomes of the value of an expression. */
  of(node: Node): Use {
    const parent = this.#program.parent(node);
    if (parent === null || this.#seen.has(node)) return "none";
    this.#seen.add(node);
    switch (parent.kind) {
      case "statement":
        return "none";
      case "await":
      case "wrap":
      case "concat":
      case "text":
        return this.of(parent);
      case "conditional":
      case "logical":
        return node === (parent.kind === "logical" ? parent.left : parent.test)
          ? "captured"
          : this.of(parent);
      case "member":
        return this.#ofMember(parent.property, parent);
      case "variable":
        return this.#ofVariable(parent);
      case "assignment":
        return this.#ofAssigned(parent.target);
      case "return":
        return this.#ofReturned(parent);
      case "function":
        return this.#ofFunction(parent);
      case "list":
        return this.#ofElement(parent);
      case "call":
        return this.#ofArgument(parent);
      default:
        return "captured";
    }
  }

  /** What a callback does with the output: `(error, stdout) => ...`, or the name of one. */
  ofCallback(node: Node): Use {
    const inner = unwrap(node);
    if (inner.kind === "function") return this.#ofParameter(inner, 1);
    const source = inner.kind === "name" ? this.#program.binding(inner)?.source : undefined;
    if (source?.kind === "function") return this.#ofParameter(source.func, 1);
    return inner.kind === "name" && CALLBACK.test(inner.name) ? "captured" : "none";
  }

  #ofMember(property: string | null, member: Node): Use {
    const call = this.#program.parent(member);
    const called = call?.kind === "call" && call.callee === member ? call : null;
    if (property === null) return "captured";
    if (OUTPUT.test(property)) return this.of(member);
    if (called === null) return CONTROL.test(property) ? "none" : "captured";
    if (PASSING.test(property)) return this.of(called);
    if (/^(?:on|once|addListener)$/.test(property)) return greatest([this.#ofEvent(called), this.of(called)]);
    if (property === "then") {
      const [first] = called.args;
      return greatest([first === undefined ? "none" : this.#ofParameter(first, 0), this.of(called)]);
    }
    if (/^pipe(?:To|Stdout|All)?$/.test(property)) {
      return called.args.some(isStandardOutput) ? "shown" : "captured";
    }
    return CONTROL.test(property) ? "none" : "captured";
  }

  #ofEvent({ args: [event, handler] }: Call): Use {
    const name = event?.kind === "text" ? this.#program.code(event).slice(1, -1) : "";
    if (handler === undefined || (name !== "data" && name !== "line")) return "none";
    return isDisplay(handler) ? "shown" : this.#ofParameter(handler, 0);
  }

  /** What a function does with what it is given. */
  #ofParameter(node: Node, index: number): Use {
    const func = unwrap(node);
    if (func.kind !== "function") return isDisplay(func) ? "shown" : "captured";
    const param = func.params[index];
    return param === undefined ? "none" : this.#ofVariable(param);
  }

  #ofVariable(variable: Variable): Use {
    if (this.#program.isExported(variable)) return "captured";
    return greatest(
      variable.names.map(({ name, part }): Use => {
        if (part.kind === "property" && CONTROL.test(part.key)) return "none";
        const references = this.#program.declared(variable, name)?.references ?? [];
        if (references.length === 0 && variable.style !== "param") return "captured";
        return greatest(references.map((reference) => this.of(reference)));
      }),
    );
  }

  #ofAssigned(target: Node): Use {
    const binding = target.kind === "name" ? this.#program.binding(target) : null;
    if (binding === null) return "captured";
    this.#seen.add(target);
    return greatest(
      binding.references.map((name) => {
        const parent = this.#program.parent(name);
        return parent?.kind === "assignment" && parent.target === name ? "none" : this.of(name);
      }),
    );
  }

  #ofReturned(node: Node): Use {
    for (const outer of this.#program.upwards(node)) {
      if (outer.kind === "function") return this.#ofFunction(outer);
    }
    return "captured";
  }

  /** What becomes of what a function returns. */
  #ofFunction(func: Func): Use {
    const call = this.#route.calls.get(func);
    if (call !== undefined) return this.of(call);
    const taker = this.#program.parent(func);
    if (taker?.kind === "call" && taker.callee !== func) return this.#ofCallbackResult(taker);
    const callers = this.#program.callersOf(func);
    if (callers.isShared || callers.calls.length === 0) return "captured";
    return greatest(callers.calls.map((caller) => this.of(caller)));
  }

  /** Most functions that take others do not look at what those return. */
  #ofCallbackResult(taker: Call): Use {
    const callee = unwrap(taker.callee);
    const name = callee.kind === "member" ? callee.property : callee.kind === "name" ? callee.name : null;
    if (IGNORING.test(name ?? "")) return "none";
    return name === "map" || name === "flatMap" ? this.of(taker) : "captured";
  }

  /** `await Promise.all([run(), run()])` */
  #ofElement(list: Node): Use {
    const call = this.#program.parent(list);
    return call?.kind === "call" && isOfPromise(call.callee) ? this.of(call) : "captured";
  }

  #ofArgument(call: Call): Use {
    if (isDisplay(call.callee)) return "shown";
    const isPassing =
      isOfPromise(call.callee) || (call.callee.kind === "name" && call.callee.name === "String");
    return isPassing ? this.of(call) : "captured";
  }
}

/** `Promise.all` and the like. */
function isOfPromise(callee: Node): boolean {
  return callee.kind === "member" && callee.object.kind === "name" && callee.object.name === "Promise";
}

const DISPLAYS =
  /^(?:console|log|logger|winston|pino|consola|signale|core|ui|spinner|chalk|kleur|pc|colors)$/i;
const SHOWING =
  /^(?:log|info|debug|warn|error|trace|print|println|write|notice|success|verbose|step|text|message|echo)$/i;

/** Whether a function shows people what it is given: `console.log`, `process.stdout.write`. */
export function isDisplay(callee: Node): boolean {
  const node = unwrap(callee);
  if (node.kind === "name") return /^(?:log|print|println|echo|info|warn|debug)$/.test(node.name);
  if (node.kind !== "member" || node.property === null) return false;
  if (isStandardOutput(node.object)) return node.property === "write";
  return node.object.kind === "name" && DISPLAYS.test(node.object.name) && SHOWING.test(node.property);
}

/** `process.stdout`, `process.stderr` */
function isStandardOutput(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.kind !== "member" || (inner.property !== "stdout" && inner.property !== "stderr")) return false;
  return inner.object.kind === "name" && (inner.object.name === "process" || inner.object.name === "Deno");
}

export function greatest(uses: readonly Use[]): Use {
  if (uses.includes("captured")) return "captured";
  return uses.includes("shown") ? "shown" : "none";
}
