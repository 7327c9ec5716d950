import type { Implied, Reading } from "../../commands/command.ts";
import { partsOfText } from "../../commands/text-parts.ts";
import { withoutStyles } from "../../commands/styles.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import { readManifest } from "../manifest.ts";
import { Argv } from "./argv.ts";
import { functionName, startsWithPlugin } from "./calls.ts";
import { changesOf } from "./changes.ts";
import { Found } from "./found.ts";
import type { Block, List, Node, Table, Text } from "./model.ts";
import { Program } from "./program.ts";
import type { Resolver } from "./resolve.ts";
import { isWord, RunReader } from "./runs.ts";
import type { ProgramString } from "./string.ts";
import { stringsOf, useOfList, useOfString } from "./texts.ts";
import { sinkFor } from "./use.ts";
import { Workshop } from "./workshop.ts";

/**
 * Every command of a program: what its calls run, what its arrays and objects hold, and what its strings tell people to
 * type. Each is found once, with the most that is known of it.
 * @param tree the program, with ranges of `root`'s text
 * @param root the whole file
 */
export function readProgram(tree: Block, root: Fragment, context: ReadContext): Reading {
  const shop = new Workshop(new Program(root.text, tree), root);
  const found = new Found(shop, context);
  const runs = new RunReader(shop, context, found);
  const reader = new Reader(shop, context, found);
  runs.read();
  reader.readTables();
  reader.readLists();
  reader.readTexts();
  return { invocations: found.invocations, problems: found.problems, helpers: runs.helpers };
}

/** Reads arrays, objects and strings that hold commands, wherever they go. */
class Reader {
  readonly #program: Program;

  constructor(
    private readonly shop: Workshop,
    private readonly context: ReadContext,
    private readonly found: Found,
  ) {
    this.#program = shop.program;
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
      if (list.kind !== "list" || this.found.isUsed(list) || !this.#hasWord(list)) continue;
      const argv = new Argv(this.shop, this.shop.direct);
      argv.array(this.#lastUse(list));
      for (const other of argv.used) if (other !== list) inOthers.add(other);
      found.push({ list, argv });
    }
    for (const { list, argv } of found) {
      if (!inOthers.has(list))
        this.found.addArgv(argv, sinkFor(useOfList(list, this.shop.direct)), this.#pluginHost(list));
    }
  }

  /** Strings that are whole commands, or sentences that tell people some. */
  readTexts(): void {
    const found: { readonly node: Node; readonly string: ProgramString }[] = [];
    const inOthers = new Set<Text>();
    for (const node of stringsOf(this.#program, this.shop.direct)) {
      // Where nobody can tell what the variable becomes, what it begins with is still a command.
      const string = this.#string(this.#lastUse(node)) ?? this.#string(node);
      const [first] = string?.texts ?? [];
      if (string === null || first === undefined || string.texts.some((text) => this.found.used.has(text)))
        continue;
      if (first.end <= node.start || node.end <= first.start) inOthers.add(first);
      found.push({ node, string });
    }
    for (const { node, string } of found) {
      if (string.texts.every((text) => inOthers.has(text))) continue;
      const manifest = readManifest(string.fragment, this.context);
      if (manifest !== null) {
        this.found.addDocument(manifest);
        continue;
      }
      const { script, prose } = partsOfText(withoutStyles(string.fragment));
      if (script !== null) this.found.addText(script, string, useOfString(node, this.shop.direct));
      if (prose !== null) this.found.addProse(prose);
    }
  }

  #readTable(table: Table): void {
    const command = valueOf(table, /^(?:command|cmd|program|executable|exe|bin|binary|file)$/);
    const image = valueOf(table, /^[iI]mage$/);
    const args = valueOf(table, image === null || command !== null ? ARGUMENTS : CONTAINER_ARGUMENTS);
    const container = image === null ? null : this.shop.direct.plain(image);
    if (command === null && container === null) return;
    const isAlone = args === null && container !== null && command !== null;
    const words = isAlone ? command : args;
    if (words === null || !this.shop.direct.isArray(words)) return;
    const argv = new Argv(this.shop, this.shop.direct);
    if (command !== null && command !== words) {
      if (this.shop.direct.isArray(command)) argv.array(command);
      else argv.head(command, words);
    }
    argv.array(words);
    for (const node of argv.used) this.found.used.add(node);
    this.found.addArgv(
      argv,
      sinkFor(useOfString(table, this.shop.direct)),
      container === null ? null : { image: container, ...(command === null ? {} : { isReplaced: true }) },
    );
  }

  #string(node: Node): ProgramString | null {
    return this.shop.string(node, this.shop.direct, "any");
  }

  /** Where a value is used last that a variable begins with and that changes later: there it is all that it becomes. */
  #lastUse(node: Node): Node {
    const holder = this.#program.holder(node);
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
  #pluginHost(list: List): Implied | null {
    if (!startsWithPlugin(list, this.shop.direct)) return null;
    const holder = this.#program.holder(list);
    const isCommand = namesOf(holder, this.shop.direct).some((name) => COMMAND_NAME.test(name));
    return isCommand ? { program: "kubectl" } : null;
  }

  /** Whether an array may be a command: it begins with a program, or a name for one. */
  #hasWord({ elements }: List): boolean {
    const [first] = elements;
    const isProgram = first !== undefined && !/\s/.test(this.shop.direct.plain(first) ?? "");
    return isProgram && elements.some((element) => isWord(element, this.shop.direct));
  }
}

/** Keys of a program's arguments, and of those that an image's entry point gets. */
const ARGUMENTS = /^(?:args|argv|arguments)$/;
const CONTAINER_ARGUMENTS = /^(?:args|argv|arguments|Cmd)$/;

/** What variables, properties and functions are called that hold a command or take one. */
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

function valueOf({ properties }: Table, key: RegExp): Node | null {
  for (const property of properties) {
    if (property.kind === "property" && property.key !== null && key.test(property.key))
      return property.value;
  }
  return null;
}
