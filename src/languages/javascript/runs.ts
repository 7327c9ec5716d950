import { literal, type Sink, type Word } from "../../commands/command.ts";
import type { Helper, KnownHelper } from "../../commands/helper.ts";
import type { ReadContext } from "../language.ts";
import { Argv } from "./argv.ts";
import { runOfCall, runOfTemplate, type Run } from "./calls.ts";
import type { Found } from "./found.ts";
import { exportedOwner, helperIn, helperOf } from "./helpers.ts";
import { joinedWords } from "./joined.ts";
import type { Call, List, Node, Tagged } from "./model.ts";
import type { Program } from "./program.ts";
import { Resolver, unwrap } from "./resolve.ts";
import { onEachRoute, type RouteReading } from "./routes.ts";
import { isExpectation } from "./texts.ts";
import { isDisplay, sinkFor, sinkOf } from "./use.ts";
import type { Workshop } from "./workshop.ts";

/** Reads the calls and templates that run commands. */
export class RunReader {
  /** Functions that other files may call. */
  readonly helpers: Helper[] = [];
  readonly #program: Program;

  constructor(
    private readonly shop: Workshop,
    private readonly context: ReadContext,
    private readonly found: Found,
  ) {
    this.#program = shop.program;
  }

  /** Each gives what it runs; a call of an unknown function, what looks like a program and its arguments. */
  read(): void {
    for (const node of this.#program.nodes) {
      if (node.kind === "tagged" && runOfTemplate(node, this.shop.direct) !== null) {
        this.#readRun(node, (resolver) => runOfTemplate(node, resolver));
      } else if (node.kind === "call" && runOfCall(node, this.shop.direct) !== null) {
        this.#readRun(node, (resolver) => runOfCall(node, resolver));
      } else if (node.kind === "call" && this.#calledHelper(node) !== null) {
        this.#readHelperCall(node);
      } else if (node.kind === "call") {
        this.#readLikelyRun(node);
      }
    }
  }

  /** What a call runs by a function of another file. */
  #calledHelper({ callee }: Call): KnownHelper | null {
    const { helpers } = this.context;
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
    if (run.helper !== undefined || this.context.helpers === undefined) return;
    const owner = exportedOwner(node, resolver);
    if (owner === null) return;
    const words = this.#wordsOf(run, resolver);
    const helper = words === null ? null : helperIn(words, owner);
    if (helper !== null) this.helpers.push(helper);
  }

  #wordsOf(run: Run, resolver: Resolver): readonly Word[] | null {
    if (run.kind !== "shell") return this.#argvOf(run, resolver).words;
    const joined = run.words === "any" ? joinedWords(run.text, this.shop, resolver) : null;
    if (joined !== null) return joined.words;
    const string = this.shop.string(run.text, resolver, run.words);
    const [only, more] = string === null ? [] : this.context.read("shell", string.fragment).invocations;
    return only === undefined || more !== undefined ? null : only.words;
  }

  /** Reads one way to run a command. */
  #readVariant(run: Run, resolver: Resolver, output: () => Sink): RouteReading | null {
    const isShell = run.kind === "shell";
    const joined = isShell && run.words === "any" ? joinedWords(run.text, this.shop, resolver) : null;
    if (isShell && joined === null) {
      const string = this.shop.string(run.text, resolver, run.words);
      if (string === null) return null;
      return {
        keep: () => {
          this.found.addShell(string, output(), run);
        },
        isWhole: () => {
          const { invocations } = this.context.read("shell", string.fragment);
          return invocations.every(({ words }) => hasOpenValuesOnly(words));
        },
      };
    }
    const argv = joined ?? this.#argvOf(run, resolver);
    return {
      keep: () => {
        for (const node of argv.used) this.found.used.add(node);
        this.found.addArgv(
          argv,
          output(),
          run.program === undefined ? null : { program: run.program },
          run.helper,
        );
      },
      isWhole: () => hasOpenValuesOnly(argv.words),
    };
  }

  #argvOf(run: Run, resolver: Resolver): Argv {
    const argv = new Argv(this.shop, resolver);
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
    if (!isWord(first, this.shop.direct) || this.shop.direct.plain(first)?.startsWith("-") === true) return;
    const argv = new Argv(this.shop, this.shop.direct);
    const image = this.shop.direct.plain(first) ?? "";
    if (this.shop.direct.isArray(second) && IMAGE.test(image)) {
      argv.array(second);
      this.found.addArgv(argv, sinkOf(call, call.args, this.shop.direct), { image });
      return;
    }
    if (this.shop.direct.isArray(second)) {
      argv.head(first, second);
      argv.array(second);
      this.found.used.add(this.shop.direct.value(second));
    } else if (isWord(second, this.shop.direct)) {
      const end = call.args.findIndex((arg) => arg.kind === "table" || arg.kind === "function");
      argv.group(end < 0 ? call.args : call.args.slice(0, end), call);
    }
    const isRun = !isExpectation(call);
    this.found.addArgv(argv, isRun ? sinkOf(call, call.args, this.shop.direct) : sinkFor("captured"));
  }
}

/** Whether an expression stands for one word. */
export function isWord(node: Node, resolver: Resolver): boolean {
  const text = resolver.plain(node);
  return text !== null && /^\S+$/.test(text);
}

/** A container image by its path. */
const IMAGE = /^[\w.-]+(?::\d+)?\/[\w./-]+(?:[:@][\w.:-]+)?$/;

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

/** The options of `$({ stdio: "inherit" })`...``. */
function optionsOf(tag: Node): readonly Node[] {
  const node = unwrap(tag);
  return node.kind === "call" ? node.args : [];
}
