import { functionName } from "./calls.ts";
import type { Call, Node } from "./model.ts";
import type { Program } from "./program.ts";
import { asLiteral, unwrap, type Resolver } from "./resolve.ts";
import { greatest, isDisplay, Uses, type Use } from "./use.ts";

/** Methods whose first argument is looked for in another text, or searched. */
const SEARCHES =
  /^(?:exec|includes|startsWith|endsWith|indexOf|lastIndexOf|match|matchAll|search|replace|replaceAll|split|test|has|localeCompare|toMatch)$/;
/** Functions whose first argument is a title, a pattern or the name of a module. */
const NAMES =
  /^(?:x|f)?(?:it|test|describe|suite|context|specify|bench|step|before|after|beforeEach|afterEach|beforeAll|afterAll)$|^(?:require|RegExp)$/;

/** Longer strings are data, pages or other programs. */
const MAX_LENGTH = 100_000;

/** The strings of a program that may be commands as they stand, sums and templates as a whole. */
export function* stringsOf(program: Program, resolver: Resolver): Generator<Node, void> {
  for (const node of program.nodes) {
    if (node.kind !== "text" && node.kind !== "concat") continue;
    const parent = program.parent(node);
    const whole = parent?.kind === "tagged" && asLiteral(parent) !== null ? parent : node;
    const holder = program.holder(whole);
    const isPart = holder?.kind === "concat" || holder?.kind === "text";
    const code = program.code(node);
    const mayBeCommand = code.length <= MAX_LENGTH && /\s/.test(code);
    if (!isPart && mayBeCommand && !isLookedFor(whole, holder, resolver)) yield whole;
  }
}

/** What becomes of a string: of what the function that it is given to returns, or of the variable that holds it. */
export function useOfString(node: Node, resolver: Resolver): Use {
  const { program, route } = resolver;
  const holder = program.holder(node);
  if (holder?.kind === "call") {
    const isShown =
      isDisplay(holder.callee) || (functionName(holder.callee, resolver) ?? "").endsWith("Error");
    return isShown ? "shown" : new Uses(program, route).of(holder);
  }
  if (holder?.kind !== "variable") return "none";
  const uses = holder.names.flatMap(({ name }) => {
    const references = program.declared(holder, name)?.references ?? [];
    return references.map((reference): Use => {
      const call = program.parent(reference);
      return call?.kind === "call" && call.callee !== reference && !isDisplay(call.callee)
        ? new Uses(program, route).of(call)
        : "none";
    });
  });
  return greatest(uses);
}

/** The same for an array: of one that other files may run, or that a test expects, nobody sees here who reads its output. */
export function useOfList(node: Node, resolver: Resolver): Use {
  const holder = resolver.program.holder(node);
  const isElsewhere =
    (holder?.kind === "variable" && resolver.program.isExported(holder)) ||
    (holder?.kind === "call" && isExpectation(holder));
  return isElsewhere ? "captured" : useOfString(node, resolver);
}

/** `expect(spawn).toHaveBeenCalledWith("ig", [...])`, `assert.deepEqual(args, [...])` */
export function isExpectation({ callee }: Call): boolean {
  return /^(?:expect|assert)$/.test(rootName(unwrap(callee)) ?? "");
}

/** Whether a string is compared with others, or names something, instead of being a command. */
function isLookedFor(node: Node, holder: Node | null, resolver: Resolver): boolean {
  if (holder?.kind === "test") return true;
  if (holder?.kind !== "call" || unwrap(holder.args[0] ?? holder) !== node) return false;
  const callee = unwrap(holder.callee);
  if (callee.kind === "member" && SEARCHES.test(callee.property ?? "")) return true;
  return NAMES.test(rootName(callee) ?? functionName(callee, resolver) ?? "");
}

/** `test` of `test.only.each([...])`. */
function rootName(callee: Node): string | null {
  let node = callee;
  for (;;) {
    if (node.kind === "member") node = unwrap(node.object);
    else if (node.kind === "call") node = unwrap(node.callee);
    else if (node.kind === "tagged") node = unwrap(node.tag);
    else return node.kind === "name" ? node.name : null;
  }
}
