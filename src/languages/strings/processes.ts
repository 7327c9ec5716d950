import type { Fragment } from "../../text/fragment.ts";
import { Argv } from "./argv.ts";
import { wordsOfProgram } from "./call-words.ts";
import { methodName, type Call, type Element, type Expression } from "./expression.ts";
import { CAPTURED, type Found } from "./found.ts";
import type { Program } from "./program.ts";
import { StatementManner } from "./statements.ts";
import type { ProcessRule } from "./table.ts";
import { ListManner } from "./words.ts";

/** Reads processes that properties tell one by one (`info.FileName = "ig"; info.ArgumentList.Add("trace")`). */
export class ProcessReader {
  constructor(
    private readonly program: Program,
    private readonly root: Fragment,
    private readonly found: Found,
  ) {}

  read(): void {
    const rule = this.program.table.process;
    if (rule === undefined) return;
    for (const [owner, uses] of this.#owners(rule)) {
      const functions = uses.filter(
        (use, i) => !uses.slice(0, i).some((other) => this.program.isSameFunction(use, other)),
      );
      for (const use of functions) this.#read(owner, use, rule);
    }
    for (const made of this.program.expressions) {
      if (made.kind === "call" && rule.type.test(made.callee)) this.#readInitializer(made, rule);
    }
  }

  /** The names of objects that are given arguments, with the places where they are. */
  #owners({ text, list }: ProcessRule): ReadonlyMap<string, readonly Expression[]> {
    const owners = new Map<string, Expression[]>();
    const add = (owner: string | undefined, use: Expression): void => {
      if (owner !== undefined) owners.set(owner, [...(owners.get(owner) ?? []), use]);
    };
    const isText = new RegExp(`^(.+)\\.${text}$`);
    const isAdding = new RegExp(`^(.+)\\.${list}\\.Add$`);
    for (const { name, value } of this.program.assignments)
      if (value !== null) add(isText.exec(name)?.[1], value);
    for (const node of this.program.expressions)
      if (node.kind === "call") add(isAdding.exec(node.callee)?.[1], node);
    return owners;
  }

  /** @param use a place in the function that it is told in */
  #read(owner: string, use: Expression, rule: ProcessRule): void {
    const program = this.#programOf(owner, use, rule);
    if (program === null || this.found.used.has(program)) return;
    const text = this.program.onlyIn(`${owner}.${rule.text}`, use);
    if (text !== null) {
      this.#add(wordsOfProgram([elementOf(program), elementOf(text)], this.program, this.root));
      return;
    }
    const calls = this.program
      .methodsOf(`${owner}.${rule.list}`)
      .filter((call) => this.program.isSameFunction(call, use) && methodName(call) === "Add");
    const argv = new Argv(this.program, this.root);
    argv.elements([elementOf(program)]);
    const manner = new StatementManner(this.program, calls);
    for (const call of calls) {
      const isCertain = this.program.block(call) === this.program.block(use);
      if (isCertain) argv.elements(call.args, 0, manner);
      else argv.opaque(call, NOWHERE, `...[${this.program.code(call)}]`);
    }
    this.#add(argv);
  }

  /** `new ProcessStartInfo("kubectl") { Arguments = "gadget trace exec" }` */
  #readInitializer({ args, end }: Call, { text, list }: ProcessRule): void {
    const [program, more] = args;
    if (program === undefined || more !== undefined || this.found.isUsed(args)) return;
    const rest = this.#propertyIn(end, text) ?? this.#propertyIn(end, list);
    if (rest !== null) this.#add(wordsOfProgram([program, elementOf(rest)], this.program, this.root));
  }

  /** The program: a property of its own, one among others where the object is made, or the first argument there. */
  #programOf(owner: string, use: Expression, { type, program }: ProcessRule): Expression | null {
    const own = this.program.onlyIn(`${owner}.${program}`, use);
    if (own !== null) return own;
    const made = this.program.onlyIn(owner, use);
    if (made?.kind === "list") return this.#propertyIn(made.group.start, program);
    return made?.kind === "call" && type.test(made.callee) ? (made.args[0]?.value ?? null) : null;
  }

  /** A property between the braces that stand at an offset, blanks left out. */
  #propertyIn(offset: number, name: string): Expression | null {
    const isThere = (start: number): boolean =>
      start >= offset && this.program.text.slice(offset, start).trim() === "";
    for (const node of this.program.expressions) {
      if (node.kind !== "list" || !isThere(node.group.start)) continue;
      const among = node.elements.find(({ key }) => key === name);
      if (among !== undefined) return among.value;
    }
    // One alone looks like a statement.
    return (
      this.program.assignments.find((one) => one.name === name && isThere(one.block.start))?.value ?? null
    );
  }

  #add(argv: Argv | null): void {
    if (argv !== null) this.found.addArgv(argv, CAPTURED);
  }
}

function elementOf(value: Expression): Element {
  return { start: value.start, end: value.end, key: null, isSpread: false, value };
}

const NOWHERE = new ListManner("", []);
