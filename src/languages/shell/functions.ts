import type { Command, Function as FunctionNode, SyntaxNode } from "unbash";
import { display, type Invocation, literal, type OutputUse, type Word } from "../../commands/command.ts";
import type { Helper } from "../../commands/helper.ts";
import type { Fragment } from "../../text/fragment.ts";
import { CAPTURED, unite } from "./output.ts";
import { type IndirectCall, IndirectCalls, useOfArguments } from "./indirect-calls.ts";
import type { Variables } from "./variables.ts";

/** One call of a function. */
export interface Call {
  readonly args: readonly Word[];
  readonly output: OutputUse;
  readonly invocation: Invocation;
}

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
    const output = outputs.length === 0 ? uncalled(next.use) : unite(outputs);
    const isFollowed = !this.#twice.has(name) && calls.length <= MAX_CALLS;
    const followed = { calls: isFollowed ? calls : [], areAll: unknown.length === 0 };
    return new FunctionCalls(next.node, output, followed, this.variables, this.replaced);
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

/** One function as its calls have it. */
export class FunctionCalls {
  readonly name: string;
  readonly body: SyntaxNode;
  readonly #shifts: readonly Command[];

  constructor(
    node: FunctionNode,
    /** What becomes of its output. */
    readonly output: OutputUse,
    /** Those whose words are known, and whether they are all. */
    private readonly followed: { readonly calls: readonly Call[]; readonly areAll: boolean },
    private readonly variables: Variables,
    private readonly replaced: Set<Invocation>,
  ) {
    this.name = node.name.text;
    this.body = node.body;
    const { pos, end } = node.body;
    this.#shifts = variables.changesOfArguments.filter((command) => pos <= command.pos && command.pos < end);
  }

  /** The values of a parameter (`$1`), where all calls give it literal ones. */
  known(code: string, command: Command): readonly string[] | undefined {
    const number = Number(/^\$(?:([1-9])|\{([1-9]\d?)\})$/.exec(code)?.slice(1).join("") ?? 0);
    const shifted = number === 0 ? null : this.#shiftedAt(command);
    const { calls, areAll } = this.followed;
    if (shifted === null || calls.length === 0 || !areAll) return undefined;
    const values = calls.map(({ args }) => literal(args[number - 1 + shifted]?.value ?? []));
    const texts = values.filter((value) => value !== null && value !== "");
    return texts.length === values.length ? [...new Set(texts as readonly string[])] : undefined;
  }

  /**
   * The words of a command of the body once for each call, where it passes on all arguments (`"$@"`): then words of the
   * command stand in the calls.
   */
  passed(command: Command, words: readonly Word[]): readonly (readonly Word[])[] {
    const shifted = words.some((word) => isList(parameterOf(word))) ? this.#shiftedAt(command) : null;
    const { calls } = this.followed;
    if (shifted === null || calls.length === 0) return [words];
    return calls.map(({ args, invocation }) => {
      this.replaced.add(invocation);
      return words.flatMap((word) => filledIn(word, args.slice(shifted)));
    });
  }

  /** A command of the body that gets all arguments, as other files may use it. */
  helper(command: Command, words: readonly Word[], output: OutputUse): Helper | undefined {
    const at = words.findIndex((word) => isList(parameterOf(word)));
    const list = words[at];
    const from = list === undefined ? null : parameterOf(list);
    const shifted = from === null ? null : this.#shiftedAt(command);
    if (from === null || !("from" in from) || shifted === null) return undefined;
    const parameter = from.from - 1 + shifted;
    const [given, behind] = [words.slice(0, at), words.slice(at + 1)];
    return { names: [this.name], isMethod: false, given, behind, parameter, as: "rest", output };
  }

  /** By how many words `shift` has moved the arguments where a command stands; null when nobody can tell. */
  #shiftedAt(command: Command): number | null {
    const { path } = this.variables.placeOf(command);
    let count = 0;
    for (const shift of this.#shifts) {
      const place = this.variables.placeOf(shift);
      const number = shift.name?.text === "shift" ? Number(shift.args[0]?.text ?? 1) : NaN;
      const isOnWay = place.path.every((block, i) => path[i] === block);
      const isInLoop = place.path.some(({ kind }) => kind === "loop");
      if (place.pos > command.pos && !isInLoop) continue;
      if (!isOnWay || isInLoop || !Number.isInteger(number)) return null;
      count += number;
    }
    return count;
  }
}

/** `$1`, or all from one on (`$@`, `${@:2}`). */
type Parameter = { readonly number: number } | { readonly from: number } | null;

function parameterOf({ value: [only, more] }: Word): Parameter {
  if (typeof only !== "object" || more !== undefined) return null;
  const [, one, braced, list] =
    /^\$(?:([1-9])|\{([1-9]\d?)\}|(@|\{@\}|\{@:[1-9]\d?\}|\*|\{\*\}))$/.exec(only.code) ?? [];
  if (list !== undefined) {
    // Between quotes, `$*` is one word.
    return list.includes("*") && only.words === "one" ? null : { from: Number(/\d+/.exec(list)?.[0] ?? 1) };
  }
  const number = one ?? braced;
  return number === undefined ? null : { number: Number(number) };
}

function isList(parameter: Parameter): boolean {
  return parameter !== null && "from" in parameter;
}

function filledIn(word: Word, args: readonly Word[]): readonly Word[] {
  const parameter = parameterOf(word);
  if (parameter === null) return [{ ...word, isShared: true }];
  if ("from" in parameter) return args.slice(parameter.from - 1);
  const arg = args[parameter.number - 1];
  const isOne = arg !== undefined && !/[\s*?[\]]/.test(display(arg.value));
  return [isOne ? arg : { ...word, isShared: true }];
}
