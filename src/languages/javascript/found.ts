import {
  display,
  type Implied,
  type Invocation,
  type OutputUse,
  type Problem,
  type Reading,
  type Sink,
} from "../../commands/command.ts";
import { type KnownHelper, throughHelper } from "../../commands/helper.ts";
import { CommandSet } from "../../commands/command-set.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import type { Argv } from "./argv.ts";
import type { Run } from "./calls.ts";
import type { List, Node, Text } from "./model.ts";
import { unwrap } from "./resolve.ts";
import type { ProgramString } from "./string.ts";
import { sinkFor, type Use } from "./use.ts";
import type { Workshop } from "./workshop.ts";

/** The commands found in a program so far, and the literals and arrays that belong to them. */
export class Found {
  readonly problems: Problem[] = [];
  /** Literals and arrays that belong to a command. */
  readonly used = new Set<Node>();
  readonly #commands = new CommandSet();
  readonly #told: Invocation[] = [];

  constructor(
    private readonly shop: Workshop,
    private readonly context: ReadContext,
  ) {}

  get invocations(): readonly Invocation[] {
    return [...this.#commands.all, ...this.#told];
  }

  /** Whether an array, or a string in it, belongs to a command already. */
  isUsed(list: List): boolean {
    return this.used.has(list) || list.elements.some((element) => this.used.has(unwrap(element)));
  }

  /** A string that a shell reads. */
  addShell(string: ProgramString, output: Sink, { program, helper }: Run): void {
    for (const text of string.texts) this.used.add(text);
    const reading = this.context.read("shell", string.fragment);
    this.problems.push(...reading.problems);
    for (const [i, invocation] of reading.invocations.entries()) {
      const found = {
        ...invocation,
        output: this.#outputOf(invocation, output, string),
        constants: [...invocation.constants, ...string.constants],
        ...host(program === undefined ? null : { program }),
      };
      this.#commands.add(i > 0 || helper === undefined ? found : this.#through(helper, found));
    }
  }

  /** What a document says that a string holds. */
  addDocument({ invocations, problems }: Reading): void {
    this.problems.push(...problems);
    for (const invocation of invocations) this.#commands.add(invocation);
  }

  /** What a text says cannot be broken: whatever its shell does not read was no command. */
  addText(fragment: Fragment, string: ProgramString, use: Use): void {
    // In a quoted text, a sum in the middle of a command would be harder to read than the release itself.
    const isTemplate = string.texts.every(({ quote }) => quote === "`");
    const isRun = use === "captured" || fragment.text.startsWith("#!");
    for (const invocation of this.context.read("shell", fragment).invocations) {
      this.#commands.add({
        ...invocation,
        role: isRun ? invocation.role : "text",
        output: this.#outputOf(invocation, sinkFor(use), string),
        constants: [...invocation.constants, ...(isTemplate ? string.constants : [])],
      });
    }
  }

  /** Sentences, which may tell people what to type. */
  addProse(told: Fragment): void {
    const output: OutputUse = { pipe: [], sink: { kind: "stdout" } };
    this.#told.push({ words: [], told, output, role: "text", constants: [] });
  }

  /** Words that are run as they are; by what they imply where no word names a program. */
  addArgv({ words, used }: Argv, output: Sink, implied: Implied | null = null, helper?: KnownHelper): void {
    if (words.length === 0) return;
    const constants = this.shop.constants([...used]);
    const found: Invocation = {
      words,
      output: { pipe: [], sink: output },
      role: "run",
      constants,
      ...host(implied),
    };
    this.#commands.add(helper === undefined ? found : this.#through(helper, found));
  }

  #through(helper: KnownHelper, call: Invocation): Invocation {
    const [first] = call.words;
    return first === undefined ? call : throughHelper(helper, call, first.list.fragment, first);
  }

  #outputOf({ output }: Invocation, outer: Sink, { texts }: ProgramString): OutputUse {
    if (output.sink.kind === "stdout") return { pipe: output.pipe, sink: outer };
    if (output.sink.kind !== "file" || output.sink.readHere) return output;
    return {
      pipe: output.pipe,
      sink: { ...output.sink, readHere: this.#names(display(output.sink.path), texts) },
    };
  }

  /** Whether another string of the program has a path in it. */
  #names(path: string, except: readonly Text[]): boolean {
    return this.shop.program.nodes.some(
      (node) => node.kind === "text" && !except.includes(node) && this.shop.program.code(node).includes(path),
    );
  }
}

function host(implied: Implied | null): Pick<Invocation, "implied"> {
  return implied === null ? {} : { implied };
}
