import {
  type Constant,
  type Implied,
  type Invocation,
  type OutputUse,
  type Problem,
  type Reading,
  type Role,
  type Sink,
  type Word,
} from "../../commands/command.ts";
import { CommandSet } from "../../commands/command-set.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import { withoutOptions } from "../markdown/options.ts";
import type { Argv } from "./argv.ts";
import type { Element, Expression } from "./expression.ts";
import type { Program } from "./program.ts";
import { stringOf, type ProgramString } from "./string.ts";
import { embedded } from "./value.ts";
import { ExpressionWords } from "./words.ts";

const STDOUT: Sink = { kind: "stdout" };
export const CAPTURED: Sink = { kind: "captured" };

/** The commands found in a program so far, and the literals and lists that belong to them. */
export class Found {
  readonly problems: Problem[] = [];
  /** Literals and lists that belong to a command. */
  readonly used = new Set<Expression>();
  readonly #commands = new CommandSet();

  constructor(
    private readonly program: Program,
    private readonly root: Fragment,
    private readonly context: ReadContext,
  ) {}

  get invocations(): readonly Invocation[] {
    return this.#commands.all;
  }

  /** Whether one of the elements belongs to a command. */
  isUsed(elements: readonly Element[]): boolean {
    return elements.some(({ value }) => this.used.has(value));
  }

  /**
   * A string that a shell reads.
   * @param role where it is not the one that the shell's reader tells
   */
  addShell(node: Expression, output: Sink, implied: Implied | null = null, role?: Role): void {
    const string = stringOf(node, this.program, this.root, "any");
    if (string === null) return;
    this.used.add(node);
    for (const text of string.texts) this.used.add(text);
    const reading = this.context.read("shell", string.fragment);
    this.problems.push(...reading.problems);
    for (const invocation of reading.invocations) {
      const constants = [...invocation.constants, ...this.#constantsIn(string)];
      const host = implied === null ? {} : { implied };
      const as = role === undefined ? {} : { role };
      this.#commands.add({
        ...invocation,
        output: this.#outputOf(invocation, output),
        constants,
        ...host,
        ...as,
      });
    }
  }

  /** What a document says that a string holds. */
  addDocument({ invocations, problems }: Reading, { texts }: ProgramString): void {
    for (const text of texts) this.used.add(text);
    this.problems.push(...problems);
    for (const invocation of invocations) this.#commands.add(invocation);
  }

  /**
   * What a text says cannot be broken: whatever its shell does not read was no command.
   * @param role what a text that is no script is for
   */
  addText(fragment: Fragment, string: ProgramString, role: "text" | "data"): void {
    const isScript = fragment.text.startsWith("#!");
    const script = isScript ? fragment : withoutOptions(fragment);
    for (const invocation of this.context.read("shell", script).invocations) {
      this.#commands.add({
        ...invocation,
        role: isScript ? invocation.role : this.program.table.isSettings === true ? "data" : role,
        output: this.#outputOf(invocation, isScript ? CAPTURED : STDOUT),
        constants: [...invocation.constants, ...this.#constantsIn(string)],
      });
    }
  }

  /** Sentences, which may tell people what to type. */
  addProse(told: Fragment): void {
    const output: OutputUse = { pipe: [], sink: STDOUT };
    this.#commands.add({ words: [], told, output, role: "text", constants: [] });
  }

  /** What a call of a function of this program makes of the command in it. */
  addCall(invocation: Invocation, words: readonly Word[], used: ReadonlySet<Expression>): void {
    for (const node of used) this.used.add(node);
    this.#commands.add({ ...invocation, words });
  }

  /** Forgets a command that others have taken the place of. */
  drop(invocation: Invocation): void {
    this.#commands.drop(invocation);
  }

  /** Words that are run as they are; by the entry point of an image where no word names a program. */
  addArgv({ words, used }: Argv, output: Sink, runs: Implied | null = null): void {
    for (const node of used) this.used.add(node);
    if (words.length === 0) return;
    const implied = runs === null ? {} : { implied: runs };
    // A text that is cut at blanks holds no names.
    const areExpressions =
      this.program.table.embed !== null && words.every(({ list }) => list instanceof ExpressionWords);
    const constants = areExpressions
      ? this.program.constants().map((constant) => this.#embedded(constant))
      : [];
    this.#commands.add({ words, output: { pipe: [], sink: output }, role: "run", constants, ...implied });
  }

  #embedded(constant: Constant): Constant {
    return {
      ...constant,
      reference: { ...constant.reference, code: embedded(constant.reference.code, this.program.table) },
    };
  }

  #constantsIn({ refer }: ProgramString): readonly Constant[] {
    if (refer === null) return [];
    return this.program
      .constants()
      .map((constant) => ({ ...constant, reference: { code: refer(constant.name), words: "one" } }));
  }

  #outputOf({ output }: Invocation, outer: Sink): OutputUse {
    return output.sink.kind === "stdout" ? { pipe: output.pipe, sink: outer } : output;
  }
}
