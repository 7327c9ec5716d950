import type { Command, Function as FunctionNode, SyntaxNode } from "unbash";
import { type Invocation, literal, type OutputUse, type Word } from "../../commands/command.ts";
import type { Helper } from "../../commands/helper.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { filledIn, type Parameter, parameterOf, type Use, usesIn } from "./parameters.ts";
import { ARGUMENTS, type Place } from "./settings.ts";
import type { Parameters, Values } from "./values.ts";
import type { Variables } from "./variables.ts";

/** One call of a function. */
export interface Call {
  readonly args: readonly Word[];
  readonly output: OutputUse;
  readonly invocation: Invocation;
}

/** The words of a command as one call of its function has them. */
export interface Passed {
  readonly words: readonly Word[];
  /** What becomes of what the call prints; undefined: no call is known. */
  readonly output?: OutputUse;
  /** Stretches of the source that hold words of the call which the function uses in other ways too. */
  readonly usedElsewhere: readonly Range[];
}

/** A parameter that a word of a command stands for. */
interface Given {
  readonly parameter: Parameter;
  /** By how many words the arguments have moved where the parameter stands. */
  readonly shifted: number;
  /** Where it stands. */
  readonly at: Range;
}

/** One function as its calls have it. */
export class FunctionCalls implements Parameters {
  readonly name: string;
  readonly body: SyntaxNode;
  readonly #shifts: readonly Command[];
  #uses: readonly Use[] | undefined;

  constructor(
    node: FunctionNode,
    /** What becomes of its output, of all calls as one: an object of its own, which tells it from what commands print. */
    readonly output: OutputUse,
    /** Those whose words are known, and whether they are all. */
    private readonly followed: { readonly calls: readonly Call[]; readonly areAll: boolean },
    private readonly variables: Variables,
    private readonly fragment: Fragment,
    private readonly replaced: Set<Invocation>,
  ) {
    this.name = node.name.text;
    this.body = node.body;
    const { pos, end } = node.body;
    this.#shifts = variables.changesOfArguments.filter((command) => pos <= command.pos && command.pos < end);
  }

  valuesOf(number: number, place: Place, fallback?: string): Values | undefined {
    const shifted = this.#shiftedAt(place);
    if (shifted === null) return undefined;
    return this.#literal(
      this.followed.calls.map(({ args }) => {
        const value = literal(args[number - 1 + shifted]?.value ?? []);
        return value === "" ? (fallback ?? null) : value;
      }),
    );
  }

  allValues(from: number, place: Place): Values | undefined {
    const shifted = this.#shiftedAt(place);
    if (shifted === null) return undefined;
    return this.#literal(
      this.followed.calls.flatMap(({ args }) =>
        args.slice(from - 1 + shifted).map(({ value }) => literal(value)),
      ),
    );
  }

  /**
   * The words of a command of the body once for each call, where it passes on all arguments (`"$@"`): then words of the
   * command stand in the calls.
   */
  passed(command: Command, words: readonly Word[]): readonly Passed[] {
    const alone = [{ words, usedElsewhere: [] }];
    const given = words.map((word, i) => this.#givenBy(word, words[i - 1], command));
    const calls = this.followed.calls.filter((call) => this.#mayReach(command, call));
    if (!given.some((each) => each?.parameter.kind === "rest") || calls.length === 0) return alone;
    return calls.map((call) => {
      this.replaced.add(call.invocation);
      return {
        output: call.output,
        words: words.flatMap((word, i) => {
          const each = given[i] ?? null;
          return filledIn(word, each?.parameter ?? null, call.args.slice(each?.shifted ?? 0));
        }),
        usedElsewhere: this.#usedElsewhere(call, words, given),
      };
    });
  }

  /** A command of the body that gets all arguments, as other files may use it. */
  helper(command: Command, words: readonly Word[], output: OutputUse): Helper | undefined {
    const at = words.findIndex(({ value }) => parameterOf(value)?.kind === "rest");
    const list = words[at];
    const given = list === undefined ? null : this.#givenBy(list, undefined, command);
    if (given?.parameter.kind !== "rest") return undefined;
    const parameter = given.parameter.from - 1 + given.shifted;
    const [before, behind] = [words.slice(0, at), words.slice(at + 1)];
    return { names: [this.name], isMethod: false, given: before, behind, parameter, as: "rest", output };
  }

  /** The parameter that a word is, or that a variable holds which is all the word (`local kind=$1`). */
  #givenBy(word: Word, previous: Word | undefined, command: Command): Given | null {
    const { path, pos } = this.variables.placeOf(command);
    const own = parameterOf(word.value);
    if (own !== null) {
      const at = word.list.fragment === this.fragment ? word.start : pos;
      return this.#given(own, { path, pos: at }, word);
    }
    const isValue = previous !== undefined && (literal(previous.value) ?? "").startsWith("-");
    const setting = isValue ? undefined : this.variables.heldBy(word.value, command);
    const held = setting === undefined ? null : parameterOf(setting.value);
    return setting === undefined || held === null ? null : this.#given(held, setting.place, setting.range);
  }

  #given(parameter: Parameter, place: Place, { start, end }: Range): Given | null {
    const shifted = this.#shiftedAt(place);
    return shifted === null ? null : { parameter, shifted, at: { start, end } };
  }

  /** Whether no arm of a `case` on an argument keeps a call from a command. */
  #mayReach(command: Command, { args }: Call): boolean {
    return this.variables.armsAround(command).every(({ value, values, place }) => {
      const parameter = parameterOf(value);
      const shifted = this.#shiftedAt(place);
      if (parameter?.kind !== "one" || shifted === null) return true;
      const text = literal(args[parameter.number - 1 + shifted]?.value ?? []);
      return text === null || values.includes(text);
    });
  }

  /** The words of a call, if the function uses some of those that a command passes on in another way too. */
  #usedElsewhere(call: Call, words: readonly Word[], given: readonly (Given | null)[]): readonly Range[] {
    const { args } = call;
    const passed = new Set(given.flatMap((each) => (each === null ? [] : indexes(each, args.length))));
    const places = [
      ...words.filter(({ list }) => list.fragment === this.fragment),
      ...given.flatMap((each) => (each === null ? [] : [each.at])),
    ];
    this.#uses ??= usesIn(this.body, this.fragment.text);
    const isUsed = this.#uses.some((use) => {
      // A command that gets all arguments is looked at itself, with the same words.
      if (use.name === ARGUMENTS && use.command !== undefined) return false;
      if (places.some(({ start, end }) => start <= use.start && use.end <= end)) return false;
      if (use.command !== undefined && !this.#mayReach(use.command, call)) return false;
      return this.#indexesOf(use, words, given, args.length).some((index) => passed.has(index));
    });
    return isUsed ? args.map((arg) => arg.list.fragment.toSource(arg)) : [];
  }

  /** Which arguments an expansion stands for. */
  #indexesOf(
    { name, command, start }: Use,
    words: readonly Word[],
    given: readonly (Given | null)[],
    count: number,
  ): readonly number[] {
    const number = /^[@*#]$/.test(name) ? null : Number(name);
    if (number !== null && !(number > 0)) {
      const at = words.findIndex(({ value: [only] }) => typeof only === "object" && isOf(only.code, name));
      const held = given[at] ?? null;
      return held === null ? [] : indexes(held, count);
    }
    const place = { path: command === undefined ? [] : this.variables.placeOf(command).path, pos: start };
    const shifted = this.#shiftedAt(place) ?? 0;
    const parameter: Parameter = number === null ? { kind: "rest", from: 1 } : { kind: "one", number };
    return indexes({ parameter, shifted }, count);
  }

  #literal(values: readonly (string | null)[]): Values | undefined {
    const texts = values.filter((value) => value !== null && value !== "");
    if (texts.length === 0 || texts.length < values.length || !this.followed.areAll) return undefined;
    return { values: [...new Set(texts as readonly string[])], overridable: false };
  }

  /** By how many words `shift` has moved the arguments at a place; null when nobody can tell. */
  #shiftedAt({ path, pos }: Place): number | null {
    let count = 0;
    for (const shift of this.#shifts) {
      const place = this.variables.placeOf(shift);
      const number = shift.name?.text === "shift" ? Number(shift.args[0]?.text ?? 1) : NaN;
      const isOnWay = place.path.every((block, i) => path[i] === block);
      const isInLoop = place.path.some(({ kind }) => kind === "loop");
      if (place.pos > pos && !isInLoop) continue;
      if (!isOnWay || isInLoop || !Number.isInteger(number)) return null;
      count += number;
    }
    return count;
  }
}

function indexes(
  { parameter, shifted }: Pick<Given, "parameter" | "shifted">,
  count: number,
): readonly number[] {
  if (parameter.kind === "one") return [parameter.number - 1 + shifted];
  const from = parameter.from - 1 + shifted;
  return Array.from({ length: Math.max(0, count - from) }, (_, i) => from + i);
}

function isOf(code: string, name: string): boolean {
  return code === `$${name}` || code === `\${${name}}`;
}
