import type { Command, Redirected, Script, SyntaxNode, Word as WordNode } from "unbash";
import type { Constant, Value } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { decoded, segmentsOf } from "./decode.ts";
import { HeldTexts } from "./held-texts.ts";
import { ARGUMENTS, type Place, type Setting, Settings } from "./settings.ts";
import {
  appended,
  type Arm,
  type HeldExpansion,
  MAX_LENGTH,
  type Parameters,
  splitAtBlanks,
  united,
  type Values,
} from "./values.ts";
import { homeOf, type Visible, visibleAt } from "./visible.ts";

/** Names that stand for names that stand for names: more than this is not followed. */
const MAX_DEPTH = 20;

/** `$NAME`, `${NAME}`, `${NAME:-text}` with plain text. */
const EXPANSION = /^\$(?:(\w+)|\{(\w+)(?::?[-=]("[^"$`\\]*"|'[^']*'|[^"'$`\\{}~*?[\]]*)|:?\?[^{}$`]*)?\})$/;

/** The variables of one script, as far as they hold literal values. */
export class Variables {
  /** The texts of variables, where they stand. */
  readonly held: HeldTexts;
  readonly #settings: Settings;
  /** What each setting may give its name; undefined while it is found out, so that circles end. */
  readonly #found = new Map<Setting, Values | undefined>();
  readonly #parameters = new Map<SyntaxNode, Parameters>();

  constructor(
    script: Script,
    private readonly fragment: Fragment,
    /** Set before the script begins. */
    private readonly environment: readonly Constant[] = [],
  ) {
    this.#settings = new Settings(script);
    this.held = new HeldTexts(fragment, this.#settings, (name, place) => this.#certain(name, place));
  }

  /** `shift` and `set`, in order. */
  get changesOfArguments(): readonly Command[] {
    return this.#settings.changesOfArguments;
  }

  /** From now on the words of the calls of a function are known. */
  setParameters(parameters: Parameters): void {
    this.#parameters.set(parameters.body, parameters);
    this.#found.clear();
  }

  /** The expansion that one setting makes all of a value's variable, as a command sees it. */
  heldBy([only, more]: Value, command: Command): HeldExpansion | undefined {
    const code = typeof only === "object" && more === undefined ? only.code : "";
    const name = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/.exec(code)?.slice(1).join("") ?? "";
    const [setting, other] = this.#certain(name, this.#settings.placeOf(command)) ?? [];
    if (setting?.value.kind !== "oneOf" || setting.value.split || other !== undefined) return undefined;
    return this.#expansionIn(setting.value.words, setting.place);
  }

  /** The arms of `case` that a command stands in, the outermost first. */
  armsAround(command: Command): readonly Arm[] {
    const { path } = this.#settings.placeOf(command);
    return [...this.#settings.names].flatMap((name) =>
      this.#settings.of(name).flatMap((setting): readonly Arm[] => {
        const last = setting.path.at(-1);
        if (!setting.scoped || last === undefined || !path.includes(last)) return [];
        const values = this.#settingValues(setting, 0)?.values;
        const place = { path: setting.path.slice(0, -1), pos: setting.place.pos };
        const number = Number(name);
        if (values === undefined) return [];
        const code = { code: `$${name}`, words: "one" } as const;
        if (number > 0) return [{ value: [code], values, place }];
        const [held, other] = this.#certain(name, place) ?? [];
        if (held?.value.kind !== "oneOf" || held.value.split || other !== undefined) return [];
        const expansion = this.#expansionIn(held.value.words, held.place);
        return expansion === undefined ? [] : [{ value: expansion.value, values, place: expansion.place }];
      }),
    );
  }

  #expansionIn(words: readonly WordNode[], place: Place): HeldExpansion | undefined {
    const [word, more] = words;
    const segments = word === undefined || more !== undefined ? null : segmentsOf(word, this.fragment.text);
    const [only, other] = segments ?? [];
    if (word === undefined || only?.kind !== "code" || other !== undefined) return undefined;
    const code = this.fragment.text.slice(only.start, only.end);
    return { value: [{ code, words: "one" }], range: { start: word.pos, end: word.end }, place };
  }

  placeOf(command: Command): Place {
    return this.#settings.placeOf(command);
  }

  /** The values that an expansion (`$NAME`, `${NAME:-text}`) may have in the words of a command, or of redirects. */
  known(code: string, node: Command | Redirected): readonly string[] | undefined {
    return this.#expansion(code, this.#settings.placeOf(node), 0)?.values;
  }

  /** The names that have one literal value in the words of a command. */
  constants(command: Command): readonly Constant[] {
    const constants: Constant[] = [];
    const names = new Set([...this.#settings.names, ...this.environment.map(({ name }) => name)]);
    for (const name of names) {
      const found = this.#values(name, this.#settings.placeOf(command), 0);
      const [value, other] = found?.values ?? [];
      if (found === undefined || value === undefined || other !== undefined) continue;
      const words = /^[^\s*?[\]]+$/.test(value) ? "one" : "any";
      const reference = { code: `$${name}`, words } as const;
      constants.push({ name, value, reference, ...(found.overridable ? { overridable: true } : {}) });
    }
    return constants;
  }

  /**
   * The settings that together give a name its value before a place, the first one first: those that each way there makes,
   * and that the script alone decides. Undefined where there may be others.
   */
  #certain(name: string, place: Place): readonly Setting[] | undefined {
    const visible = visibleAt(this.#settings, name, place);
    const isCertain = visible.every(({ setting, sure }, i) => {
      return sure && !setting.overridable && !setting.scoped && setting.append === i < visible.length - 1;
    });
    return isCertain && visible.length > 0 ? visible.map(({ setting }) => setting).reverse() : undefined;
  }

  /**
   * The elements of an array, list by list as the script builds it up; null for what it adds on some ways there only.
   * Undefined where it is not certain what the array begins with.
   */
  array(name: string, command: Command): readonly (readonly WordNode[] | null)[] | undefined {
    const place = this.#settings.placeOf(command);
    const visible = name === ARGUMENTS ? this.#arguments(place) : visibleAt(this.#settings, name, place);
    const lists: (readonly WordNode[] | null)[] = [];
    for (const { setting, sure } of visible) {
      if (setting.value.kind !== "array" || (!sure && !setting.append)) return undefined;
      lists.unshift(sure ? setting.value.elements : null);
      if (!setting.append) return lists.length === visible.length ? lists : undefined;
    }
    return undefined;
  }

  /** A function has arguments of its own. */
  #arguments(place: Place): readonly Visible[] {
    const home = homeOf(place.path);
    return visibleAt(this.#settings, ARGUMENTS, place).filter(({ setting }) => homeOf(setting.path) === home);
  }

  #values(name: string, place: Place, depth: number): Values | undefined {
    const visible = visibleAt(this.#settings, name, place, true);
    const isSet = visible.some(({ sure }) => sure);
    const given = isSet ? undefined : this.environment.find((constant) => constant.name === name);
    if (given !== undefined && visible.length === 0) {
      return { values: [given.value], overridable: given.overridable === true };
    }
    const found = united(visible, ({ setting }) => this.#settingValues(setting, depth));
    if (found === undefined) return undefined;
    const values = given === undefined ? found.values : [...new Set([...found.values, given.value])];
    return { values, overridable: found.overridable || !isSet };
  }

  #settingValues(setting: Setting, depth: number): Values | undefined {
    const { name, value, append, place, overridable } = setting;
    if (value.kind === "texts") return { values: value.texts, overridable };
    if (value.kind === "arguments" && depth <= MAX_DEPTH) return this.#argumentValues(1, place, depth + 1);
    if (value.kind !== "oneOf" || depth > MAX_DEPTH) return undefined;
    if (this.#found.has(setting)) return this.#found.get(setting);
    this.#found.set(setting, undefined);
    const found = united(value.words, (word) => {
      const list = value.split ? this.#listValues(word, place, depth + 1) : undefined;
      const values = list ?? this.#wordValues(word, place, depth + 1);
      return value.split && word.text.startsWith("$") ? splitAtBlanks(values) : values;
    });
    const whole =
      append && found !== undefined ? appended(this.#values(name, place, depth + 1), found) : found;
    const values = whole && { ...whole, overridable: overridable || whole.overridable };
    this.#found.set(setting, values);
    return values;
  }

  /** The elements of an array that a loop goes through (`for x in "${list[@]}"`). */
  #listValues(word: WordNode, place: Place, depth: number): Values | undefined {
    const from = /^"?\$(?:[@*]|\{[@*](?::([1-9]\d?))?\})"?$/.exec(word.text);
    if (from !== null) return this.#argumentValues(Number(from[1] ?? 1), place, depth);
    const alternatives = /^\{([\w-]+(?:,[\w-]+)+)\}$/.exec(word.text)?.[1]?.split(",");
    if (alternatives !== undefined) return { values: alternatives, overridable: false };
    const name = /^"?\$\{([A-Za-z_]\w*)\[[@*]\]\}"?$/.exec(word.text)?.[1];
    if (name === undefined) return undefined;
    return this.#elementValues(name, place, depth);
  }

  /** Any element of an array. */
  #elementValues(name: string, place: Place, depth: number): Values | undefined {
    return united(visibleAt(this.#settings, name, place), ({ setting, sure }) =>
      sure && setting.value.kind === "array"
        ? united(
            setting.value.elements,
            (element) => keyed(element) ?? this.#wordValues(element, setting.place, depth),
          )
        : undefined,
    );
  }

  /** The arguments that a loop goes through (`for x in "$@"`, `for x`). */
  #argumentValues(from: number, place: Place, depth: number): Values | undefined {
    const visible = this.#arguments(place);
    if (visible.length === 0) return this.#parametersAt(place)?.allValues(from, place);
    return united(visible, ({ setting, sure }) =>
      sure && setting.value.kind === "array"
        ? united(setting.value.elements.slice(from - 1), (word) =>
            this.#wordValues(word, setting.place, depth),
          )
        : undefined,
    );
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
    return whole.length > MAX_LENGTH ? undefined : { values: [whole], overridable };
  }

  #parametersAt({ path }: Place): Parameters | undefined {
    const body = homeOf(path)?.body;
    return body && this.#parameters.get(body);
  }

  #expansion(code: string, place: Place, depth: number): Values | undefined {
    const element = /^\$\{([A-Za-z_]\w*)\[(?![@*]\])[^\]]+\]\}$/.exec(code)?.[1];
    if (element !== undefined) return this.#elementValues(element, place, depth);
    const [, plain, braced, fallback] = EXPANSION.exec(code) ?? [];
    const name = plain ?? braced;
    if (name === undefined) return undefined;
    const text = fallback?.replace(/^(["'])(.*)\1$/s, "$2");
    const number = Number(name);
    const given = number > 0 ? this.#parametersAt(place)?.valuesOf(number, place, text) : undefined;
    const found = this.#values(name, place, depth) ?? given;
    if (text === undefined || found !== undefined) return found;
    return { values: [text], overridable: true };
  }
}

/** `[key]=value`, an element of an array with names. */
function keyed({ text }: WordNode): Values | undefined {
  const [, plain, quoted] = /^\[[^\]$]*\]=(?:([\w.-]+)|["']([\w. -]+)["'])$/.exec(text) ?? [];
  const value = plain ?? quoted;
  return value === undefined ? undefined : { values: [value], overridable: false };
}

/** `*.log` or `{a,b}`: a list that the shell makes. */
function isUnquotedPattern(word: WordNode): boolean {
  return word.parts?.some((part) => part.type === "Glob" || part.type === "BraceExpansion") ?? false;
}
