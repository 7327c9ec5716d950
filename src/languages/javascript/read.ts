import {
  display,
  literal,
  type Constant,
  type Invocation,
  type OutputUse,
  type Problem,
  type Reading,
  type Sink,
  type Word,
} from "../../commands/command.ts";
import { type Helper, type KnownHelper, throughHelper } from "../../commands/helper.ts";
import { partsOfText } from "../../commands/text-parts.ts";
import { withoutStyles } from "../../commands/styles.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import { readManifest } from "../manifest.ts";
import { Argv } from "./argv.ts";
import { changesOf } from "./changes.ts";
import { functionName, runOfCall, runOfTemplate, startsWithPlugin, type Run } from "./calls.ts";
import type { Block, Call, List, Node, Table, Tagged, Text } from "./model.ts";
import { Program } from "./program.ts";
import { DIRECT, Resolver, unwrap } from "./resolve.ts";
import { exportedOwner, helperIn, helperOf } from "./helpers.ts";
import { joinedWords } from "./joined.ts";
import { onEachRoute, type RouteReading } from "./routes.ts";
import type { ProgramString } from "./string.ts";
import { stringsOf, useOfString } from "./texts.ts";
import { isDisplay, sinkOf, type Use } from "./use.ts";
import { Workshop } from "./workshop.ts";

/**
 * Every command of a program: what its calls run, what its arrays and objects hold, and what its strings tell people to
 * type. Each is found once, with the most that is known of it.
 * @param tree the program, with ranges of `root`'s text
 * @param root the whole file
 */
export function readProgram(tree: Block, root: Fragment, context: ReadContext): Reading {
  const reader = new Reader(new Program(root.text, tree), root, context);
  reader.readRuns();
  reader.readTables();
  reader.readLists();
  reader.readTexts();
  const { found, told, problems, helpers } = reader;
  return { invocations: [...found.values(), ...told], problems, helpers };
}

class Reader {
  /** By the places and values of their words. */
  readonly found = new Map<string, Invocation>();
  readonly told: Invocation[] = [];
  readonly problems: Problem[] = [];
  /** Functions that other files may call. */
  readonly helpers: Helper[] = [];
  readonly #program: Program;
  readonly #shop: Workshop;
  readonly #context: ReadContext;
  readonly #direct: Resolver;
  /** Literals and arrays that belong to a command. */
  readonly #used = new Set<Node>();

  constructor(program: Program, root: Fragment, context: ReadContext) {
    this.#program = program;
    this.#shop = new Workshop(program, root);
    this.#context = context;
    this.#direct = new Resolver(program, DIRECT);
  }

  /** Calls and templates that run commands. */
  readRuns(): void {
    for (const node of this.#program.nodes) {
      if (node.kind === "tagged" && runOfTemplate(node, this.#direct) !== null) {
        this.#readRun(node, (resolver) => runOfTemplate(node, resolver));
      } else if (node.kind === "call" && runOfCall(node, this.#direct) !== null) {
        this.#readRun(node, (resolver) => runOfCall(node, resolver));
      } else if (node.kind === "call" && this.#calledHelper(node) !== null) {
        this.#readHelperCall(node);
      } else if (node.kind === "call") {
        this.#readLikelyRun(node);
      }
    }
  }

  /** `{ command: "kubectl", args: [...] }`, `{ command: [...], args: [...] }`, `{ image: "...", args: [...] }` */
  readTables(): void {
    for (const node of this.#program.nodes) if (node.kind === "table") this.#readTable(node);
  }

  /** Arrays that are whole commands, wherever they go. */
  readLists(): void {
    const found: { readonly list: List; readonly argv: Argv }[] = [];
    const inOthers = new Set<Node>();
    for (const list of this.#program.nodes) {
      if (list.kind !== "list" || this.#isUsed(list) || !this.#hasWord(list)) continue;
      const argv = new Argv(this.#shop, this.#direct);
      argv.array(this.#lastUse(list));
      for (const other of argv.used) if (other !== list) inOthers.add(other);
      found.push({ list, argv });
    }
    for (const { list, argv } of found) {
      if (!inOthers.has(list))
        this.#addArgv(argv, sink(useOfString(list, this.#direct)), this.#pluginHost(list));
    }
  }

  /** Strings that are whole commands, or sentences that tell people some. */
  readTexts(): void {
    const found: { readonly node: Node; readonly string: ProgramString }[] = [];
    const inOthers = new Set<Text>();
    for (const node of stringsOf(this.#program, this.#direct)) {
      const string = this.#shop.string(this.#lastUse(node), this.#direct, "any");
      const [first] = string?.texts ?? [];
      if (string === null || first === undefined || string.texts.some((text) => this.#used.has(text)))
        continue;
      if (first.end <= node.start || node.end <= first.start) inOthers.add(first);
      found.push({ node, string });
    }
    for (const { node, string } of found) {
      if (string.texts.every((text) => inOthers.has(text))) continue;
      const manifest = readManifest(string.fragment, this.#context);
      if (manifest !== null) {
        this.#addDocument(manifest);
        continue;
      }
      const { script, prose } = partsOfText(withoutStyles(string.fragment));
      if (script !== null) this.#addText(script, string, useOfString(node, this.#direct));
      if (prose !== null) this.told.push({ ...TOLD, told: prose });
    }
  }

  /** What a call runs by a function of another file. */
  #calledHelper({ callee }: Call): KnownHelper | null {
    const { helpers } = this.#context;
    return helpers === undefined ? null : helperOf(callee, this.#program, helpers);
  }

  #readHelperCall(call: Call): void {
    const helper = this.#calledHelper(call);
    const arg = call.args[helper?.parameter ?? 0];
    if (helper === null || arg === undefined) return;
    const rest: List = {
      kind: "list",
      start: arg.start,
      end: call.args.at(-1)?.end ?? arg.end,
      elements: call.args.slice(helper.parameter),
    };
    this.#readRun(call, () => {
      switch (helper.as) {
        case "text":
          return { kind: "shell", text: arg, words: "any", helper };
        case "list":
          return { kind: "argv", head: null, args: arg, helper };
        case "rest":
          return { kind: "argv", head: null, args: rest, helper };
      }
    });
  }

  #readRun(node: Call | Tagged, decide: (resolver: Resolver) => Run | null): void {
    const args = node.kind === "call" ? node.args : optionsOf(node.tag);
    onEachRoute(this.#program, node, (resolver) => {
      const run = decide(resolver);
      if (run === null) return null;
      this.#noteHelper(node, run, resolver);
      const output = (): Sink => sinkOf(node, args, new Resolver(this.#program, resolver.route));
      const kept = variantsOf(run, resolver).map((variant) => this.#readVariant(variant, resolver, output));
      return {
        keep: () => {
          for (const reading of kept) reading?.keep();
        },
        isWhole: () => kept.every((reading) => reading?.isWhole() === true),
      };
    });
  }

  /** A command of a function that other files may call, with the words that they give it. */
  #noteHelper(node: Node, run: Run, resolver: Resolver): void {
    if (run.helper !== undefined || this.#context.helpers === undefined) return;
    const owner = exportedOwner(node, resolver);
    if (owner === null) return;
    const words = this.#wordsOf(run, resolver);
    const helper = words === null ? null : helperIn(words, owner);
    if (helper !== null) this.helpers.push(helper);
  }

  #wordsOf(run: Run, resolver: Resolver): readonly Word[] | null {
    if (run.kind !== "shell") return this.#argvOf(run, resolver).words;
    const joined = run.words === "any" ? joinedWords(run.text, this.#shop, resolver) : null;
    if (joined !== null) return joined.words;
    const string = this.#shop.string(run.text, resolver, run.words);
    const [only, more] = string === null ? [] : this.#context.read("shell", string.fragment).invocations;
    return only === undefined || more !== undefined ? null : only.words;
  }

  /** Reads one way to run a command. */
  #readVariant(run: Run, resolver: Resolver, output: () => Sink): RouteReading | null {
    const isShell = run.kind === "shell";
    const joined = isShell && run.words === "any" ? joinedWords(run.text, this.#shop, resolver) : null;
    if (isShell && joined === null) {
      const string = this.#shop.string(run.text, resolver, run.words);
      if (string === null) return null;
      return {
        keep: () => {
          this.#addShell(string, output(), run);
        },
        isWhole: () => {
          const { invocations } = this.#context.read("shell", string.fragment);
          return invocations.every(({ words }) => hasOpenValuesOnly(words));
        },
      };
    }
    const argv = joined ?? this.#argvOf(run, resolver);
    return {
      keep: () => {
        for (const node of argv.used) this.#used.add(node);
        this.#addArgv(argv, output(), impliedBy(run.program), run.helper);
      },
      isWhole: () => hasOpenValuesOnly(argv.words),
    };
  }

  #argvOf(run: Run, resolver: Resolver): Argv {
    const argv = new Argv(this.#shop, resolver);
    if (run.kind !== "argv") {
      argv.split(run.text);
    } else {
      if (run.head !== null) argv.head(run.head, run.args);
      if (run.args !== null) argv.array(run.args);
    }
    return argv;
  }

  /** A call of an unknown function with a program and its arguments: `run("kubectl", ["gadget", ...])`, `run("kubectl", "gadget")`. */
  #readLikelyRun(call: Call): void {
    const [first, second] = call.args;
    if (first === undefined || second === undefined || isDisplay(call.callee)) return;
    if (!this.#isWord(first) || this.#direct.plain(first)?.startsWith("-") === true) return;
    const argv = new Argv(this.#shop, this.#direct);
    const image = this.#direct.plain(first) ?? "";
    if (this.#direct.isArray(second) && IMAGE.test(image)) {
      argv.array(second);
      this.#addArgv(argv, sinkOf(call, call.args, this.#direct), { implied: { image } });
      return;
    }
    if (this.#direct.isArray(second)) {
      argv.head(first, second);
      argv.array(second);
      this.#used.add(this.#direct.value(second));
    } else if (this.#isWord(second)) {
      const end = call.args.findIndex((arg) => arg.kind === "table" || arg.kind === "function");
      argv.group(end < 0 ? call.args : call.args.slice(0, end), call);
    }
    this.#addArgv(argv, sinkOf(call, call.args, this.#direct));
  }

  #readTable(table: Table): void {
    const command = valueOf(table, /^(?:command|cmd|program|executable|exe|bin|binary|file)$/);
    const image = command === null ? valueOf(table, /^[iI]mage$/) : null;
    const args = valueOf(table, image === null ? ARGUMENTS : CONTAINER_ARGUMENTS);
    if (args === null || !this.#direct.isArray(args)) return;
    const entryPoint = image === null ? null : this.#direct.plain(image);
    if (command === null && entryPoint === null) return;
    const argv = new Argv(this.#shop, this.#direct);
    if (command !== null && this.#direct.isArray(command)) argv.array(command);
    else if (command !== null) argv.head(command, args);
    argv.array(args);
    for (const node of argv.used) this.#used.add(node);
    this.#addArgv(
      argv,
      sink(useOfString(table, this.#direct)),
      entryPoint === null ? {} : { implied: { image: entryPoint } },
    );
  }

  /** Where a value is used last that a variable begins with and that changes later: there it is all that it becomes. */
  #lastUse(node: Node): Node {
    let holder = this.#program.parent(node);
    while (holder?.kind === "wrap") holder = this.#program.parent(holder);
    const bound = holder?.kind === "variable" ? holder.names[0] : undefined;
    const binding =
      holder === null || bound === undefined ? null : this.#program.declared(holder, bound.name);
    if (binding === null) return node;
    const changes = changesOf(binding, this.#program);
    const isChange = (name: Node): boolean =>
      changes.some(({ at }) => at.start <= name.start && name.end <= at.end);
    const last = changes.length === 0 ? undefined : binding.references.findLast((name) => !isChange(name));
    return last ?? node;
  }

  /** An array that begins with the plugin and is called a command: kubectl comes before it where it is used. */
  #pluginHost(list: List): Pick<Invocation, "implied"> {
    if (!startsWithPlugin(list, this.#direct)) return {};
    let holder = this.#program.parent(list);
    while (holder?.kind === "wrap") holder = this.#program.parent(holder);
    const isCommand = namesOf(holder, this.#direct).some((name) => COMMAND_NAME.test(name));
    return impliedBy(isCommand ? "kubectl" : undefined);
  }

  /** Whether an array, or a string in it, belongs to a command already. */
  #isUsed(list: List): boolean {
    return this.#used.has(list) || list.elements.some((element) => this.#used.has(unwrap(element)));
  }

  #isWord(node: Node): boolean {
    const text = this.#direct.plain(node);
    return text !== null && /^\S+$/.test(text);
  }

  /** Whether an array may be a command: it begins with a program, or a name for one. */
  #hasWord({ elements }: List): boolean {
    const [first] = elements;
    const isProgram = first !== undefined && !/\s/.test(this.#direct.plain(first) ?? "");
    return isProgram && elements.some((element) => this.#isWord(element));
  }

  #addShell(string: ProgramString, output: Sink, { program, helper }: Run): void {
    for (const text of string.texts) this.#used.add(text);
    const reading = this.#context.read("shell", string.fragment);
    this.problems.push(...reading.problems);
    for (const [i, invocation] of reading.invocations.entries()) {
      const found = {
        ...invocation,
        output: this.#outputOf(invocation, output, string),
        constants: [...invocation.constants, ...string.constants],
        ...impliedBy(program),
      };
      this.#add(i > 0 || helper === undefined ? found : this.#through(helper, found));
    }
  }

  #addDocument({ invocations, problems }: Reading): void {
    this.problems.push(...problems);
    for (const invocation of invocations) this.#add(invocation);
  }

  /** What a text says cannot be broken: whatever its shell does not read was no command. */
  #addText(fragment: Fragment, string: ProgramString, use: Use): void {
    // In a quoted text, a sum in the middle of a command would be harder to read than the release itself.
    const isTemplate = string.texts.every(({ quote }) => quote === "`");
    const isRun = use === "captured" || fragment.text.startsWith("#!");
    for (const invocation of this.#context.read("shell", fragment).invocations) {
      this.#add({
        ...invocation,
        role: isRun ? invocation.role : "text",
        output: this.#outputOf(invocation, sink(use), string),
        constants: [...invocation.constants, ...(isTemplate ? string.constants : [])],
      });
    }
  }

  #addArgv(
    { words, used }: Argv,
    output: Sink,
    implied: Pick<Invocation, "implied"> = {},
    helper?: KnownHelper,
  ): void {
    if (words.length === 0) return;
    const constants: readonly Constant[] = this.#shop.constants([...used]);
    const found: Invocation = {
      words,
      output: { pipe: [], sink: output },
      role: "run",
      constants,
      ...implied,
    };
    this.#add(helper === undefined ? found : this.#through(helper, found));
  }

  #through(helper: KnownHelper, call: Invocation): Invocation {
    const [first] = call.words;
    return first === undefined ? call : throughHelper(helper, call, first.list.fragment, first);
  }

  /** The same command may be reached in several ways; if one of them reads its output, that counts. */
  #add(invocation: Invocation): void {
    const key = JSON.stringify(invocation.words.map(keyOf));
    const other = this.found.get(key);
    const isKnown = other !== undefined && invocation.output.sink.kind !== "captured";
    this.found.set(key, isKnown ? other : { ...invocation, role: other?.role ?? invocation.role });
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
    return this.#program.nodes.some(
      (node) => node.kind === "text" && !except.includes(node) && this.#program.code(node).includes(path),
    );
  }
}

const TOLD: Invocation = {
  words: [],
  output: { pipe: [], sink: { kind: "stdout" } },
  role: "text",
  constants: [],
};

/** One for each command that a condition, a loop or a table may choose. */
function variantsOf(run: Run, resolver: Resolver): readonly Run[] {
  if (run.kind !== "argv") return resolver.choices(run.text).map((text) => ({ ...run, text }));
  if (run.args === null) return [run];
  return resolver.choices(run.args).map((args) => ({ ...run, args }));
}

/** Whether all that is not known are values of flags: `-n`, `${ns}`; `--node=${node}`. */
function hasOpenValuesOnly(words: readonly Word[]): boolean {
  return words.every(({ value }, i) => {
    if (literal(value) !== null) return true;
    const flag = literal(words[i - 1]?.value ?? []) ?? "";
    const [start] = value;
    return /^--?[^=]+$/.test(flag) || (typeof start === "string" && /^--?[^=]+=/.test(start));
  });
}

/** What variables, properties and functions are called that hold a command or take one. */
/** Keys of a program's arguments, and of those that an image's entry point gets. */
const ARGUMENTS = /^(?:args|argv|arguments)$/;
const CONTAINER_ARGUMENTS = /^(?:args|argv|arguments|Cmd)$/;
/** A container image by its path. */
const IMAGE = /^[\w.-]+(?::\d+)?\/[\w./-]+(?:[:@][\w.:-]+)?$/;

const COMMAND_NAME = /kubectl|cmd|command|args|argv|plugin|exec|run|spawn|invoke/i;

function namesOf(holder: Node | null, resolver: Resolver): readonly string[] {
  switch (holder?.kind) {
    case "variable":
      return holder.names.map(({ name }) => name);
    case "property":
      return holder.key === null ? [] : [holder.key];
    case "call":
      return [functionName(holder.callee, resolver) ?? ""];
    default:
      return [];
  }
}

function impliedBy(program: string | undefined): Pick<Invocation, "implied"> {
  return program === undefined ? {} : { implied: { program } };
}

function sink(use: Use): Sink {
  return { kind: use === "captured" ? "captured" : "stdout" };
}

function keyOf(word: Word): readonly [number, string] {
  return [word.list.fragment.toSource(word).start, display(word.value)];
}

function valueOf({ properties }: Table, key: RegExp): Node | null {
  for (const property of properties) {
    if (property.kind === "property" && property.key !== null && key.test(property.key))
      return property.value;
  }
  return null;
}

/** The options of `$({ stdio: "inherit" })`...``. */
function optionsOf(tag: Node): readonly Node[] {
  const node = unwrap(tag);
  return node.kind === "call" ? node.args : [];
}
