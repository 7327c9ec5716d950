import type { Value, Word } from "../../commands/command.ts";
import { PlainWords } from "../../commands/plain-words.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { methodName, type Call, type Element, type Expression } from "./expression.ts";
import type { Program } from "./program.ts";
import { StatementManner } from "./statements.ts";
import { stringOf } from "./string.ts";
import { valueOf } from "./value.ts";
import { ChainManner, ExpressionWords, ListManner, type Manner, type Slot } from "./words.ts";

const MAX_DEPTH = 20;
const MAX_WORDS = 2000;
/** Functions and methods that cut a text at blanks. */
const SPLITS =
  /(?:^|\.)(?:shlex\.split|shellwords|Shellwords\.split|strings\.Fields|split|Split|fields|tokenize|split_whitespace)$/;
/** Methods that make the same list, or its type, of a list. */
const COPIES =
  /\.(?:copy|clone|to_vec|to_a|dup|toList|toTypedArray|into_iter|iter|ToArray|ToList|toArray|flatten)$|^(?:list|tuple|Array)$/;

/** Collects the words of one command from expressions, in order. */
export class Argv {
  readonly words: Word[] = [];
  /** What the words stand in. */
  readonly used = new Set<Expression>();
  #depth = 0;

  constructor(
    private readonly program: Program,
    private readonly root: Fragment,
  ) {}

  /** Elements that stand side by side, each a word, or more where it is spread. */
  elements(
    elements: readonly Element[],
    from = 0,
    manner: Manner = new ListManner(this.program.text, elements),
  ): void {
    this.#group(elements.slice(from), manner);
  }

  /** An expression for a list. @returns false when it is none */
  list(node: Expression): boolean {
    return this.#list(node, null);
  }

  /** The methods that add words to a command (`.arg("x")`). */
  chain(calls: readonly Call[], one: string): void {
    const places = calls.map((call) => ({ start: this.#dotOf(call), end: call.end }));
    const manner = new ChainManner(this.program.text, places, one);
    for (const [i, call] of calls.entries()) {
      const place = places[i];
      if (place === undefined) continue;
      const [first] = call.args;
      if (first === undefined) continue;
      const isAll = methodName(call) !== one;
      if (!isAll) this.#group(call.args.slice(0, 1), manner);
      else if (!this.#list(first.value, null) && !this.split(first.value, true))
        this.opaque(first.value, manner);
    }
  }

  /** A text that is cut at blanks. */
  split(node: Expression, isForShell: boolean): boolean {
    const string = stringOf(node, this.program, this.root, "one");
    if (string === null) return false;
    // Between quotes, a blank is a part of a word.
    if (isForShell && /["'\\]/.test(string.fragment.text)) return false;
    this.used.add(node);
    for (const text of string.texts) this.used.add(text);
    this.words.push(...new PlainWords(string.fragment, isForShell).words);
    return true;
  }

  /** Words that nobody knows. */
  opaque(
    node: Range & { readonly value?: Expression },
    manner: Manner,
    code = this.program.code(node),
  ): void {
    const value: Value = [{ code, words: "any" }];
    const slot: Slot = { start: node.start, end: node.end, node: OPAQUE, value, isFixed: true };
    this.words.push(...new ExpressionWords(this.root, this.program, [slot], manner).words);
  }

  #dotOf(call: Call): number {
    const name = methodName(call);
    const from = call.object?.end ?? call.start;
    const at = this.program.text.indexOf(`.${name}`, from);
    const dot = this.program.text.lastIndexOf(`.${name}`, call.place.start);
    return call.object === null ? dot : at;
  }

  #group(elements: readonly Element[], manner: Manner): void {
    const own: Slot[] = [];
    const order: (Slot | (() => void))[] = [];
    for (const element of elements) {
      if (element.isSpread) {
        order.push(() => {
          if (!this.#list(element.value, manner)) this.opaque(element, manner);
        });
        continue;
      }
      if (element.key !== null) continue;
      this.#use(element.value);
      const { start, end } = element.value;
      const slot = {
        start,
        end,
        node: element.value,
        value: valueOf(element.value, this.program, this.root),
      };
      own.push(slot);
      order.push(slot);
    }
    const { words } = new ExpressionWords(this.root, this.program, own, manner);
    for (const entry of order) {
      if (this.words.length > MAX_WORDS) return;
      if (typeof entry === "function") entry();
      else this.words.push(...words.filter(({ start }) => start === entry.start));
    }
  }

  #use(node: Expression): void {
    this.used.add(node);
    if (node.kind === "sum") for (const term of node.terms) this.#use(term);
    if (node.kind === "format") this.#use(node.text);
  }

  #list(node: Expression, around: Manner | null): boolean {
    if (this.#depth > MAX_DEPTH) return false;
    this.#depth += 1;
    const isList = this.#listOf(node, around);
    this.#depth -= 1;
    return isList;
  }

  #listOf(node: Expression, around: Manner | null): boolean {
    if (node.kind === "list") {
      this.used.add(node);
      this.elements(node.elements);
      return true;
    }
    if (node.kind === "sum") return this.#sum(node.terms, around);
    if (node.kind === "call") return this.#call(node);
    if (node.kind === "text" && node.literal.rule.isWords === true) return this.split(node, false);
    if (node.kind !== "name") return false;
    return this.#named(node);
  }

  /** `["kubectl", "gadget"] + args` */
  #sum(terms: readonly Expression[], around: Manner | null): boolean {
    const [first] = terms;
    const isList = first !== undefined && this.#isList(first);
    if (!isList) return false;
    for (const term of terms) {
      if (!this.#list(term, around)) this.opaque(term, around ?? NOWHERE);
    }
    return true;
  }

  #isList(node: Expression): boolean {
    const probe = new Argv(this.program, this.root);
    probe.#depth = this.#depth;
    return probe.list(node);
  }

  #call(call: Call): boolean {
    const { callee, object, args } = call;
    const text = object?.kind === "text" || object?.kind === "sum" ? object : args[0]?.value;
    if (SPLITS.test(callee) && text !== undefined) {
      const value = this.#textBehind(text);
      const isAtBlanks = args
        .slice(text === object ? 0 : 1)
        .every((arg) => /^\s+$/.test(this.program.plain(arg.value) ?? " "));
      return value !== null && isAtBlanks && this.split(value, /shlex|hellwords/.test(callee));
    }
    if (COPIES.test(callee)) {
      const inner = object ?? args[0]?.value;
      return inner !== undefined && this.#list(inner, null);
    }
    if (callee !== "append") return false;
    const [first, ...rest] = args;
    if (first === undefined || !this.#list(first.value, null)) return false;
    this.elements(args, args.length - rest.length);
    return true;
  }

  #textBehind(node: Expression): Expression | null {
    if (node.kind !== "name") return node;
    const resolved = this.program.resolve(node);
    return resolved === null || resolved.isEach || resolved.changes.length > 0 ? null : resolved.value;
  }

  /** A list by its name, with what is added to it before it is used. */
  #named(node: Expression): boolean {
    const resolved = this.program.resolve(node);
    if (resolved === null || resolved.isEach || !this.#list(resolved.value, null)) return false;
    for (const { isCertain, call, value } of resolved.changes) {
      if (!isCertain) {
        const added = call ?? value ?? node;
        this.opaque(added, NOWHERE, `...[${this.program.code(added)}]`);
      } else if (call !== null) {
        this.#added(call);
      } else if (value === null || !this.#list(value, null)) {
        this.opaque(value ?? node, NOWHERE);
      }
    }
    return true;
  }

  #added(call: Call): void {
    if (call.callee === "append") {
      this.elements(call.args, 1);
      return;
    }
    if (this.program.table.appends?.[methodName(call)] !== "all") {
      const [, more] = call.args;
      // Some take several words, but none that takes one is known to.
      if (more === undefined) this.elements(call.args, 0, new StatementManner(this.program, [call]));
      else this.elements(call.args);
      return;
    }
    for (const { value } of call.args) if (!this.#list(value, null)) this.opaque(value, NOWHERE);
  }
}

const OPAQUE: Expression = { kind: "other", start: 0, end: 0, children: [] };

/** A place that nothing can be put into. */
const NOWHERE: Manner = {
  insertAfter: ({ end }) => ({ start: end, end, text: "" }),
  cut: () => null,
};
