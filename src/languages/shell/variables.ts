import type { Command, Redirected, Script, Word as WordNode } from "unbash";
import type { Constant } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { decoded, segmentsOf } from "./decode.ts";
import { type Path, type Place, type Setting, Settings } from "./settings.ts";

/** The values that a name may have at one place, all literal. */
export interface Values {
  readonly values: readonly string[];
  /** Whether the environment may set another one. */
  readonly overridable: boolean;
}

/** A setting that a place may see; `sure`: it was made on every way there. */
type Visible = Setting & { readonly sure: boolean };

/** Names that stand for names that stand for names: more than this is not followed. */
const MAX_DEPTH = 5;

/** `$NAME`, `${NAME}`, `${NAME:-text}` with plain text. */
const EXPANSION = /^\$(?:(\w+)|\{(\w+)(?::?[-=]("[^"$`\\]*"|'[^']*'|[^"'$`\\{}~*?[\]]*))?\})$/;

/** The variables of one script, as far as they hold literal values. */
export class Variables {
  readonly #settings: Settings;

  constructor(
    script: Script,
    private readonly fragment: Fragment,
  ) {
    this.#settings = new Settings(script);
  }

  /** The values that an expansion (`$NAME`, `${NAME:-text}`) may have in the words of a command, or of redirects. */
  known(code: string, node: Command | Redirected): readonly string[] | undefined {
    return this.#expansion(code, this.#settings.placeOf(node), 0)?.values;
  }

  /** The names that have one literal value in the words of a command. */
  constants(command: Command): readonly Constant[] {
    const constants: Constant[] = [];
    for (const name of this.#settings.names) {
      const found = this.#values(name, this.#settings.placeOf(command), 0);
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
    const [only, other] = this.#visible(name, this.#settings.placeOf(command));
    if (only?.value.kind !== "oneOf" || other !== undefined) return undefined;
    const { words, split } = only.value;
    return only.sure && !only.append && !only.overridable && !split ? words[0] : undefined;
  }

  /** The elements of an array, list by list as the script builds it up; undefined unless all are certain. */
  array(name: string, command: Command): readonly (readonly WordNode[])[] | undefined {
    const settings = this.#visible(name, this.#settings.placeOf(command));
    const lists: (readonly WordNode[])[] = [];
    for (const { value, append, sure } of settings) {
      if (value.kind !== "array" || !sure) return undefined;
      lists.unshift(value.elements);
      if (!append) return lists.length === settings.length ? lists : undefined;
    }
    return undefined;
  }

  /** How often a name is expanded in the text, in comments too. */
  uses(name: string): number {
    return this.fragment.text.match(new RegExp(`\\$(?:\\{[#!]?)?${name}\\b`, "g"))?.length ?? 0;
  }

  #values(name: string, place: Place, depth: number): Values | undefined {
    const settings = this.#visible(name, place);
    const all = settings.map((setting) => this.#settingValues(setting, depth));
    const found = united(all);
    const isSet = settings.some((setting) => setting.sure);
    return found === undefined ? undefined : { ...found, overridable: found.overridable || !isSet };
  }

  #settingValues({ value, append, place, overridable }: Setting, depth: number): Values | undefined {
    if (append || value.kind !== "oneOf" || depth > MAX_DEPTH) return undefined;
    const found = united(
      value.words.map((word) => {
        const values = this.#wordValues(word, place, depth + 1);
        return value.split && word.text.startsWith("$") ? splitAtBlanks(values) : values;
      }),
    );
    return found === undefined ? undefined : { ...found, overridable: overridable || found.overridable };
  }

  /** What a word of the script may stand for: literal text, or one expansion, or both with one value each. */
  #wordValues(word: WordNode, place: Place, depth: number): Values | undefined {
    const { text } = this.fragment;
    const segments = segmentsOf(word, text);
    const hasHoles = this.fragment.holesIn({ start: word.pos, end: word.end }).length > 0;
    if (segments === null || hasHoles || isUnquotedPattern(word)) return undefined;
    const [only, more] = segments;
    if (only?.kind === "code" && more === undefined) {
      return this.#expansion(text.slice(only.start, only.end), place, depth);
    }
    let whole = "";
    let overridable = false;
    for (const segment of segments) {
      const found =
        segment.kind === "text"
          ? { values: [decoded(segment, text)], overridable: false }
          : this.#expansion(text.slice(segment.start, segment.end), place, depth);
      const [value, other] = found?.values ?? [];
      if (found === undefined || value === undefined || other !== undefined) return undefined;
      whole += value;
      overridable ||= found.overridable;
    }
    return { values: [whole], overridable };
  }

  #expansion(code: string, place: Place, depth: number): Values | undefined {
    const [, plain, braced, fallback] = EXPANSION.exec(code) ?? [];
    const name = plain ?? braced;
    if (name === undefined) return undefined;
    const found = this.#values(name, place, depth);
    if (fallback === undefined || found !== undefined) return found;
    return { values: [fallback.replace(/^(["'])(.*)\1$/s, "$2")], overridable: true };
  }

  /** The settings that may have given a name its value at a place, the latest first. */
  #visible(name: string, { path, pos }: Place): readonly Visible[] {
    const home = path.findLast((block) => block.kind === "function");
    const settings: Visible[] = [];
    for (const setting of this.#settings.of(name).toReversed()) {
      const around = setting.path.filter((block) => !path.includes(block));
      if (around.some(({ kind }) => kind === "isolated" || (kind === "function" && setting.local))) continue;
      const isElsewhere = home !== undefined && !setting.path.includes(home);
      const isLater = setting.at > pos;
      if (isLater && !isElsewhere && !shareLoop(setting, path)) continue;
      const sure = around.length === 0 && (isElsewhere || !isLater);
      settings.push({ ...setting, sure });
      if (sure && !isElsewhere && !setting.append) break;
    }
    return settings;
  }
}

/** All values; undefined when there are none, or some are unknown. */
function united(all: readonly (Values | undefined)[]): Values | undefined {
  const found = all.filter((values) => values !== undefined);
  if (found.length < all.length || all.length === 0) return undefined;
  return {
    values: [...new Set(found.flatMap(({ values }) => values))],
    overridable: found.some(({ overridable }) => overridable),
  };
}

function splitAtBlanks(found: Values | undefined): Values | undefined {
  return found && { ...found, values: found.values.flatMap((text) => text.trim().split(/\s+/)) };
}

function shareLoop(setting: Setting, path: Path): boolean {
  return setting.path.some((candidate) => candidate.kind === "loop" && path.includes(candidate));
}

/** `*.log` or `{a,b}`: a list that the shell makes. */
function isUnquotedPattern(word: WordNode): boolean {
  return word.parts?.some((part) => part.type === "Glob" || part.type === "BraceExpansion") ?? false;
}
