import {
  type Assignment,
  type CaseItem,
  type Command,
  forEachChild,
  type Redirected,
  type Script,
  type SyntaxNode,
  type Word as WordNode,
} from "unbash";

/**
 * A block on the way from the script to a node. What is set in an `isolated` one (a subshell, a stage of a pipeline) is
 * gone behind it; what is set in a `conditional` one may or may not have been set.
 */
export interface Block {
  readonly kind: "isolated" | "conditional" | "loop" | "function";
  /** Of a function. */
  readonly body?: SyntaxNode;
}

/** The blocks around a place, the outermost first. */
export type Path = readonly Block[];

/** Where something stands: what is set there before, and on the way, counts. */
export interface Place {
  readonly path: Path;
  readonly pos: number;
}

/** A place that gives a name a value. */
export interface Setting {
  readonly name: string;
  /** Offset from which the name has the value. */
  readonly at: number;
  readonly path: Path;
  /** Where the names in the value are looked up. */
  readonly place: Place;
  /** Adds to the value before. */
  readonly append: boolean;
  /** Gone behind the function that it stands in. */
  readonly local: boolean;
  /** The environment may have set another value before (`${NAME:=value}`). */
  readonly overridable: boolean;
  /** Holds only in the block that it stands in (`case "$1" in exec)`). */
  readonly scoped: boolean;
  readonly value: SettingValue;
}

export type SettingValue =
  /** One of several words: the only one of an assignment, those of a loop. */
  | { readonly kind: "oneOf"; readonly words: readonly WordNode[]; readonly split: boolean }
  | { readonly kind: "array"; readonly elements: readonly WordNode[] }
  /** One of several texts that are no words: the lines that a loop reads. */
  | { readonly kind: "texts"; readonly texts: readonly string[] }
  /** One of the arguments of the script, or of the function around it. */
  | { readonly kind: "arguments" }
  | { readonly kind: "unknown" };

const UNKNOWN: SettingValue = { kind: "unknown" };
const DECLARES = new Set(["export", "readonly", "declare", "typeset", "local"]);
const SETS_ARGUMENTS = new Set(["read", "mapfile", "readarray", "getopts", "unset", "printf"]);

/** What `"$@"` is called here. */
export const ARGUMENTS = "@";

/** Every place of one script that gives a name a value, in order, and the blocks around each command and redirect. */
export class Settings {
  readonly #settings = new Map<string, Setting[]>();
  readonly #readLines = new Map<Command, SettingValue>();
  readonly #places = new Map<Command | Redirected, Place>();
  /** `shift` and `set`, in order. */
  readonly changesOfArguments: Command[] = [];

  readonly #exported = new Set<string>();
  /** `set -a` */
  #exportsAll = false;

  constructor(script: Script) {
    this.#collect(script, []);
  }

  /** Whether programs that the script starts may see a name. */
  isExported(name: string): boolean {
    return this.#exportsAll || this.#exported.has(name);
  }

  get names(): Iterable<string> {
    return this.#settings.keys();
  }

  of(name: string): readonly Setting[] {
    return this.#settings.get(name) ?? [];
  }

  placeOf(node: Command | Redirected): Place {
    return this.#places.get(node) ?? { path: [], pos: node.pos };
  }

  #collect(node: SyntaxNode, path: Path): void {
    const inside = (kind: Block["kind"]): Path => [...path, { kind }];
    const each = (target: Path): void => {
      forEachChild(node, (child) => {
        this.#collect(child, target);
      });
    };
    switch (node.type) {
      case "Command":
        this.#places.set(node, { path, pos: node.pos });
        this.#collectSettings(node, path);
        each(path);
        return;
      case "Redirected":
        this.#places.set(node, { path, pos: node.pos });
        this.#collectRead(node);
        each(path);
        return;
      case "Subshell":
      case "CommandExpansion":
      case "ProcessSubstitution":
      case "Coproc":
        each(inside("isolated"));
        return;
      case "Statement":
        each(node.background === true ? inside("isolated") : path);
        return;
      case "Pipeline":
        for (const stage of node.commands)
          this.#collect(stage, node.commands.length > 1 ? inside("isolated") : path);
        return;
      case "AndOr":
        for (const [i, part] of node.commands.entries())
          this.#collect(part, i === 0 ? path : inside("conditional"));
        return;
      case "If":
        this.#collect(node.clause, path);
        for (const branch of [node.then, ...node.elif, node.else]) {
          if (branch !== undefined) this.#collect(branch, inside("conditional"));
        }
        return;
      case "Case":
        this.#collect(node.word, path);
        for (const item of node.items) this.#collectCaseItem(node.word, item, inside("conditional"));
        return;
      case "For":
      case "Select": {
        for (const word of node.wordlist ?? []) this.#collect(word, path);
        const loop = inside("loop");
        const value: SettingValue =
          node.wordlist !== undefined
            ? { kind: "oneOf", words: node.wordlist, split: true }
            : { kind: "arguments" };
        const place = { path, pos: node.pos };
        this.#set({ name: node.name.text, at: node.body.pos, path: loop, place, value });
        this.#collect(node.body, loop);
        return;
      }
      case "While":
      case "ArithmeticFor":
        each(inside("loop"));
        return;
      case "Function":
        this.#collect(node.body, [...path, { kind: "function", body: node.body }]);
        return;
      case "ParameterExpansion":
        if (node.operation?.type === "Default" && node.operation.operator.endsWith("=")) {
          const value = oneWord(node.operation.operand);
          const place = { path, pos: node.pos };
          this.#set({ name: node.parameter, at: node.end, path, place, value, overridable: true });
        }
        each(path);
        return;
      default:
        each(path);
    }
  }

  /** In the arm of a `case` the word is one of the arm's patterns, where these have no `*` and the like. */
  #collectCaseItem(word: WordNode, item: CaseItem, path: Path): void {
    const name = /^"?\$\{?(\w+)\}?"?$/.exec(word.text)?.[1];
    const isListed = item.pattern.every(
      ({ parts = [] }) => !parts.some(({ type }) => type === "ExtendedGlob" || type === "Glob"),
    );
    if (name !== undefined && isListed && item.pattern.every(({ text }) => !/[*?[]/.test(text))) {
      const value = { kind: "oneOf", words: item.pattern, split: false } as const;
      this.#set({ name, at: item.pos, path, place: { path, pos: item.pos }, value, scoped: true });
    }
    this.#collect(item, path);
  }

  /** `while read -r NAME; do ... done <<EOF`: one line of the here-document each time. */
  #collectRead({ command, redirects }: Redirected): void {
    const first = command.type === "While" ? command.clause.commands[0]?.command : undefined;
    const last = redirects.at(-1);
    if (first?.type !== "Command" || first.name?.text !== "read" || last?.type !== "HereDoc") return;
    const names = first.args.filter((arg) => !arg.text.startsWith("-"));
    const name = names[0]?.text ?? "";
    const isLiteral =
      last.delimiter?.quoted === true || (last.body.parts ?? []).every(({ type }) => type === "Literal");
    if (names.length !== 1 || !/^[A-Za-z_]\w*$/.test(name) || !isLiteral || command.type !== "While") return;
    const texts = last.body.text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    this.#readLines.set(first, { kind: "texts", texts });
  }

  #collectSettings(command: Command, path: Path): void {
    const name = command.name?.text;
    const place = { path, pos: command.pos };
    if (name === "shift" || name === "set") this.#collectArguments(command, name, path);
    const declares = name !== undefined && DECLARES.has(name);
    this.#collectExports(command, name);
    const local =
      declares && name !== "export" && name !== "readonly" && !command.args.some((arg) => arg.text === "-g");
    for (const item of name === undefined ? command.prefix : declares ? command.suffix : []) {
      if (item.type !== "Assignment") continue;
      const append = item.append === true;
      this.#set({
        name: item.name,
        at: item.end,
        path,
        place,
        append,
        local,
        value: valueOf(item),
      });
    }
    if (name === undefined || !(SETS_ARGUMENTS.has(name) || local)) return;
    for (const arg of command.args) {
      if (arg.type !== "Word" || !/^[A-Za-z_]\w*$/.test(arg.text)) continue;
      const value = this.#readLines.get(command) ?? UNKNOWN;
      this.#set({ name: arg.text, at: arg.end, path, place, local, value });
    }
  }

  /** `export NAME`, `declare -x NAME=value`, `set -a`. */
  #collectExports({ args, suffix }: Command, name: string | undefined): void {
    const flags = args.filter(({ text }) => text.startsWith("-")).map(({ text }) => text);
    if (name === "set") this.#exportsAll ||= args.some(({ text }) => /^-[a-z]*a|^allexport$/.test(text));
    if (name !== "export" && !flags.some((flag) => /^-\w*x/.test(flag) && DECLARES.has(name ?? ""))) return;
    for (const item of suffix) {
      if (item.type === "Assignment") this.#exported.add(item.name);
      else if (item.type === "Word" && !flags.includes(item.text)) this.#exported.add(item.text);
    }
  }

  /** `set -- trace exec` */
  #collectArguments(command: Command, name: string, path: Path): void {
    const [first, ...rest] = command.args;
    if (name === "set" && first?.text !== "--" && (first === undefined || /^[-+]/.test(first.text))) return;
    this.changesOfArguments.push(command);
    const elements = first?.text === "--" ? rest : command.args;
    const words = elements.flatMap((arg) => (arg.type === "Word" ? [arg] : []));
    const isKnown =
      name === "set" &&
      words.length === elements.length &&
      command.suffix.every(({ type }) => type === "Word");
    const value: SettingValue = isKnown ? { kind: "array", elements: words } : UNKNOWN;
    const place = { path, pos: command.pos };
    this.#set({ name: ARGUMENTS, at: command.end, path, place, value });
  }

  #set(setting: Omit<Setting, keyof typeof PLAIN> & Partial<Setting>): void {
    const full: Setting = { ...PLAIN, ...setting };
    const settings = this.#settings.get(full.name);
    if (settings === undefined) this.#settings.set(full.name, [full]);
    else settings.push(full);
  }
}

const PLAIN = { append: false, local: false, overridable: false, scoped: false };

function valueOf({ value, index }: Assignment): SettingValue {
  if (index !== undefined) return UNKNOWN;
  return value.type === "Word" ? oneWord(value) : { kind: "array", elements: value.elements };
}

function oneWord(word: WordNode): SettingValue {
  return { kind: "oneOf", words: [word], split: false };
}
