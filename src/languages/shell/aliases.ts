import { type Command, forEachChild, type SyntaxNode } from "unbash";
import { display, type Invocation, literal, type OutputUse, type Word } from "../../commands/command.ts";
import type { Helper } from "../../commands/helper.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { CommandWords } from "./command-words.ts";
import { STDOUT, unite } from "./output.ts";

interface Alias {
  readonly body: Fragment;
  readonly calls: { readonly args: readonly Word[]; readonly output: OutputUse }[];
}

/** The aliases of one script, and how it uses them. */
export class Aliases {
  readonly #aliases = new Map<string, Alias>();

  constructor(script: SyntaxNode, words: CommandWords) {
    const visit = (node: SyntaxNode): void => {
      if (node.type === "Command" && node.name?.text === "alias") this.#define(node, words);
      forEachChild(node, visit);
    };
    visit(script);
  }

  /** Whether a command is one of an alias; then its words are taken along with those of the alias. */
  call(name: string, args: readonly Word[], output: OutputUse): boolean {
    const alias = this.#aliases.get(name);
    alias?.calls.push({ args, output });
    return alias !== undefined;
  }

  /** What the aliases run, with the words that each call adds to them. */
  invocations(read: (fragment: Fragment, use: OutputUse) => readonly Invocation[]): readonly Invocation[] {
    return [...this.#aliases.values()].flatMap(({ body, calls }) => {
      const longer = calls.filter(({ args }) => args.length > 0);
      const bare = calls.filter(({ args }) => args.length === 0);
      const output = bare.length === 0 ? STDOUT : unite(bare.map((call) => call.output));
      const isUsedAlone = bare.length > 0 || longer.length === 0;
      return [
        ...(isUsedAlone ? read(body, output) : []),
        ...longer.flatMap((call) => withArguments(read(body, call.output), call.args)),
      ];
    });
  }

  /** The aliases as other files may use them. */
  helpers(read: (fragment: Fragment, use: OutputUse) => readonly Invocation[]): readonly Helper[] {
    return [...this.#aliases].flatMap(([name, { body }]) => {
      const given = read(body, STDOUT).at(-1)?.words ?? [];
      if (given.length === 0) return [];
      return [
        {
          names: [name],
          isMethod: false,
          given,
          behind: [],
          parameter: 0,
          as: "rest" as const,
          output: STDOUT,
        },
      ];
    });
  }

  #define(command: Command, words: CommandWords): void {
    for (const word of words.of(command).slice(1)) {
      const name = /^([\w.:@%+-]+)=/.exec(display(word.value))?.[1];
      const inside = name === undefined ? null : word.list.inside(word);
      if (name === undefined || inside === null) continue;
      this.#aliases.set(name, { body: inside.slice(name.length + 1, inside.text.length), calls: [] });
    }
  }
}

/** The words of a call stand behind the last of the commands. */
function withArguments(invocations: readonly Invocation[], args: readonly Word[]): readonly Invocation[] {
  const last = invocations.at(-1);
  if (last === undefined || literal(last.words[0]?.value ?? []) === null) return invocations;
  return [...invocations.slice(0, -1), { ...last, words: [...last.words, ...args] }];
}
