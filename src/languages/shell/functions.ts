import type { Function as FunctionNode } from "unbash";
import { type Invocation, literal, type OutputUse } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { type Call, FunctionCalls } from "./function-calls.ts";
import { CAPTURED, unite } from "./output.ts";
import { type IndirectCall, IndirectCalls, useOfArguments } from "./indirect-calls.ts";
import type { Variables } from "./variables.ts";

/** More calls than this are no list that a person wrote. */
const MAX_CALLS = 200;

/** The functions of one script that are not walked yet, and all calls that were met. */
export class Functions {
  /** Calls whose words stand in the commands of the function that they call. */
  readonly replaced = new Set<Invocation>();
  readonly #waiting: { readonly node: FunctionNode; readonly use: OutputUse }[] = [];
  readonly #calls = new Map<string, Call[]>();
  readonly #indirect = new IndirectCalls();
  readonly #names = new Set<string>();
  readonly #twice = new Set<string>();
  readonly #nodes = new Map<string, FunctionNode>();

  constructor(
    private readonly fragment: Fragment,
    private readonly variables: Variables,
  ) {}

  /** @param use what becomes of the output of a function that nobody calls */
  define(node: FunctionNode, use: OutputUse): void {
    const name = node.name.text;
    this.#nodes.set(name, node);
    (this.#names.has(name) ? this.#twice : this.#names).add(name);
    this.#waiting.push({ node, use });
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  call(name: string, call: Call): void {
    const calls = this.#calls.get(name);
    if (calls === undefined) this.#calls.set(name, [call]);
    else calls.push(call);
  }

  /** A command that may call functions by its other words. */
  mention(invocation: Invocation): void {
    this.#indirect.add(invocation);
  }

  /** The next one to walk: one that no other calls, so that what is to be known of its calls is known. */
  next(): FunctionCalls | undefined {
    const free = this.#waiting.findLastIndex(
      ({ node }) => !this.#waiting.some((other) => this.#calledBy(node, other.node)),
    );
    const [next] = this.#waiting.splice(free < 0 ? this.#waiting.length - 1 : free, 1);
    if (next === undefined) return undefined;
    const name = next.node.name.text;
    const indirect = this.#indirect.of(name).filter((call) => !this.#isData(call));
    const known = indirect.flatMap(({ args, output, invocation }) =>
      args === null ? [] : [{ args, output, invocation }],
    );
    const calls = [...(this.#calls.get(name) ?? []), ...known];
    const outputs = calls.map(({ output }) => output);
    const unknown = indirect.filter(({ args }) => args === null);
    outputs.push(...unknown.map(({ output }) => output));
    if (this.#isCapturedByQuotes(name)) outputs.push(CAPTURED);
    const output = { ...(outputs.length === 0 ? uncalled(next.use) : unite(outputs)) };
    const isFollowed = !this.#twice.has(name) && calls.length <= MAX_CALLS;
    const followed = { calls: isFollowed ? calls : [], areAll: unknown.length === 0 };
    const current = new FunctionCalls(
      next.node,
      output,
      followed,
      this.variables,
      this.fragment,
      this.replaced,
    );
    this.variables.setParameters(current);
    return current;
  }

  /** Whether a word that may be the name of a function is only a word for the function that gets it. */
  #isData({ invocation }: IndirectCall): boolean {
    const called = literal(invocation.words[0]?.value ?? []) ?? "";
    const node = this.#twice.has(called) ? undefined : this.#nodes.get(called);
    if (node === undefined) return false;
    const use = useOfArguments(node.body, (name) => this.#names.has(name));
    return use === "keeps" || (use === "passes" && this.replaced.has(invocation));
  }

  #calledBy({ name }: FunctionNode, other: FunctionNode): boolean {
    if (other.name.text === name.text) return false;
    const indirect = this.#indirect.of(name.text);
    if (indirect.some(({ invocation }) => literal(invocation.words[0]?.value ?? []) === other.name.text))
      return true;
    const { pos, end } = other.body;
    return mentions(this.fragment.text.slice(pos, end), name.text);
  }

  /** What stands between backquotes is read on its own. */
  #isCapturedByQuotes(name: string): boolean {
    return this.fragment.text.includes("`") && mentions(this.fragment.text, name, "`\\s*");
  }
}

/** Of a function that the file does not call: a script that sources it may read what it prints. */
function uncalled(use: OutputUse): OutputUse {
  return use.pipe.length === 0 && use.sink.kind === "stdout" ? { pipe: [], sink: { kind: "callers" } } : use;
}

function mentions(text: string, name: string, before = ""): boolean {
  if (!text.includes(name)) return false;
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`${before}(?<![\\w.-])${escaped}(?![\\w.-])`).test(text);
}
