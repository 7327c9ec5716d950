import type { Implied } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Language } from "../language.ts";
import { MANIFEST_SIGN } from "../manifest.ts";
import { Argv } from "./argv.ts";
import type { Block } from "./blocks.ts";
import { isList, wordsOfCall, wordsOfProgram } from "./call-words.ts";
import { methodName, type Element, type Expression, type List } from "./expression.ts";
import { CAPTURED, Found } from "./found.ts";
import { commentsOf, lex } from "./lex.ts";
import { mentionsProgram } from "./mention.ts";
import { mayHoldManifest, readManifests } from "./manifests.ts";
import { OwnCalls } from "./own-calls.ts";
import { Program } from "./program.ts";
import { ProcessReader } from "./processes.ts";
import { RunReader } from "./runs.ts";
import { stringOf } from "./string.ts";
import type { LanguageTable } from "./table.ts";
import { LOOKS, readTexts } from "./texts.ts";

/** A language whose commands stand in string literals and lists, told by its table. */
export function languageOf(table: LanguageTable): Language {
  return {
    id: table.id,
    comments: (text) => commentsOf(text, table),
    read(fragment, context) {
      const { text } = fragment;
      const mayHold = mentionsProgram(text) || MANIFEST_SIGN.test(text);
      const tokens = mayHold ? lex(text, table) : [];
      const isWorthIt = tokens.some((token) => {
        const body = token.kind === "string" ? text.slice(token.body.start, token.body.end) : "";
        return mentionsProgram(body) || mayHoldManifest(body);
      });
      if (!isWorthIt) return { invocations: [], problems: [] };
      const program = new Program(text, tokens, table);
      const found = new Found(program, fragment, context);
      const reader = new Reader(program, fragment, found);
      readManifests(program, fragment, found, context);
      new ProcessReader(program, fragment, found).read();
      new RunReader(program, fragment, found).read();
      new OwnCalls(program, fragment, found).read();
      reader.readHelpers();
      reader.readTables();
      reader.readCalls();
      reader.readLists();
      readTexts(program, fragment, found);
      return { invocations: found.invocations, problems: found.problems };
    },
  };
}

const PLUGIN = "gadget";
const KUBECTL: Implied = { program: "kubectl" };
/** Names of what holds or takes the words of a command. */
const COMMAND_NAME = /kubectl|cmd|command|args|argv|plugin|exec|run|spawn|invoke/i;

/** Reads lists, tables and calls of unknown functions that hold the words of a command. */
class Reader {
  constructor(
    private readonly program: Program,
    private readonly root: Fragment,
    private readonly found: Found,
  ) {}

  /** Functions that start kubectl, by their names, with what follows it: `kubectl("gadget", ...)`, `runKubectl(["gadget", ...])`. */
  readHelpers(): void {
    for (const call of this.program.expressions) {
      if (call.kind !== "call" || !/kubectl/i.test(methodName(call)) || this.found.isUsed(call.args))
        continue;
      const at = call.args.findIndex(({ value }) => this.#startsWithPlugin(value));
      const words = call.args[at]?.value;
      if (words === undefined) continue;
      const argv = new Argv(this.program, this.root);
      if (this.program.plain(words) === PLUGIN) argv.elements(call.args, at);
      else if (!argv.list(words)) this.found.addShell(words, CAPTURED, KUBECTL);
      this.found.addArgv(argv, CAPTURED, KUBECTL);
    }
  }

  #startsWithPlugin(node: Expression): boolean {
    const [first] = this.program.firstOf(node)?.elements ?? [];
    if (first !== undefined) return this.program.plain(first.value) === PLUGIN;
    const text = stringOf(node, this.program, this.root, "any")?.fragment.text ?? "";
    return text === PLUGIN || text.startsWith(`${PLUGIN} `);
  }

  /** `{"command": "kubectl", "args": [...]}`, `Container{Command: []string{...}, Args: ...}`, `{Image: "...", Args: ...}` */
  readTables(): void {
    for (const node of this.program.expressions) {
      if (node.kind === "list") this.#readTable(node.elements);
      else if (node.kind === "call") this.#readTable(node.args);
    }
    if (this.program.table.isSettings === true)
      for (const settings of this.#settings()) this.#readTable(settings);
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
      if (list.kind !== "list" || this.found.used.has(list) || this.found.isUsed(list.elements)) continue;
      const lastUse = this.program.lastUse(list);
      const isMadeLater = list.elements.length === 0 && lastUse !== null;
      if (!isMadeLater && !this.#mayBeCommand(list.elements)) continue;
      const argv = new Argv(this.program, this.root);
      if (!argv.list(lastUse ?? list)) continue;
      for (const other of argv.used) if (other !== list) inOthers.add(other);
      found.push({ list, argv });
    }
    for (const { list, argv } of found) {
      if (!inOthers.has(list)) this.found.addArgv(argv, CAPTURED, this.#hostOf(list));
    }
  }

  /** kubectl, for a list that begins with its plugin and is called a command. */
  #hostOf(list: List): Implied | null {
    const [first] = list.elements;
    if (this.program.table.isPlainData === true) return null;
    if (first === undefined || this.program.plain(first.value) !== PLUGIN) return null;
    const parent = this.program.parent(list);
    const key = (parent?.kind === "list" ? parent.elements : []).find(({ value }) => value === list)?.key;
    const callee = parent?.kind === "call" ? parent.callee : "";
    const name = this.program.assignmentOf(list)?.name ?? "";
    return COMMAND_NAME.test(`${key ?? ""} ${callee} ${name}`) ? KUBECTL : null;
  }

  /** Calls of unknown functions with the words of a command: `run("kubectl", "gadget", ...)`, `run("kubectl", ["gadget", ...])`. */
  readCalls(): void {
    for (const call of this.program.expressions) {
      if (call.kind !== "call" || LOOKS.test(call.callee) || this.program.table.displays.test(call.callee))
        continue;
      if (call.args.length < 2 || this.found.isUsed(call.args)) continue;
      const from = this.#startOf(call.args);
      if (!this.#mayBeCommand(call.args.slice(from))) continue;
      this.found.addArgv(wordsOfCall(call, from, this.program, this.root), CAPTURED);
    }
  }

  /** The argument that a command begins with: the first, or the word before the plugin (`retry(3, "kubectl", "gadget", ...)`). */
  #startOf(args: readonly Element[]): number {
    const plugin = args.findIndex(({ key, value }) => key === null && this.#startsWithPlugin(value));
    const before = args[plugin - 1];
    const program = before === undefined ? null : this.program.plain(before.value);
    return program !== null && /^\S+$/.test(program) ? plugin - 1 : 0;
  }

  #readTable(elements: readonly Element[]): void {
    const get = (key: RegExp): Expression | null =>
      elements.find((element) => element.key !== null && key.test(element.key))?.value ?? null;
    const args = get(/^(?:args|argv|arguments|Args|Arguments|ArgumentList)$/);
    if (args === null || this.found.used.has(args)) return;
    const command = get(/^(?:command|cmd|program|executable|Command|Cmd|FileName)$/);
    if (command !== null && args.kind === "text") {
      const program = elements.find(({ value }) => value === command);
      const all = elements.find(({ value }) => value === args);
      const argv =
        program === undefined || all === undefined
          ? null
          : wordsOfProgram([program, all], this.program, this.root);
      if (argv !== null) this.found.addArgv(argv, CAPTURED);
      return;
    }
    if (!isList(args, this.program)) return;
    const image = command === null ? get(/^[iI]mage$/) : null;
    const entryPoint = image === null ? null : this.program.plain(image);
    if (command === null && entryPoint === null) return;
    const argv = new Argv(this.program, this.root);
    if (command !== null && !argv.list(command))
      argv.elements(
        elements.filter(({ value }) => value === command).map((element) => ({ ...element, key: null })),
      );
    argv.list(args);
    this.found.addArgv(argv, CAPTURED, entryPoint === null ? null : { image: entryPoint });
  }

  #isWord({ isSpread, value }: Element): boolean {
    const isText = value.kind === "text" || value.kind === "sum" || value.kind === "format";
    return isText || isSpread || isList(value, this.program) || this.program.plain(value) !== null;
  }

  /** Whether elements begin with a word, or a name for one, and hold the words of a command, or a list of them. */
  #mayBeCommand(elements: readonly Element[]): boolean {
    const [first, second] = elements.filter(({ key }) => key === null);
    const program = first === undefined ? null : this.program.plain(first.value);
    if (program === null || program === "" || /\s/.test(program)) return false;
    if (second !== undefined && this.#startsWithPlugin(second.value)) return true;
    // A path may have the name of a program (`os.MkdirAll(dir, 0o755)`): a word must follow it.
    if (mentionsProgram(program)) return elements.slice(1).some((element) => this.#isWord(element));
    return elements.some(({ value }) => mentionsProgram(this.program.plain(value) ?? ""));
  }
}
