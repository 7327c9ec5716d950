import {
  display,
  type Constant,
  type Invocation,
  type OutputUse,
  type Problem,
  type Sink,
  type Word,
} from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Language, ReadContext } from "../language.ts";
import { Argv } from "./argv.ts";
import type { Call, Element, Expression, List } from "./expression.ts";
import { lex } from "./lex.ts";
import { sinkOf } from "./output.ts";
import type { Block } from "./parse.ts";
import { methodName, named, Program } from "./program.ts";
import { withoutProse } from "./prose.ts";
import { stringOf, type ProgramString } from "./string.ts";
import type { LanguageTable, RunRule } from "./table.ts";
import { embedded } from "./value.ts";
import { ExpressionWords, ListManner } from "./words.ts";

/** A language whose commands stand in string literals and lists, told by its table. */
export function languageOf(table: LanguageTable): Language {
  return {
    id: table.id,
    read(fragment, context) {
      const { text } = fragment;
      const tokens = MENTION.test(text) ? lex(text, table) : [];
      const isWorthIt = tokens.some(
        (token) => token.kind === "string" && MENTION.test(text.slice(token.body.start, token.body.end)),
      );
      if (!isWorthIt) return { invocations: [], problems: [] };
      const reader = new Reader(new Program(text, tokens, table), fragment, context);
      reader.readRuns();
      reader.readTables();
      reader.readLists();
      reader.readCalls();
      reader.readTexts();
      return { invocations: [...reader.found.values()], problems: reader.problems };
    },
  };
}

/** What every command has in one of its literals: the name of a program, or of a variable that holds it. */
const MENTION =
  /(?<![\w.])gadget(?![\w./-])|-gadget(?![\w./])|gadgetctl|(?<![A-Za-z0-9.-])ig(?![A-Za-z0-9./-])|\b\w*GADGET|\bIG(?:_BIN)?\b/;

const STDOUT: Sink = { kind: "stdout" };
const CAPTURED: Sink = { kind: "captured" };

/** Functions whose first argument is looked for in another text, or is a title or a pattern. */
const LOOKS =
  /(?:^|[.:])(?:re|regexp|Regex|Regexp|Pattern)[.:]|(?:^|[.:])(?:contains|Contains|has_?[pP]refix|has_?[sS]uffix|HasPrefix|HasSuffix|starts_?[wW]ith|ends_?[wW]ith|startswith|endswith|index|Index|indexOf|find|match|matches|search|replace|Replace|ReplaceAll|replaceAll|replace_all|sub|gsub|trim_prefix|TrimPrefix|TrimSuffix|removeprefix|removesuffix|EqualFold|equals|test|describe|it|context|Run|Equal|assert\w*)$/;

/** Longer strings are data, pages or other programs. */
const MAX_LENGTH = 100_000;

class Reader {
  /** By the places and values of their words. */
  readonly found = new Map<string, Invocation>();
  readonly problems: Problem[] = [];
  readonly #table: LanguageTable;
  /** Literals and lists that belong to a command. */
  readonly #used = new Set<Expression>();

  constructor(
    private readonly program: Program,
    private readonly root: Fragment,
    private readonly context: ReadContext,
  ) {
    this.#table = program.table;
  }

  /** Calls and settings that run commands. */
  readRuns(): void {
    for (const node of this.program.expressions) {
      if (node.kind === "call") this.#readCall(node);
      if (node.kind === "text" && node.literal.rule.runs === "shell") this.#addShell(node, CAPTURED);
      if (node.kind === "list") this.#readSettings(node);
    }
    for (const rule of this.#table.runs.filter(({ isSetting }) => isSetting === true)) {
      for (const { name, value, block } of this.program.assignments) {
        const isOne = rule.name.test(name) && (rule.within?.test(block.head) ?? true);
        if (isOne && value !== null)
          this.#run(rule, value, typeof rule.output === "string" ? { kind: rule.output } : CAPTURED);
      }
    }
  }

  /** `{"command": "kubectl", "args": [...]}`, `Container{Command: []string{...}, Args: ...}`, `{Image: "...", Args: ...}` */
  readTables(): void {
    for (const node of this.program.expressions) {
      if (node.kind === "list") this.#readTable(node.elements);
      else if (node.kind === "call") this.#readTable(node.args);
    }
    if (this.#table.isSettings === true) for (const settings of this.#settings()) this.#readTable(settings);
  }

  /** The assignments of each block, as what they set. */
  #settings(): Iterable<readonly Element[]> {
    const blocks = new Map<Block, Element[]>();
    for (const { name, value, block, start, end } of this.program.assignments) {
      if (value === null) continue;
      const settings = blocks.get(block) ?? [];
      settings.push({ start, end, key: name, isSpread: false, value });
      blocks.set(block, settings);
    }
    return blocks.values();
  }

  /** Lists that are whole commands, wherever they go. */
  readLists(): void {
    const found: { readonly list: List; readonly argv: Argv }[] = [];
    const inOthers = new Set<Expression>();
    for (const list of this.program.expressions) {
      if (list.kind !== "list" || this.#isUsed(list.elements) || !this.#mayBeCommand(list.elements)) continue;
      const argv = new Argv(this.program, this.root);
      if (!argv.list(this.program.lastUse(list) ?? list)) continue;
      for (const other of argv.used) if (other !== list) inOthers.add(other);
      found.push({ list, argv });
    }
    for (const { list, argv } of found) if (!inOthers.has(list)) this.#addArgv(argv, CAPTURED);
  }

  /** Calls of unknown functions with the words of a command: `run("kubectl", "gadget", ...)`, `run("kubectl", ["gadget", ...])`. */
  readCalls(): void {
    for (const call of this.program.expressions) {
      if (call.kind !== "call" || LOOKS.test(call.callee) || this.#table.displays.test(call.callee)) continue;
      if (call.args.length < 2 || this.#isUsed(call.args) || !this.#mayBeCommand(call.args)) continue;
      this.#addArgv(this.#argvOf(call, 0), CAPTURED);
    }
  }

  /** Strings that are whole commands. */
  readTexts(): void {
    for (const node of this.program.expressions) {
      if (node.kind !== "text" && node.kind !== "sum" && node.kind !== "format") continue;
      const parent = this.program.parent(node);
      if (parent?.kind === "sum" || (parent?.kind === "format" && parent.text === node)) continue;
      if (this.#used.has(node) || node.end - node.start > MAX_LENGTH || this.#isLookedFor(node, parent))
        continue;
      const string = stringOf(node, this.program, this.root, "any");
      if (
        string === null ||
        string.texts.some((text) => this.#used.has(text)) ||
        !MENTION.test(string.fragment.text)
      )
        continue;
      const fragment = withoutProse(string.fragment);
      if (fragment !== null) this.#addText(fragment, string);
    }
  }

  #readCall(call: Call): void {
    if (this.#table.chain?.start.test(call.callee) === true) {
      this.#readChain(call);
      return;
    }
    for (const rule of this.#table.runs) {
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
        this.#addProgram(call.args.slice(args.indexOf(first)));
      } else if (
        rule.takes === "words" ||
        (rule.takes === "auto" && positional.length > 1 + (rule.skip ?? 0))
      ) {
        this.#addArgv(this.#argvOf(call, args.indexOf(first)), sink);
      } else this.#run(isShell ? { ...rule, takes: "shell" } : rule, first.value, sink);
    }
  }

  #readSettings({ elements }: List): void {
    for (const { key, value } of elements) {
      if (key === null) continue;
      for (const rule of this.#table.runs) {
        if (rule.isSetting !== true || rule.within !== undefined || !rule.name.test(key)) continue;
        this.#run(rule, value, typeof rule.output === "string" ? { kind: rule.output } : CAPTURED);
      }
    }
  }

  #run({ takes }: Pick<RunRule, "takes">, value: Expression, sink: Sink): void {
    if (takes === "scripts") {
      const list = this.program.list(value);
      for (const element of list?.elements ?? []) this.#addShell(element.value, sink);
      return;
    }
    const behind = this.#textBehind(value);
    if (takes === "shell" || (takes === "auto" && behind !== null)) {
      if (behind !== null) this.#addShell(behind, sink);
      return;
    }
    const argv = new Argv(this.program, this.root);
    if (argv.list(value)) this.#addArgv(argv, sink);
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
    const { chain } = this.#table;
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
    this.#addArgv(argv, sinkOf(start, rule, this.program));
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

  /** A program by its name, and all its arguments in one text or list. */
  #addProgram([program, args]: readonly Element[]): void {
    if (program === undefined || args === undefined) return;
    const argv = new Argv(this.program, this.root);
    argv.elements([{ ...program, key: null }]);
    if (argv.list(args.value) || argv.split(args.value, true)) this.#addArgv(argv, CAPTURED);
  }

  #argvOf(call: Call, from: number): Argv {
    const argv = new Argv(this.program, this.root);
    const args = call.args.filter((arg, i) => i < from || arg.key === null);
    const [, second] = args.slice(from);
    const isList =
      second !== undefined && !second.isSpread && second.value.kind !== "text" && this.#isList(second.value);
    if (!isList) {
      argv.elements(args, from);
      return argv;
    }
    argv.elements(args.slice(0, from + 1), from);
    argv.list(second.value);
    return argv;
  }

  #isList(node: Expression): boolean {
    return (
      node.kind === "list" || (node.kind === "name" && this.program.resolve(node)?.value.kind === "list")
    );
  }

  #readTable(elements: readonly Element[]): void {
    const get = (key: RegExp): Expression | null =>
      elements.find((element) => element.key !== null && key.test(element.key))?.value ?? null;
    const args = get(/^(?:args|argv|arguments|Args|Arguments|ArgumentList)$/);
    if (args === null || this.#used.has(args)) return;
    const command = get(/^(?:command|cmd|program|executable|Command|Cmd|FileName)$/);
    if (command !== null && args.kind === "text") {
      const program = elements.find(({ value }) => value === command);
      const all = elements.find(({ value }) => value === args);
      if (program !== undefined && all !== undefined) this.#addProgram([program, all]);
      return;
    }
    if (!this.#isList(args)) return;
    const image = command === null ? get(/^[iI]mage$/) : null;
    const entryPoint = image === null ? null : this.program.plain(image);
    if (command === null && entryPoint === null) return;
    const argv = new Argv(this.program, this.root);
    if (command !== null && !argv.list(command))
      argv.elements(
        elements.filter(({ value }) => value === command).map((element) => ({ ...element, key: null })),
      );
    argv.list(args);
    this.#addArgv(argv, CAPTURED, entryPoint);
  }

  #isUsed(elements: readonly Element[]): boolean {
    return elements.some(({ value }) => this.#used.has(value));
  }

  /** Whether elements begin with a word, or a name for one, and hold the words of a command. */
  #mayBeCommand(elements: readonly Element[]): boolean {
    const [first] = elements.filter(({ key }) => key === null);
    const program = first === undefined ? null : this.program.plain(first.value);
    if (program === null || program === "" || /\s/.test(program)) return false;
    return (
      elements.some(({ value }) => MENTION.test(this.program.plain(value) ?? "")) || MENTION.test(program)
    );
  }

  /** Whether a string is compared with others, or names something, instead of being a command. */
  #isLookedFor(node: Expression, parent: Expression | null): boolean {
    if (parent?.kind === "call" && parent.object !== node && LOOKS.test(parent.callee)) return true;
    const before = this.program.text.slice(Math.max(0, node.start - 20), node.start);
    return (
      /(?:[=!]=|\b(?:in|case|when))\s*$/.test(before) ||
      /^\s*(?:[=!]=|in\b)/.test(this.program.text.slice(node.end, node.end + 8))
    );
  }

  #addShell(node: Expression, output: Sink): void {
    const string = stringOf(node, this.program, this.root, "any");
    if (string === null) return;
    this.#used.add(node);
    for (const text of string.texts) this.#used.add(text);
    const reading = this.context.read("shell", string.fragment);
    this.problems.push(...reading.problems);
    for (const invocation of reading.invocations) {
      const constants = [...invocation.constants, ...this.#constantsIn(string)];
      this.#add({ ...invocation, output: this.#outputOf(invocation, output), constants });
    }
  }

  /** What a text says cannot be broken: whatever its shell does not read was no command. */
  #addText(fragment: Fragment, string: ProgramString): void {
    const isScript = fragment.text.startsWith("#!");
    for (const invocation of this.context.read("shell", fragment).invocations) {
      this.#add({
        ...invocation,
        role: isScript ? invocation.role : "text",
        output: this.#outputOf(invocation, isScript ? CAPTURED : STDOUT),
        constants: [...invocation.constants, ...this.#constantsIn(string)],
      });
    }
  }

  #addArgv({ words, used }: Argv, output: Sink, image: string | null = null): void {
    for (const node of used) this.#used.add(node);
    if (words.length === 0) return;
    const implied = image === null ? {} : { implied: { image } };
    // A text that is cut at blanks holds no names.
    const areExpressions =
      this.#table.embed !== null && words.every(({ list }) => list instanceof ExpressionWords);
    const constants = areExpressions
      ? this.program.constants().map((constant) => this.#embedded(constant))
      : [];
    this.#add({ words, output: { pipe: [], sink: output }, role: "run", constants, ...implied });
  }

  #embedded(constant: Constant): Constant {
    return {
      ...constant,
      reference: { ...constant.reference, code: embedded(constant.reference.code, this.#table) },
    };
  }

  #constantsIn({ refer }: ProgramString): readonly Constant[] {
    if (refer === null) return [];
    return this.program
      .constants()
      .map((constant) => ({ ...constant, reference: { code: refer(constant.name), words: "one" } }));
  }

  /** The same command may be reached in several ways; if one of them reads its output, that counts. */
  #add(invocation: Invocation): void {
    const key = JSON.stringify(invocation.words.map(keyOf));
    const other = this.found.get(key);
    const isKnown = other !== undefined && invocation.output.sink.kind !== "captured";
    this.found.set(key, isKnown ? other : { ...invocation, role: other?.role ?? invocation.role });
  }

  #outputOf({ output }: Invocation, outer: Sink): OutputUse {
    return output.sink.kind === "stdout" ? { pipe: output.pipe, sink: outer } : output;
  }
}

const NO_PLACE = new ListManner("", []);

function keyOf(word: Word): readonly [number, string] {
  return [word.list.fragment.toSource(word).start, display(word.value)];
}
