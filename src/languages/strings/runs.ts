import type { Sink } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { Argv } from "./argv.ts";
import { wordsOfCall, wordsOfProgram } from "./call-words.ts";
import { methodName, named, type Call, type Expression, type List } from "./expression.ts";
import { CAPTURED, type Found } from "./found.ts";
import { sinkOf } from "./output.ts";
import type { Program } from "./program.ts";
import type { RunRule } from "./table.ts";
import { ListManner } from "./words.ts";

/** Reads the calls and settings that run commands, as the table of the language tells them. */
export class RunReader {
  constructor(
    private readonly program: Program,
    private readonly root: Fragment,
    private readonly found: Found,
  ) {}

  read(): void {
    for (const node of this.program.expressions) {
      if (node.kind === "call") this.#readCall(node);
      if (node.kind === "text" && node.literal.rule.runs === "shell") this.found.addShell(node, CAPTURED);
      if (node.kind === "list") this.#readSettings(node);
    }
    for (const rule of this.program.table.runs.filter(({ isSetting }) => isSetting === true)) {
      for (const { name, value, block } of this.program.assignments) {
        const isOne = rule.name.test(name) && (rule.within?.test(block.head) ?? true);
        if (isOne && value !== null)
          this.#run(rule, value, typeof rule.output === "string" ? { kind: rule.output } : CAPTURED);
      }
    }
  }

  #readCall(call: Call): void {
    if (this.program.table.chain?.start.test(call.callee) === true) {
      this.#readChain(call);
      return;
    }
    for (const rule of this.program.table.runs) {
      if (rule.isSetting === true || !rule.name.test(call.callee)) continue;
      const { args } = call;
      const byKey = rule.key === undefined ? undefined : named(call, rule.key);
      const positional = args.filter(({ key }) => key === null);
      const first = byKey ?? positional[rule.skip ?? 0];
      if (first === undefined) continue;
      const sink = sinkOf(call, rule, this.program);
      const isShell =
        rule.shellFlag !== undefined &&
        args.some((arg) => rule.shellFlag?.test(this.program.code(arg)) === true);
      if (rule.takes === "program") {
        const argv = wordsOfProgram(call.args.slice(args.indexOf(first)), this.program, this.root);
        if (argv !== null) this.found.addArgv(argv, CAPTURED);
      } else if (
        rule.takes === "words" ||
        (rule.takes === "auto" && positional.length > 1 + (rule.skip ?? 0))
      ) {
        this.found.addArgv(wordsOfCall(call, args.indexOf(first), this.program, this.root), sink);
      } else this.#run(isShell ? { ...rule, takes: "shell" } : rule, first.value, sink);
    }
  }

  #readSettings({ elements }: List): void {
    for (const { key, value } of elements) {
      if (key === null) continue;
      for (const rule of this.program.table.runs) {
        if (rule.isSetting !== true || rule.within !== undefined || !rule.name.test(key)) continue;
        this.#run(rule, value, typeof rule.output === "string" ? { kind: rule.output } : CAPTURED);
      }
    }
  }

  #run({ takes, isForeign }: Pick<RunRule, "takes" | "isForeign">, value: Expression, sink: Sink): void {
    if (takes === "scripts") {
      const list = this.program.list(value);
      for (const element of list?.elements ?? []) this.found.addShell(element.value, sink);
      return;
    }
    const behind = this.#textBehind(value);
    if (takes === "shell" || (takes === "auto" && behind !== null)) {
      if (behind !== null)
        this.found.addShell(behind, sink, null, isForeign === true ? "foreign" : undefined);
      return;
    }
    const argv = new Argv(this.program, this.root);
    if (argv.list(value)) this.found.addArgv(argv, sink);
  }

  /** The string that an expression is, or that the name stands for. */
  #textBehind(node: Expression): Expression | null {
    if (node.kind === "text" || node.kind === "sum" || node.kind === "format") return node;
    const resolved = this.program.resolve(node);
    if (resolved === null || resolved.isEach || resolved.changes.length > 0 || resolved.value === node)
      return null;
    return resolved.value.kind === "name" ? null : this.#textBehind(resolved.value);
  }

  /** `Command::new("kubectl").arg("gadget")`, and what is added to it by its name. */
  #readChain(start: Call): void {
    const { chain } = this.program.table;
    if (chain === undefined) return;
    const calls: Call[] = [];
    const adds = (call: Call): boolean => methodName(call) === chain.one || methodName(call) === chain.all;
    let outer: Call = start;
    for (;;) {
      const parent = this.program.parent(outer);
      if (parent?.kind !== "call" || parent.object !== outer) break;
      if (adds(parent)) calls.push(parent);
      outer = parent;
    }
    const argv = new Argv(this.program, this.root);
    argv.elements(start.args);
    argv.chain(calls, chain.one);
    const name = this.program.assignmentOf(outer)?.name;
    if (name !== undefined) this.#addToChain(argv, name, outer, adds, chain.one);
    const rule: Pick<RunRule, "output"> = { output: chain.output };
    this.found.addArgv(argv, sinkOf(start, rule, this.program));
  }

  #addToChain(argv: Argv, name: string, made: Call, adds: (call: Call) => boolean, one: string): void {
    const more = this.program
      .methodsOf(name)
      .filter((call) => call.start > made.start && this.program.isSameFunction(call, made));
    for (const first of more) {
      for (let call: Expression | null = first; call?.kind === "call";) {
        if (adds(call)) {
          if (this.program.block(call) === this.program.block(made)) argv.chain([call], one);
          else argv.opaque(call, NO_PLACE, `...[${this.program.code(call)}]`);
        }
        const parent: Expression | null = this.program.parent(call);
        call = parent?.kind === "call" && parent.object === call ? parent : null;
      }
    }
  }
}

const NO_PLACE = new ListManner("", []);
