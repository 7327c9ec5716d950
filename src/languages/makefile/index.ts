import type { Invocation, Problem, Reading, Word } from "../../commands/command.ts";
import { endWithProgram, expand, type Expansion, referenceIn } from "../../commands/expand.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { makefileComments } from "../comments.ts";
import type { Language, ReadContext } from "../language.ts";
import { isCommandLine } from "../markdown/session.ts";
import { isShell } from "../yaml/keys.ts";
import { looksLikeCommand } from "../yaml/mention.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { shellTextOf, type Role } from "./decode.ts";
import { type Assignment, type Makefile, parseMakefile } from "./lines.ts";
import { referencesIn, variableName } from "./references.ts";
import { Variables } from "./variables.ts";

/** Makefiles: recipes, `define`, `$(shell ...)`, and variables that hold commands or parts of them. */
export const makefile: Language = {
  id: "makefile",
  comments: makefileComments,
  read(file, context) {
    const fragment = withPlainLineEnds(file);
    return new Reader(fragment, parseMakefile(fragment.text), context).read();
  },
};

/** Variables in variables: more than this is not followed. */
const MAX_DEPTH = 8;

class Reader {
  readonly #invocations: Invocation[] = [];
  readonly #problems: Problem[] = [];
  readonly #variables: Variables;
  readonly #expansions = new Map<string, Expansion | undefined>();
  /** How often each reference stands for words of a command. */
  readonly #expanded = new Map<string, number>();

  constructor(
    private readonly fragment: Fragment,
    private readonly makefile: Makefile,
    private readonly context: ReadContext,
  ) {
    this.#variables = new Variables(fragment.text, makefile.assignments);
  }

  read(): Reading {
    if (this.#hasForeignShell()) return { invocations: [], problems: [] };
    for (const lines of this.makefile.recipes) {
      if (this.makefile.oneShell) this.#readShell(lines, "recipe");
      else for (const line of lines) this.#readShell([line], "recipe");
    }
    for (const line of this.makefile.definitions) {
      const { text } = this.#shellText([line], "recipe");
      if (isCommandLine(text)) this.#readShell([line], "recipe");
    }
    this.#readFunctions();
    for (const assignment of this.makefile.assignments.filter(isOutput)) this.#readCaptured(assignment);
    for (const { words } of this.#invocations) this.#count(words, 0);
    const invocations = this.#invocations.map((invocation) => ({
      ...invocation,
      words: expand(invocation.words, (code) => this.#expansionOf(code)),
    }));
    return { invocations: [...invocations, ...this.#heldCommands()], problems: this.#problems };
  }

  #hasForeignShell(): boolean {
    const shells = this.makefile.assignments.filter(({ name }) => name === "SHELL");
    return shells.some(({ start, end }) => {
      const value = this.fragment.text.slice(start, end);
      return value !== "" && !value.includes("$") && !isShell(value);
    });
  }

  #shellText(parts: readonly Range[], role: Role): Fragment {
    const { prefix } = this.makefile;
    return shellTextOf(this.fragment, parts, role, { variables: this.#variables, prefix });
  }

  #readShell(parts: readonly Range[], role: Role): void {
    const { invocations, problems } = this.context.read("shell", this.#shellText(parts, role));
    const own = this.#variables.constants();
    for (const invocation of invocations) {
      this.#invocations.push({
        ...invocation,
        get constants() {
          return [...invocation.constants, ...own];
        },
      });
    }
    this.#problems.push(...problems.map((problem) => ({ ...problem, fatal: false })));
  }

  /** `$(shell ...)` wherever it stands; what stands in other functions is not read. */
  #readFunctions(): void {
    const whole = { start: 0, end: this.fragment.text.length };
    for (const { start, end, body } of referencesIn(this.fragment.text, whole)) {
      const name = /^[a-z]+[ \t]+/.exec(body)?.[0] ?? "";
      const place = { start: start + 2 + name.length, end: end - 1 };
      if (name.trim() === "shell") this.#readCaptured(place);
      else if (name !== "" && looksLikeCommand(body) && !this.#isComment(start)) {
        const reason = "a command in a function of make is not read";
        this.#problems.push({ ...this.fragment.toSource({ start, end }), reason, fatal: false });
      }
    }
  }

  #readCaptured(place: Range): void {
    if (this.#isComment(place.start)) return;
    const from = this.#invocations.length;
    this.#readShell([place], "function");
    for (const [i, invocation] of this.#invocations.entries()) {
      if (i < from || invocation.output.sink.kind !== "stdout") continue;
      this.#invocations[i] = { ...invocation, output: { ...invocation.output, sink: { kind: "captured" } } };
    }
  }

  #isComment(at: number): boolean {
    return /^\s*#/.test(this.fragment.text.slice(this.fragment.text.lastIndexOf("\n", at - 1) + 1, at + 1));
  }

  /** Counts the references that are words of commands, and those in their variables. */
  #count(words: readonly Word[], depth: number): void {
    for (const word of words) {
      const name = nameIn(word);
      if (name === null) continue;
      this.#expanded.set(name, (this.#expanded.get(name) ?? 0) + 1);
      if (depth < MAX_DEPTH && this.#expanded.get(name) === 1)
        this.#count(this.#wordsOf(name) ?? [], depth + 1);
    }
  }

  /** What a variable of several words stands for. */
  #expansionOf(code: string, depth = 0): Expansion | undefined {
    if (this.#expansions.has(code)) return this.#expansions.get(code);
    this.#expansions.set(code, undefined);
    const name = variableName(code.slice(2, -1));
    const own = name === null ? undefined : this.#wordsOf(name);
    if (name === null || own === undefined || depth > MAX_DEPTH) return undefined;
    const words = expand(own, (inner) => this.#expansionOf(inner, depth + 1));
    const isHeld = endWithProgram(words) || !this.#isUsedByCommandsOnly(name);
    const expansion = { words, isHeld };
    this.#expansions.set(code, expansion);
    return expansion;
  }

  /** Whether every place that uses a variable is a word of a command that was read. */
  #isUsedByCommandsOnly(name: string): boolean {
    const uses =
      this.fragment.text.match(new RegExp(`\\$[({]${name.replaceAll(".", "\\.")}[)}]`, "g"))?.length ?? 0;
    return uses === (this.#expanded.get(name) ?? 0) && !this.#variables.isExported(name);
  }

  /** The words of a variable that has several, where they are set. */
  #wordsOf(name: string): readonly Word[] | undefined {
    const parts = this.#variables.known(name) === undefined ? this.#variables.partsOf(name) : undefined;
    const words: Word[] = [];
    for (const part of parts ?? []) {
      if (part.end <= part.start) continue;
      const { invocations, problems } = this.context.read("shell", this.#shellText([part], "value"));
      const [only, more] = invocations;
      const isSimple = problems.length === 0 && more === undefined && only?.output.pipe.length === 0;
      if (!isSimple || only.output.sink.kind !== "stdout") return undefined;
      words.push(...only.words);
    }
    return words.length === 0 ? undefined : words;
  }

  /** Variables that hold a whole command and that no recipe runs. */
  #heldCommands(): readonly Invocation[] {
    return this.makefile.assignments.flatMap((assignment) => {
      if (this.#expanded.has(assignment.name) || isOutput(assignment)) return [];
      const value = this.#shellText([assignment], "value");
      if (!isCommandLine(value.text) || !looksLikeCommand(value.text)) return [];
      const { invocations } = this.context.read("shell", value);
      return invocations.map((invocation) => ({ ...invocation, role: "text" as const }));
    });
  }
}

/** `NAME != command` */
function isOutput({ operator }: Assignment): boolean {
  return operator === "!=";
}

function nameIn(word: Word): string | null {
  const code = referenceIn(word);
  return code === null || !/^\$[({]/.test(code) ? null : variableName(code.slice(2, -1));
}
