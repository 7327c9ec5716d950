import type { Fragment } from "../../text/fragment.ts";
import type { Language } from "../language.ts";
import { Argv } from "./argv.ts";
import type { Block } from "./blocks.ts";
import { isList, wordsOfCall, wordsOfProgram } from "./call-words.ts";
import type { Element, Expression, List } from "./expression.ts";
import { CAPTURED, Found } from "./found.ts";
import { lex } from "./lex.ts";
import { mentionsProgram } from "./mention.ts";
import { Program } from "./program.ts";
import { RunReader } from "./runs.ts";
import type { LanguageTable } from "./table.ts";
import { LOOKS, readTexts } from "./texts.ts";

/** A language whose commands stand in string literals and lists, told by its table. */
export function languageOf(table: LanguageTable): Language {
  return {
    id: table.id,
    read(fragment, context) {
      const { text } = fragment;
      const tokens = mentionsProgram(text) ? lex(text, table) : [];
      const isWorthIt = tokens.some(
        (token) => token.kind === "string" && mentionsProgram(text.slice(token.body.start, token.body.end)),
      );
      if (!isWorthIt) return { invocations: [], problems: [] };
      const program = new Program(text, tokens, table);
      const found = new Found(program, fragment, context);
      const reader = new Reader(program, fragment, found);
      new RunReader(program, fragment, found).read();
      reader.readTables();
      reader.readLists();
      reader.readCalls();
      readTexts(program, fragment, found);
      return { invocations: found.invocations, problems: found.problems };
    },
  };
}

/** Reads lists, tables and calls of unknown functions that hold the words of a command. */
class Reader {
  constructor(
    private readonly program: Program,
    private readonly root: Fragment,
    private readonly found: Found,
  ) {}

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
      if (list.kind !== "list" || this.found.isUsed(list.elements) || !this.#mayBeCommand(list.elements))
        continue;
      const argv = new Argv(this.program, this.root);
      if (!argv.list(this.program.lastUse(list) ?? list)) continue;
      for (const other of argv.used) if (other !== list) inOthers.add(other);
      found.push({ list, argv });
    }
    for (const { list, argv } of found) if (!inOthers.has(list)) this.found.addArgv(argv, CAPTURED);
  }

  /** Calls of unknown functions with the words of a command: `run("kubectl", "gadget", ...)`, `run("kubectl", ["gadget", ...])`. */
  readCalls(): void {
    for (const call of this.program.expressions) {
      if (call.kind !== "call" || LOOKS.test(call.callee) || this.program.table.displays.test(call.callee))
        continue;
      if (call.args.length < 2 || this.found.isUsed(call.args) || !this.#mayBeCommand(call.args)) continue;
      this.found.addArgv(wordsOfCall(call, 0, this.program, this.root), CAPTURED);
    }
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
    this.found.addArgv(argv, CAPTURED, entryPoint);
  }

  /** Whether elements begin with a word, or a name for one, and hold the words of a command. */
  #mayBeCommand(elements: readonly Element[]): boolean {
    const [first] = elements.filter(({ key }) => key === null);
    const program = first === undefined ? null : this.program.plain(first.value);
    if (program === null || program === "" || /\s/.test(program)) return false;
    return (
      elements.some(({ value }) => mentionsProgram(this.program.plain(value) ?? "")) ||
      mentionsProgram(program)
    );
  }
}
