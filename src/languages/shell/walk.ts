import {
  type Command,
  type CommandExpansionPart,
  type CommandNode,
  forEachChild,
  type HereDoc,
  type ParsedScript,
  type PipelineNode,
  type ProcessSubstitutionPart,
  type Redirected,
  type Redirection,
  type Statement,
  type SyntaxNode,
} from "unbash";
import { type Helper, type KnownHelper, throughHelper } from "../../commands/helper.ts";
import {
  type Constant,
  type Invocation,
  literal,
  type OutputUse,
  type Word,
} from "../../commands/command.ts";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { CommandWords } from "./command-words.ts";
import { decodeBackslashes } from "./decode.ts";
import { documentOf, type NestedDocument, shownText } from "./document.ts";
import { bodyOf, scriptOutput } from "./heredoc.ts";
import { Aliases } from "./aliases.ts";
import { type FunctionCalls, Functions } from "./functions.ts";
import { keptOutput } from "./kept-output.ts";
import { CAPTURED, NO_DESCRIPTORS, openFiles, redirected, sinkOf, STDOUT, type Targets } from "./output.ts";
import { looksLikeCommand } from "../yaml/mention.ts";
import { Variables } from "./variables.ts";
import { ShellWords } from "./words.ts";

type Stages = readonly (readonly Word[])[];

/** Reads what stands inside of a script. */
export interface Nested {
  /** Another one, with what becomes of its output. */
  script(fragment: Fragment, use: OutputUse): readonly Invocation[];
  /** A document in another language. */
  document(fragment: Fragment, document: NestedDocument): readonly Invocation[];
}

/** The other files of the project, as far as this one has to do with them. */
export interface Outside {
  /** Functions and aliases that other files may call; added to. */
  readonly helpers: Helper[];
  /** A function of a file that this one sources. */
  readonly called: (name: string) => KnownHelper | undefined;
}

/** Collects the commands of one parsed script, with what becomes of the output of each. */
export class Walker {
  readonly #variables: Variables;
  readonly #words: CommandWords;
  readonly #functions: Functions;
  readonly #aliases: Aliases;
  /** The function that is walked. */
  #current: FunctionCalls | undefined;
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
    this.#words = new CommandWords(fragment, this.#variables, (code, command) =>
      this.#current?.known(code, command),
    );
    this.#functions = new Functions(fragment, this.#variables);
    this.#aliases = new Aliases(script, this.#words);
  }

  /** @param use what becomes of the output of the whole script */
  walk(script: ParsedScript, use: OutputUse): void {
    this.#walkList(script.commands, use);
    for (let next = this.#functions.next(); next !== undefined; next = this.#functions.next()) {
      this.#current = next;
      this.#walk(next.body, next.output);
    }
    this.#current = undefined;
    this.found.push(...this.#heldCommands());
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
          this.#walkRedirect(redirect, use, { pipe: [...this.#stagesOf(node), ...use.pipe], sink: use.sink });
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
      const own = this.#stagesOf(command);
      const after = this.#writtenByTee(command, this.#outputOf(command, behind));
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
    if (words.length > 0) this.#addAll(command, words, output);
    const isShown = output.pipe.length === 0 && output.sink.kind === "stdout";
    if (isShown && SHOWS.test(command.name?.text ?? "")) {
      this.#variables.held.showIn({ start: command.pos, end: command.end });
    }

    for (const item of [...command.prefix, command.name, ...command.suffix]) {
      if (item === undefined) continue;
      if (item.type === "Word" || item.type === "Assignment") this.#walk(item, output);
      else if (item.type === "HereDoc") this.#walkHereDoc(item, command, [words, ...behind], output);
      else
        this.#walkRedirect(item, use, {
          pipe: words.length === 0 ? [] : [words, ...output.pipe],
          sink: output.sink,
        });
    }
  }

  /** A command once for each call of the function whose arguments it passes on. */
  #addAll(command: Command, words: readonly Word[], output: OutputUse): void {
    const helper = this.#current?.helper(command, words, output);
    if (helper !== undefined) this.outside.helpers.push(helper);
    const passed = this.#current?.passed(command, words) ?? [words];
    for (const each of passed) {
      const [first, ...args] = each;
      const name = first === undefined ? null : literal(first.value);
      if (name === "alias" || (name !== null && this.#aliases.call(name, args, output))) continue;
      const own = this.#invocation(command, each, output);
      const invocation = this.#throughHelper(own) ?? own;
      if (name !== null) this.#functions.call(name, { args, output, invocation });
      this.#functions.mention(invocation);
      this.found.push(invocation);
    }
  }

  /** A call of a function of another file as what that runs. */
  #throughHelper(call: Invocation): Invocation | null {
    const [first, ...args] = call.words;
    const name = first === undefined ? null : literal(first.value);
    if (first === undefined || name === null || this.#functions.has(name)) return null;
    const helper = this.outside.called(name);
    if (helper === undefined) return null;
    const { fragment } = first.list;
    return throughHelper(helper, this.#with(call, args.slice(helper.parameter)), fragment, first);
  }

  #with(call: Invocation, words: readonly Word[]): Invocation {
    return {
      ...call,
      get constants() {
        return call.constants;
      },
      get usedElsewhere() {
        return call.usedElsewhere ?? [];
      },
      words,
    };
  }

  /** Whole commands that variables hold and that the script does not use in a way that is followed. */
  #heldCommands(): readonly Invocation[] {
    return this.#variables.held.unused().flatMap(({ node, segments }) => {
      if (!looksLikeCommand(node.text)) return [];
      const list = new ShellWords(this.fragment, () => undefined);
      const word = list.add({ start: node.pos, end: node.end }, segments);
      const head = { ...word, value: ["="] };
      return { words: [head, word], output: STDOUT, role: "data", constants: [] };
    });
  }

  #invocation(command: Command, words: readonly Word[], output: OutputUse): Invocation {
    const variables = this.#variables;
    return {
      get usedElsewhere() {
        return variables.held.usedElsewhere();
      },
      words,
      output,
      role: "run",
      get constants() {
        return variables.constants(command);
      },
    };
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

  /** @param inQuotes whether it stands between double quotes, where a backslash hides them in backquotes */
  #walkSubstitution(node: CommandExpansionPart, use: OutputUse, inQuotes: boolean): void {
    const { text } = this.fragment;
    if (text[node.pos] !== "`") {
      if (node.script !== undefined) this.#walk(node.script, use);
      return;
    }
    const builder = new PieceBuilder();
    const end = text[node.end - 1] === "`" && node.end - 1 > node.pos ? node.end - 1 : node.end;
    decodeBackslashes(text, { start: node.pos + 1, end }, builder, inQuotes ? /^[\\`$"]$/ : /^[\\`$]$/);
    const special = inQuotes ? /[\\`$"]/g : /[\\`$]/g;
    const piece = builder.build((written) => written.replace(special, "\\$&"));
    this.#addNested(this.fragment.child(piece), use);
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
      stagesOf: ({ target }) => (target?.parts ?? []).flatMap((part) => this.#stagesOfSubstitution(part)),
    };
  }

  /** What reads the output that is piped into a node, command by command. */
  #stagesOf(node: PipelineNode): Stages {
    switch (node.type) {
      case "Command": {
        const words = this.#words.of(node);
        const branches = node.args.flatMap((arg) => (arg.type === "Word" ? (arg.parts ?? []) : []));
        const inner = branches.flatMap((part) => this.#stagesOfSubstitution(part));
        return words.length === 0 ? inner : [words, ...inner];
      }
      case "Pipeline":
        return node.commands.flatMap((command) => this.#stagesOf(command));
      case "Redirected":
        return this.#stagesOf(node.command);
      case "Subshell":
      case "BraceGroup": {
        const [only, more] = node.body.commands;
        return only !== undefined && more === undefined && only.command.type !== "AndOr"
          ? this.#stagesOf(only.command)
          : [[this.#words.keyword(node)]];
      }
      case "While": {
        const first = node.clause.commands[0]?.command;
        return [[this.#words.keyword(node), ...(first?.type === "Command" ? this.#words.of(first) : [])]];
      }
      default:
        return [[this.#words.keyword(node)]];
    }
  }

  /** `>(...)` */
  #stagesOfSubstitution(part: SyntaxNode): Stages {
    if (part.type !== "ProcessSubstitution" || part.operator !== ">") return [];
    return commandsOf(part).flatMap(({ command }) =>
      command.type === "AndOr" ? [] : this.#stagesOf(command),
    );
  }

  /** `| tee FILE` at the end of a pipeline is a file that may be read later. */
  #writtenByTee(node: CommandNode, use: OutputUse): OutputUse {
    if (node.type !== "Command" || node.name?.text !== "tee" || use.pipe.length > 0) return use;
    for (const arg of node.args) {
      if (arg.type !== "Word" || arg.text.startsWith("-")) continue;
      const sink = sinkOf(this.#words.valueOf(arg, node), arg, this.fragment);
      if (sink.kind === "file" && sink.readHere) return { pipe: [], sink };
    }
    return use;
  }
}

/** Commands to which it means nothing what a variable holds. */
const SHOWS = /^(?:echo|printf|test|\[|:|logger|log|info|(?:log_|print_)\w+)$/;

function commandsOf({ script }: ProcessSubstitutionPart): readonly Statement[] {
  return script?.commands ?? [];
}
