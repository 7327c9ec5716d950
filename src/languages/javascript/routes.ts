import type { Bound, Call, Func, List, Node } from "./model.ts";
import type { Binding, Callers, Program } from "./program.ts";
import { DIRECT, Resolver, type Route } from "./resolve.ts";

/** So many helper functions around a command are followed, and so many calls of each. */
const MAX_HELPERS = 4;
const MAX_CALLS = 200;

/** What was read in one way. */
export interface RouteReading {
  keep(): void;
  /** Whether callers can decide no more than values of flags. */
  isWhole(): boolean;
}

/**
 * Reads a command that stands in helper functions once for each way that leads to it, so that their parameters have
 * values: `const kubectl = (args) => spawn("kubectl", args)` for every call of `kubectl`.
 * @param read reads it with the values of one way
 */
export function onEachRoute(
  program: Program,
  node: Node,
  read: (resolver: Resolver) => RouteReading | null,
): void {
  const follow = (route: Route, helpers: number): void => {
    const resolver = new Resolver(program, route);
    const reading = read(resolver);
    const helper = helpers >= MAX_HELPERS ? null : helperAround(node, resolver);
    if (helper === null) {
      reading?.keep();
      return;
    }
    const { calls, isShared } = helper.callers;
    if (isShared) reading?.keep();
    // Other files call it too: the command is one, and changes where it stands.
    if (isShared && reading?.isWhole() === true) return;
    for (const call of calls.slice(0, MAX_CALLS)) {
      follow(extend(route, helper.func, call, isShared, program), helpers + 1);
    }
  };
  follow(DIRECT, 0);
}

interface Helper {
  readonly func: Func;
  readonly callers: Callers;
}

/** A function that is called in this file, around a command or a call that leads to it, with a parameter that the command depends on. */
function helperAround(node: Node, { open, program, route }: Resolver): Helper | null {
  const owners = new Set<Node>([...open].map((binding) => binding.scope));
  for (const place of [node, ...route.calls.values()]) {
    for (const outer of program.upwards(place)) {
      if (outer.kind !== "function" || !owners.has(outer) || route.calls.has(outer)) continue;
      const callers = program.callersOf(outer);
      if (callers.calls.length > 0) return { func: outer, callers };
    }
  }
  return null;
}

function extend(route: Route, func: Func, call: Call, isShared: boolean, program: Program): Route {
  const given = new Map<Binding, Node | null>(route.given);
  const resolver = new Resolver(program, route);
  for (const [index, param] of func.params.entries()) {
    for (const bound of param.names) {
      const binding = program.declared(param, bound.name);
      if (binding !== null) given.set(binding, argumentOf(call, index, bound, resolver));
    }
  }
  return {
    given,
    calls: new Map(route.calls).set(func, call),
    shared: isShared ? [...route.shared, func] : route.shared,
  };
}

function argumentOf(
  { args }: Call,
  index: number,
  { part, fallback }: Bound,
  resolver: Resolver,
): Node | null {
  if (args.slice(0, index + 1).some((arg) => arg.kind === "spread") && part.kind !== "rest") return null;
  const arg = args[index];
  switch (part.kind) {
    case "whole":
      return arg ?? fallback;
    case "property":
      return (arg === undefined ? null : resolver.property(arg, part.key)) ?? fallback;
    case "rest":
      return listOf(args.slice(index));
    case "other":
      return null;
  }
}

function listOf(elements: readonly Node[]): List | null {
  const [first] = elements;
  const last = elements.at(-1);
  if (first === undefined || last === undefined) return null;
  return { kind: "list", start: first.start, end: last.end, elements };
}
