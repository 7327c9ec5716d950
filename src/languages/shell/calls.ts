import type { Command } from "unbash";
import { type Invocation, literal, type OutputUse, type Word } from "../../commands/command.ts";
import { type Helper, type KnownHelper, throughHelper, withWords } from "../../commands/helper.ts";
import type { Fragment } from "../../text/fragment.ts";
import { looksLikeCommand } from "../yaml/mention.ts";
import type { Aliases } from "./aliases.ts";
import type { FunctionCalls, Passed } from "./function-calls.ts";
import type { Functions } from "./functions.ts";
import { STDOUT } from "./output.ts";
import type { Variables } from "./variables.ts";
import { ShellWords } from "./words.ts";

/** The other files of the project, as far as this one has to do with them. */
export interface Outside {
  /** Functions and aliases that other files may call; added to. */
  readonly helpers: Helper[];
  /** A function of a file that this one sources. */
  readonly called: (name: string) => KnownHelper | undefined;
}

/** What the commands of one script run: their own words, or what functions and aliases make of them. */
export class Calls {
  /** The function that is walked. */
  current: FunctionCalls | undefined;

  constructor(
    private readonly fragment: Fragment,
    private readonly variables: Variables,
    private readonly functions: Functions,
    private readonly aliases: Aliases,
    private readonly outside: Outside,
  ) {}

  /** A command once for each call of the function whose arguments it passes on. */
  of(command: Command, words: readonly Word[], output: OutputUse): readonly Invocation[] {
    const found: Invocation[] = [];
    const helper = this.current?.helper(command, words, output);
    if (helper !== undefined) this.outside.helpers.push(helper);
    const passed = this.current?.passed(command, words) ?? [{ words, usedElsewhere: [] }];
    const isOfFunction = output === this.current?.output;
    for (const each of passed) {
      const use = (isOfFunction ? each.output : undefined) ?? output;
      const [first, ...args] = each.words;
      const name = first === undefined ? null : literal(first.value);
      if (name === "alias" || (name !== null && this.aliases.call(name, args, use))) continue;
      const own = this.#invocation(command, each, use);
      const invocation = this.#throughHelper(own) ?? own;
      if (name !== null) this.functions.call(name, { args, output: use, invocation });
      this.functions.mention(invocation);
      found.push(invocation);
    }
    return found;
  }

  /** A call of a function of another file as what that runs. */
  #throughHelper(call: Invocation): Invocation | null {
    const [first, ...args] = call.words;
    const name = first === undefined ? null : literal(first.value);
    if (first === undefined || name === null || this.functions.has(name)) return null;
    const helper = this.outside.called(name);
    if (helper === undefined) return null;
    const { fragment } = first.list;
    return throughHelper(helper, withWords(call, args.slice(helper.parameter)), fragment, first);
  }

  /** Whole commands that variables hold and that the script does not use in a way that is followed. */
  held(): readonly Invocation[] {
    return this.variables.held.unused().flatMap(({ node, segments }) => {
      if (!looksLikeCommand(node.text)) return [];
      const list = new ShellWords(this.fragment, () => undefined);
      const word = list.add({ start: node.pos, end: node.end }, segments);
      const head = { ...word, value: ["="] };
      return { words: [head, word], output: STDOUT, role: "data", constants: [] };
    });
  }

  #invocation(command: Command, { words, usedElsewhere }: Passed, output: OutputUse): Invocation {
    const variables = this.variables;
    return {
      get usedElsewhere() {
        return [...usedElsewhere, ...variables.held.usedElsewhere()];
      },
      words,
      output,
      role: "run",
      get constants() {
        return variables.constants(command);
      },
    };
  }
}
