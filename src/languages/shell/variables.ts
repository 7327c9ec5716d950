import type { Command, Redirected, Script, Word as WordNode } from "unbash";
import type { Constant } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { decoded, segmentsOf } from "./decode.ts";
import { HeldTexts } from "./held-texts.ts";
import { ARGUMENTS, type Path, type Place, type Setting, Settings } from "./settings.ts";

/** The values that a name may have at one place, all literal. */
export interface Values {
  readonly values: readonly string[];
  /** Whether the environment may set another one. */
  readonly overridable: boolean;
}

/** A setting that a place may see; `sure`: it was made on every way there. */
interface Visible {
  readonly setting: Setting;
  readonly sure: boolean;
}

/** Names that stand for names that stand for names: more than this is not followed. */
const MAX_DEPTH = 20;
/** A name that doubles with each line grows without end. */
const MAX_LENGTH = 10_000;

/** `$NAME`, `${NAME}`, `${NAME:-text}` with plain text. */
const EXPANSION = /^\$(?:(\w+)|\{(\w+)(?::?[-=]("[^"$`\\]*"|'[^']*'|[^"'$`\\{}~*?[\]]*))?\})$/;

/** The variables of one script, as far as they hold literal values. */
export class Variables {
  /** The texts of variables, where they stand. */
  readonly held: HeldTexts;
  readonly #settings: Settings;
  /** What each setting may give its name; undefined while it is found out, so that circles end. */
  readonly #found = new Map<Setting, Values | undefined>();

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
    const visible = this.#visible(name, place);
    const isCertain = visible.every(({ setting, sure }, i) => {
      return sure && !setting.overridable && !setting.scoped && setting.append === i < visible.length - 1;
    });
    return isCertain && visible.length > 0 ? visible.map(({ setting }) => setting).reverse() : undefined;
  }

  /** The elements of an array, list by list as the script builds it up; undefined unless all are certain. */
  array(name: string, command: Command): readonly (readonly WordNode[])[] | undefined {
    const place = this.#settings.placeOf(command);
    const visible = name === ARGUMENTS ? this.#arguments(place) : this.#visible(name, place);
    const lists: (readonly WordNode[])[] = [];
    for (const { setting, sure } of visible) {
      if (setting.value.kind !== "array" || !sure) return undefined;
      lists.unshift(setting.value.elements);
      if (!setting.append) return lists.length === visible.length ? lists : undefined;
    }
    return undefined;
  }

  /** A function has arguments of its own. */
  #arguments(place: Place): readonly Visible[] {
    const home = homeOf(place.path);
    return this.#visible(ARGUMENTS, place).filter(({ setting }) => homeOf(setting.path) === home);
  }

  #values(name: string, place: Place, depth: number): Values | undefined {
    const visible = this.#visible(name, place, true);
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
    const name = /^"?\$\{([A-Za-z_]\w*)\[[@*]\]\}"?$/.exec(word.text)?.[1];
    if (name === undefined) return undefined;
    return united(this.#visible(name, place), ({ setting, sure }) =>
      sure && setting.value.kind === "array"
        ? united(setting.value.elements, (element) => this.#wordValues(element, setting.place, depth))
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

  #expansion(code: string, place: Place, depth: number): Values | undefined {
    const [, plain, braced, fallback] = EXPANSION.exec(code) ?? [];
    const name = plain ?? braced;
    if (name === undefined) return undefined;
    const found = this.#values(name, place, depth);
    if (fallback === undefined || found !== undefined) return found;
    return { values: [fallback.replace(/^(["'])(.*)\1$/s, "$2")], overridable: true };
  }

  /**
   * The settings that may have given a name its value at a place, the latest first.
   * @param isWhole what `+=` adds to is part of its own value
   */
  #visible(name: string, { path, pos }: Place, isWhole = false): readonly Visible[] {
    const home = homeOf(path);
    const visible: Visible[] = [];
    const settings = this.#settings.of(name);
    const hidesOthers = settings.some(({ local, at, path: own }) => {
      return (
        local &&
        home !== undefined &&
        own.includes(home) &&
        at <= pos &&
        own.every((block) => path.includes(block))
      );
    });
    for (const setting of settings.toReversed()) {
      const [last] = setting.path.slice(-1);
      if (setting.scoped && (last === undefined || !path.includes(last))) continue;
      if (hidesOthers && home !== undefined && !setting.path.includes(home)) continue;
      const around = setting.path.filter((block) => !path.includes(block));
      if (around.some(({ kind }) => kind === "isolated" || (kind === "function" && setting.local))) continue;
      const isElsewhere = home !== undefined && !setting.path.includes(home);
      const isLater = setting.at > pos;
      if (isLater && !isElsewhere && !shareLoop(setting, path)) continue;
      const sure = around.length === 0 && (isElsewhere || !isLater);
      visible.push({ setting, sure });
      if (sure && !isElsewhere && (isWhole || !setting.append)) break;
    }
    return visible;
  }
}

function homeOf(path: Path): Path[number] | undefined {
  return path.findLast((block) => block.kind === "function");
}

/** Of one text each. */
function appended(before: Values | undefined, more: Values): Values | undefined {
  const [first, other] = before?.values ?? [];
  const [added, another] = more.values;
  if (before === undefined || first === undefined || added === undefined) return undefined;
  if (other !== undefined || another !== undefined || first.length + added.length > MAX_LENGTH)
    return undefined;
  return { values: [first + added], overridable: before.overridable || more.overridable };
}

/** The values of all; undefined when there are none, or some are unknown. */
function united<T>(all: readonly T[], valuesOf: (one: T) => Values | undefined): Values | undefined {
  const values = new Set<string>();
  let overridable = false;
  for (const one of all) {
    const found = valuesOf(one);
    if (found === undefined) return undefined;
    for (const value of found.values) values.add(value);
    overridable ||= found.overridable;
  }
  return all.length === 0 ? undefined : { values: [...values], overridable };
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
