import type { Assignment, Command, Redirected, Word as WordNode } from "unbash";
import type { Value, Word } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { endOfWord, type Segment, segmentsOf } from "./decode.ts";
import { resolved } from "./resolve.ts";
import type { Variables } from "./variables.ts";
import { insideOf, type Known, ShellWords, valueOf } from "./words.ts";

/** The words of the commands of one script; the same words whenever they are asked for. */
export class CommandWords {
  readonly #words = new Map<Command, readonly Word[]>();

  constructor(
    private readonly fragment: Fragment,
    private readonly variables: Variables,
  ) {}

  /** Name and arguments of a command; what stands in a variable is taken from where that is set. */
  of(command: Command): readonly Word[] {
    const known = this.#words.get(command);
    if (known !== undefined) return known;
    const list = new ShellWords(this.fragment, this.knownIn(command));
    const words = command.name === undefined ? [] : this.#read(command, command.name, list);
    this.#words.set(command, words);
    return words;
  }

  /** What a word that is no argument stands for (the target of a redirect). */
  valueOf(node: WordNode, command: Command | Redirected): Value {
    const segments = segmentsOf(node, this.fragment.text);
    return segments === null ? [] : valueOf(segments, this.fragment, this.knownIn(command));
  }

  /** The text of a word that is no argument; null where its quotes are not closed. */
  textOf(node: WordNode | undefined, command: Command): Fragment | null {
    const segments = node === undefined ? null : segmentsOf(node, this.fragment.text);
    return segments === null ? null : insideOf(segments, this.fragment, this.knownIn(command));
  }

  /** What is known of variables where a command stands. */
  knownIn(command: Command | Redirected): Known {
    return (code) => this.variables.known(code, command);
  }

  /** The word that a block begins with (`while`, `{`): it names a reader that is more than one command. */
  keyword({ pos }: { readonly pos: number }): Word {
    const length = /^(?:\w+|\W)/.exec(this.fragment.text.slice(pos, pos + 16))?.[0].length ?? 0;
    const range = { start: pos, end: pos + length };
    const list = new ShellWords(this.fragment, () => undefined);
    return list.add(range, [{ ...range, kind: "text", quotes: "bare", part: 0 }]);
  }

  #read(command: Command, name: WordNode, list: ShellWords): readonly Word[] {
    for (const { pos, end } of command.prefix) list.skip({ start: pos, end });
    const isScript = [name, ...command.args].some(({ text }) => TAKES_SCRIPT.test(text));
    // `eval $CMD`: the blanks make words, and `eval` makes one text of them again.
    const isJoined = name.text === "eval" && command.args.length === 1;
    return [name, ...command.suffix].flatMap((item) => {
      if (item.type !== "Word" && item.type !== "Assignment") {
        list.skip({ start: item.pos, end: item.end });
        return [];
      }
      const range = { start: item.pos, end: endOfWord(item, this.fragment.text) };
      const segments = item.type === "Word" ? segmentsOf(item, this.fragment.text) : this.#segmentsOf(item);
      const own = segments ?? [opaque(range)];
      const word = list.add(range, own, isScript ? this.variables.held.filledIn(own, command) : own);
      if (isJoined) return [word];
      return resolved(word, segments ?? [], command, this.variables, this.fragment) ?? [word];
    });
  }

  /** `NAME=value` as an argument. */
  #segmentsOf({ pos, value }: Assignment): readonly Segment[] | null {
    const segments = value.type === "Word" ? segmentsOf(value, this.fragment.text) : null;
    return segments && [{ kind: "text", quotes: "bare", part: -1, start: pos, end: value.pos }, ...segments];
  }
}

/** Programs that read a word of theirs as a script. */
const TAKES_SCRIPT = /^(?:.*\/)?(?:eval|(?:ba|da|a|k|z)?sh|ssh|su|watch|parallel|script|tmux|screen)$/;

/** A word that cannot be taken apart: an array, a word whose quotes are not closed. */
function opaque(range: Range): Segment {
  return { ...range, kind: "code", quotes: "bare", words: "any", part: 0 };
}
