import { type Command, forEachChild, type Script, type SyntaxNode, type Word as WordNode } from "unbash";
import type { Constant } from "../../commands/command.ts";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { decode, segmentsOf } from "./decode.ts";

/** The values that a name may have at one place, all literal. */
export interface Values {
  readonly values: readonly string[];
  /** Whether the environment may set another one. */
  readonly overridable: boolean;
}

/**
 * A block on the way from the script to a node. What is set in an `isolated` one (a subshell, a stage of a pipeline) is
 * gone behind it; what is set in a `conditional` one may or may not have been set.
 */
interface Block {
  readonly kind: "isolated" | "conditional" | "loop" | "function";
  readonly parent: Block | null;
}

interface Setting {
  readonly name: string;
  /** Offset from which the name has the value. */
  readonly at: number;
  readonly block: Block | null;
  /** The command that sets it: what the value is made of is looked up there. */
  readonly command: Command | null;
  /** `append`: adds to the value before. */
  readonly append: boolean;
  /** Gone behind the function that it stands in. */
  readonly local: boolean;
  readonly value: SettingValue;
}

type SettingValue =
  | { readonly kind: "word"; readonly word: WordNode }
  | { readonly kind: "array"; readonly elements: readonly WordNode[] }
  | { readonly kind: "list"; readonly values: readonly WordNode[] }
  | { readonly kind: "unknown" };

/** Settings of one name that a command may see. */
interface Visible {
  readonly settings: readonly (Setting & { readonly sure: boolean })[];
  /** One of them was made for sure, so the name is set. */
  readonly certain: boolean;
}

const UNKNOWN: SettingValue = { kind: "unknown" };
/** Names that stand for names that stand for names: more than this is not followed. */
const MAX_DEPTH = 5;
const DECLARES = new Set(["export", "readonly", "declare", "typeset", "local"]);
const SETS_ARGUMENTS = new Set(["read", "mapfile", "readarray", "getopts", "unset", "printf"]);

/** The variables of one script, as far as they hold literal values. */
export class Variables {
  readonly #settings = new Map<string, Setting[]>();
  readonly #blocks = new Map<Command, Block | null>();

  constructor(
    script: Script,
    private readonly fragment: Fragment,
  ) {
    this.#collect(script, null);
  }

  /** The values that an expansion (`$NAME`, `${NAME:-text}`) may have in the words of a command. */
  known(code: string, command: Command): readonly string[] | undefined {
    return this.#expansion(code, command, 0)?.values;
  }

  /** The values that a name may have in the words of a command. */
  values(name: string, command: Command): Values | undefined {
    return this.#values(name, command, 0);
  }

  /** The names that have one literal value in the words of a command. */
  constants(command: Command): readonly Constant[] {
    const constants: Constant[] = [];
    for (const name of this.#settings.keys()) {
      const found = this.values(name, command);
      const [value, other] = found?.values ?? [];
      if (found === undefined || value === undefined || other !== undefined) continue;
      const words = /^[^\s*?[\]]+$/.test(value) ? "one" : "any";
      const reference = { code: `$${name}`, words } as const;
      constants.push({ name, value, reference, ...(found.overridable ? { overridable: true } : {}) });
    }
    return constants;
  }

  /** The word that a name is set to for sure before a command, when it is one that the script alone decides. */
  assigned(name: string, command: Command): WordNode | undefined {
    const { settings, certain } = this.#visible(name, command);
    const [only, other] = settings;
    return certain && other === undefined && only?.append === false && only.value.kind === "word"
      ? only.value.word
      : undefined;
  }

  /** The elements of an array, list by list as the script builds it up; undefined unless all are certain. */
  array(name: string, command: Command): readonly (readonly WordNode[])[] | undefined {
    const { settings, certain } = this.#visible(name, command);
    const lists: (readonly WordNode[])[] = [];
    for (const { value, append, sure } of settings) {
      if (value.kind !== "array" || !sure) return undefined;
      lists.unshift(value.elements);
      if (!append) return certain && lists.length === settings.length ? lists : undefined;
    }
    return undefined;
  }

  /** How often a name is expanded in the text, in comments too. */
  uses(name: string): number {
    return this.fragment.text.match(new RegExp(`\\$(?:\\{[#!]?)?${name}\\b`, "g"))?.length ?? 0;
  }

  #values(name: string, command: Command, depth: number): Values | undefined {
    const { settings, certain } = this.#visible(name, command);
    if (settings.length === 0) return undefined;
    const values = new Set<string>();
    let overridable = !certain;
    for (const setting of settings) {
      const found = this.#settingValues(setting, depth);
      if (found === undefined) return undefined;
      overridable ||= found.overridable;
      for (const value of found.values) values.add(value);
    }
    return { values: [...values], overridable };
  }

  #settingValues({ value, append, command }: Setting, depth: number): Values | undefined {
    if (append || value.kind === "unknown" || value.kind === "array" || depth > MAX_DEPTH) return undefined;
    if (value.kind === "word") return this.#wordValues(value.word, command, depth + 1);
    const all = value.values.map((word) => this.#wordValues(word, command, depth + 1));
    const certain = all.filter((found) => found !== undefined);
    if (certain.length < all.length || all.length === 0) return undefined;
    return {
      values: certain.flatMap((found) => found.values),
      overridable: certain.some((found) => found.overridable),
    };
  }

  /** What a word of the script may stand for: literal text, or one expansion, or both with one value each. */
  #wordValues(word: WordNode, command: Command | null, depth: number): Values | undefined {
    const { fragment } = this;
    const segments = segmentsOf(word, fragment.text);
    if (segments === null || fragment.holesIn({ start: word.pos, end: word.end }).length > 0)
      return undefined;
    const [only, more] = segments;
    if (only?.kind === "code" && more === undefined) {
      return this.#expansion(fragment.text.slice(only.start, only.end), command, depth);
    }
    let text = "";
    let overridable = false;
    for (const segment of segments) {
      if (segment.kind === "text") {
        const builder = new PieceBuilder();
        decode(segment, fragment.text, builder);
        text += builder.build(() => null).text;
        continue;
      }
      const found = this.#expansion(fragment.text.slice(segment.start, segment.end), command, depth);
      const [value, other] = found?.values ?? [];
      if (found === undefined || value === undefined || other !== undefined) return undefined;
      text += value;
      overridable ||= found.overridable;
    }
    return isUnquotedPattern(word) ? undefined : { values: [text], overridable };
  }

  #expansion(code: string, command: Command | null, depth: number): Values | undefined {
    const [, name, , fallback] =
      /^\$(?:(\w+)|\{(\w+)(?::?[-=]("[^"$`\\]*"|'[^']*'|[^"'$`\\{}~*?[\]]*))?\})$/.exec(code) ?? [];
    const variable = name ?? /^\$\{(\w+)/.exec(code)?.[1];
    if (
      variable === undefined ||
      (name === undefined && fallback === undefined && !/^\$\{\w+\}$/.test(code))
    ) {
      return undefined;
    }
    const found = command === null ? undefined : this.#values(variable, command, depth);
    if (fallback === undefined || found !== undefined) return found;
    return { values: [fallback.replace(/^(["'])(.*)\1$/s, "$2")], overridable: true };
  }

  /** The settings that may have given a name its value in a command's words, the latest first. */
  #visible(name: string, command: Command): Visible {
    const path = chain(this.#blocks.get(command) ?? null);
    const home = path.find((block) => block.kind === "function");
    const settings: (Setting & { readonly sure: boolean })[] = [];
    let certain = false;
    for (const setting of (this.#settings.get(name) ?? []).toReversed()) {
      const around = chain(setting.block).filter((block) => !path.includes(block));
      if (around.some((block) => block.kind === "isolated" || (block.kind === "function" && setting.local)))
        continue;
      const isElsewhere = home !== undefined && !chain(setting.block).includes(home);
      const isLater = setting.at > command.pos;
      if (isLater && !isElsewhere && !shareLoop(setting, path)) continue;
      const sure = around.length === 0 && (isElsewhere || !isLater);
      settings.push({ ...setting, sure });
      certain ||= sure;
      if (sure && !isElsewhere && !setting.append) break;
    }
    return { settings, certain };
  }

  #collect(node: SyntaxNode, block: Block | null): void {
    const inside = (kind: Block["kind"]): Block => ({ kind, parent: block });
    const each = (target: Block | null): void => {
      forEachChild(node, (child) => {
        this.#collect(child, target);
      });
    };
    switch (node.type) {
      case "Command":
        this.#blocks.set(node, block);
        this.#collectSettings(node, block);
        each(block);
        return;
      case "Subshell":
      case "CommandExpansion":
      case "ProcessSubstitution":
      case "Coproc":
        each(inside("isolated"));
        return;
      case "Statement":
        each(node.background === true ? inside("isolated") : block);
        return;
      case "Pipeline":
        for (const stage of node.commands)
          this.#collect(stage, node.commands.length > 1 ? inside("isolated") : block);
        return;
      case "AndOr":
        for (const [i, part] of node.commands.entries())
          this.#collect(part, i === 0 ? block : inside("conditional"));
        return;
      case "If":
        this.#collect(node.clause, block);
        for (const branch of [node.then, ...node.elif, node.else]) {
          if (branch !== undefined) this.#collect(branch, inside("conditional"));
        }
        return;
      case "Case":
        this.#collect(node.word, block);
        for (const item of node.items) this.#collect(item, inside("conditional"));
        return;
      case "For":
      case "Select": {
        for (const word of node.wordlist ?? []) this.#collect(word, block);
        const loop = inside("loop");
        const value: SettingValue =
          node.type === "For" && node.wordlist !== undefined
            ? { kind: "list", values: node.wordlist }
            : UNKNOWN;
        this.#set({ name: node.name.text, at: node.body.pos, block: loop, command: null, value });
        this.#collect(node.body, loop);
        return;
      }
      case "While":
      case "ArithmeticFor":
        each(inside("loop"));
        return;
      case "Function":
        this.#collect(node.body, inside("function"));
        return;
      case "ParameterExpansion":
        if (node.operation?.type === "Default" && node.operation.operator.endsWith("=")) {
          this.#set({ name: node.parameter, at: node.end, block, command: null, value: UNKNOWN });
        }
        each(block);
        return;
      default:
        each(block);
    }
  }

  #collectSettings(command: Command, block: Block | null): void {
    const name = command.name?.text;
    const declares = name !== undefined && DECLARES.has(name);
    const local =
      declares && name !== "export" && name !== "readonly" && !command.args.some((arg) => arg.text === "-g");
    for (const item of name === undefined ? command.prefix : declares ? command.suffix : []) {
      if (item.type !== "Assignment") continue;
      const isWhole = item.index === undefined;
      const value: SettingValue = !isWhole
        ? UNKNOWN
        : item.value.type === "Word"
          ? { kind: "word", word: item.value }
          : { kind: "array", elements: item.value.elements };
      const append = item.append === true;
      this.#set({ name: item.name, at: item.end, block, command, append, local, value });
    }
    if (name === undefined || !(SETS_ARGUMENTS.has(name) || local)) return;
    for (const arg of command.args) {
      if (arg.type !== "Word" || !/^[A-Za-z_]\w*$/.test(arg.text)) continue;
      this.#set({ name: arg.text, at: arg.end, block, command, local, value: UNKNOWN });
    }
  }

  #set(setting: Omit<Setting, "append" | "local"> & Partial<Setting>): void {
    const full: Setting = { append: false, local: false, ...setting };
    const settings = this.#settings.get(full.name);
    if (settings === undefined) this.#settings.set(full.name, [full]);
    else settings.push(full);
  }
}

/** A block and those around it, the inmost first. */
function chain(block: Block | null): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = block; at !== null; at = at.parent) blocks.push(at);
  return blocks;
}

function shareLoop({ block }: Setting, path: readonly Block[]): boolean {
  return chain(block).some((candidate) => candidate.kind === "loop" && path.includes(candidate));
}

/** `*.log` or `{a,b}`: a list that the shell makes. */
function isUnquotedPattern(word: WordNode): boolean {
  return word.parts?.some((part) => part.type === "Glob" || part.type === "BraceExpansion") ?? false;
}
