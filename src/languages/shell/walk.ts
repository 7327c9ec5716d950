import {
  type Command,
  type CommandExpansionPart,
  type CommandNode,
  forEachChild,
  type HereDoc,
  type HereString,
  type ParsedScript,
  type PipelineNode,
  type Redirected,
  type Redirection,
  type Statement,
  type SyntaxNode,
} from "unbash";
import type { Constant, Invocation, OutputUse } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { Aliases } from "./aliases.ts";
import { inBackquotes } from "./backquotes.ts";
import { Calls, type Outside } from "./calls.ts";
import { CommandWords } from "./command-words.ts";
import { documentOf, type NestedDocument, shownText } from "./document.ts";
import { printedScript, scriptOutput } from "./fed-scripts.ts";
import { Functions } from "./functions.ts";
import { bodyOf } from "./heredoc.ts";
import { keptOutput } from "./kept-output.ts";
import { CAPTURED, NO_DESCRIPTORS, openFiles, redirected, type Targets } from "./output.ts";
import { SHOWS } from "./shown.ts";
import { Readers, type Stages } from "./stages.ts";
import { Variables } from "./variables.ts";

/** Reads what stands inside of a script. */
export interface Nested {
  /** Another one, with what becomes of its output. */
  script(fragment: Fragment, use: OutputUse): readonly Invocation[];
  /** A document in another language. */
  document(fragment: Fragment, document: NestedDocument): readonly Invocation[];
}

/** Collects the commands of one parsed script, with what becomes of the output of each. */
export class Walker {
  readonly #variables: Variables;
  readonly #words: CommandWords;
  readonly #functions: Functions;
  readonly #aliases: Aliases;
  readonly #calls: Calls;
  readonly #readers: Readers;
  /** The files that are open where the walk is. */
  #open = NO_DESCRIPTORS;

  constructor(
    private readonly fragment: Fragment,
    script: ParsedScript,
    private readonly environment: readonly Constant[],
    private readonly found: Invocation[],
    private readonly nested: Nested,
    private readonly outside: Outside,
  ) {
    this.#variables = new Variables(script, fragment, environment);
    this.#words = new CommandWords(fragment, this.#variables);
    this.#functions = new Functions(fragment, this.#variables);
    this.#aliases = new Aliases(script, this.#words);
    this.#calls = new Calls(fragment, this.#variables, this.#functions, this.#aliases, outside);
    this.#readers = new Readers(fragment, this.#words);
  }

  /** @param use what becomes of the output of the whole script */
  walk(script: ParsedScript, use: OutputUse): void {
    this.#walkList(script.commands, use);
    for (let next = this.#functions.next(); next !== undefined; next = this.#functions.next()) {
      this.#calls.current = next;
      this.#walk(next.body, next.output);
    }
    this.#calls.current = undefined;
    this.found.push(...this.#calls.held());
    this.found.push(...this.#aliases.invocations((body, output) => this.nested.script(body, output)));
    this.outside.helpers.push(...this.#aliases.helpers((body, output) => this.nested.script(body, output)));
    const replaced = this.#functions.replaced;
    if (replaced.size > 0) this.found.push(...this.found.splice(0).filter((call) => !replaced.has(call)));
  }

  #walkList(statements: readonly Statement[], use: OutputUse): void {
    let current = use;
    for (const { command } of statements) {
      this.#walk(command, current);
      if (command.type === "Command" && command.name?.text === "exec" && command.args.length === 0) {
        this.#open = openFiles(command.redirects, current, this.#open, this.#targets(command));
        current = this.#open.get("1") ?? current;
      }
    }
  }

  #walk(node: SyntaxNode, use: OutputUse): void {
    switch (node.type) {
      case "Script":
      case "CompoundList":
        this.#walkList(node.commands, use);
        return;
      case "Command":
        this.#walkCommand(node, use, []);
        return;
      case "Pipeline":
        this.#walkPipeline(node.commands, use);
        return;
      case "Redirected":
        this.#walkRedirected(node, use);
        for (const redirect of node.redirects) {
          this.#walkRedirect(redirect, use, {
            pipe: [...this.#readers.of(node), ...use.pipe],
            sink: use.sink,
          });
        }
        return;
      case "Function":
        this.#functions.define(node, use);
        return;
      case "CommandExpansion":
        this.#walkSubstitution(node, CAPTURED, false);
        return;
      case "ProcessSubstitution":
        if (node.script !== undefined) this.#walk(node.script, node.operator === "<" ? CAPTURED : use);
        return;
      case "ArithmeticCommandExpansion":
        if (node.script !== undefined) this.#walk(node.script, CAPTURED);
        return;
      case "DoubleQuoted":
        for (const part of node.parts) {
          if (part.type === "CommandExpansion") this.#walkSubstitution(part, CAPTURED, true);
          else this.#walk(part, use);
        }
        return;
      case "TestCommand":
        this.#variables.held.showIn({ start: node.pos, end: node.end });
        forEachChild(node, (child) => {
          this.#walk(child, use);
        });
        return;
      case "Coproc":
        forEachChild(node, (child) => {
          this.#walk(child, CAPTURED);
        });
        return;
      default:
        forEachChild(node, (child) => {
          this.#walk(child, use);
        });
    }
  }

  #walkPipeline(commands: readonly CommandNode[], use: OutputUse): void {
    let behind = use;
    let stages: Stages = [];
    const uses: { readonly use: OutputUse; readonly stages: Stages }[] = [];
    for (const command of commands.toReversed()) {
      uses.unshift({ use: behind, stages });
      const own = this.#readers.of(command);
      const after = this.#readers.writtenByTee(command, this.#outputOf(command, behind));
      behind = { pipe: [...own, ...after.pipe], sink: after.sink };
      stages = [...own, ...stages];
    }
    for (const [i, command] of commands.entries()) {
      const { use: own, stages: rest } = uses[i] ?? { use, stages: [] };
      if (command.type === "Command") this.#walkCommand(command, own, rest);
      else this.#walk(command, own);
    }
  }

  /** @param behind the commands behind it in its pipeline */
  #walkCommand(command: Command, use: OutputUse, behind: Stages): void {
    const words = this.#words.of(command);
    const output = keptOutput(words, this.#redirected(command, use), this.fragment);
    const printed = printedScript(words, behind, output);
    if (printed !== null) this.#addNested(...printed);
    else if (words.length > 0) this.found.push(...this.#calls.of(command, words, output));
    const isShown = output.pipe.length === 0 && output.sink.kind === "stdout";
    if (isShown && SHOWS.test(command.name?.text ?? "")) {
      this.#variables.held.showIn({ start: command.pos, end: command.end });
    }

    for (const item of [...command.prefix, command.name, ...command.suffix]) {
      if (item === undefined) continue;
      if (item.type === "Word" || item.type === "Assignment") this.#walk(item, output);
      else if (item.type === "HereString") this.#walkHereString(item, command, [words, ...behind], output);
      else if (item.type === "HereDoc") this.#walkHereDoc(item, command, [words, ...behind], output);
      else
        this.#walkRedirect(item, use, {
          pipe: words.length === 0 ? [] : [words, ...output.pipe],
          sink: output.sink,
        });
    }
  }

  /** `sh <<< '...'` */
  #walkHereString(node: HereString, command: Command, commands: Stages, output: OutputUse): void {
    const text = this.#words.textOf(node.target, command);
    const use = text === null ? null : scriptOutput(commands, output, text.text);
    if (text !== null && use !== null) this.#addNested(text, use);
    this.#walkRedirect(node, output, { pipe: [...commands.slice(0, 1), ...output.pipe], sink: output.sink });
  }

  /**
   * @param use what becomes of output that is not redirected
   * @param input what becomes of what the command is fed with
   */
  #walkRedirect(redirect: Redirection, use: OutputUse, input: OutputUse): void {
    if (redirect.type === "HereDoc") this.#walkBody(redirect);
    else if (input.pipe.length === 0 || !/^<(?:<<)?$/.test(redirect.operator)) this.#walk(redirect, use);
    else this.#walkInput(redirect, input);
  }

  /** `< <(...)` and `<<< "$(...)"` feed a command as a pipe does. */
  #walkInput(redirect: Exclude<Redirection, HereDoc>, use: OutputUse): void {
    const [part, ...more] = redirect.target?.parts ?? [];
    const [only, ...others] = part?.type === "DoubleQuoted" ? part.parts : [part];
    const isAlone = more.length === 0 && others.length === 0;
    if (
      isAlone &&
      only?.type === "ProcessSubstitution" &&
      only.operator === "<" &&
      only.script !== undefined
    ) {
      this.#walk(only.script, use);
    } else if (isAlone && only?.type === "CommandExpansion") {
      this.#walkSubstitution(only, use, part?.type === "DoubleQuoted");
    } else this.#walk(redirect, use);
  }

  /**
   * @param commands the command and those behind it in the pipeline
   * @param output what becomes of the command's output
   */
  #walkHereDoc(document: HereDoc, command: Command, commands: Stages, output: OutputUse): void {
    const use = scriptOutput(commands, output, document.body.text);
    const body = bodyOf(document, this.fragment, this.#words.knownIn(command));
    const kind = use === null ? documentOf(commands, output, document) : null;
    const shown = use === null && kind === null ? shownText(body, output) : null;
    if (use !== null) this.#addNested(body, use);
    if (kind !== null) this.found.push(...this.nested.document(body, kind));
    if (shown !== null) this.found.push(shown);
    this.#walkBody(document);
  }

  /** The substitutions in the body of a here-document. */
  #walkBody({ body, delimiter }: HereDoc): void {
    if (delimiter?.quoted === true) return;
    for (const part of body.parts ?? []) this.#walk(part, CAPTURED);
  }

  /** @param inQuotes whether it stands between double quotes */
  #walkSubstitution(node: CommandExpansionPart, use: OutputUse, inQuotes: boolean): void {
    if (this.fragment.text[node.pos] === "`")
      this.#addNested(inBackquotes(node, this.fragment, inQuotes), use);
    else if (node.script !== undefined) this.#walk(node.script, use);
  }

  #addNested(fragment: Fragment, use: OutputUse): void {
    this.found.push(...this.nested.script(fragment, use));
  }

  /** Where the output of a stage goes that passes on what it reads, or prints what it makes of it. */
  #outputOf(node: PipelineNode, use: OutputUse): OutputUse {
    if (node.type === "Command" || node.type === "Redirected") return this.#redirected(node, use);
    return use;
  }

  #redirected(node: Command | Redirected, use: OutputUse): OutputUse {
    return redirected(node.redirects, use, this.#open, this.#targets(node));
  }

  #walkRedirected(node: Redirected, use: OutputUse): void {
    const before = this.#open;
    this.#open = openFiles(node.redirects, use, before, this.#targets(node));
    this.#walk(node.command, this.#open.get("1") ?? use);
    this.#open = before;
  }

  #targets(node: Command | Redirected): Targets {
    return {
      fragment: this.fragment,
      valueOf: ({ target }) => (target === undefined ? [] : this.#words.valueOf(target, node)),
      stagesOf: ({ target }) => (target?.parts ?? []).flatMap((part) => this.#readers.branchesOf(part)),
    };
  }
}
