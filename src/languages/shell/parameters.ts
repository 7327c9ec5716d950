import { type Command, forEachChild, type SyntaxNode } from "unbash";
import { display, type Value, type Word } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import { isShown } from "./shown.ts";

/** An argument of a function (`$1`, `${1:-text}`), or all from one on (`$@`, `${@:2}`). */
export type Parameter =
  { readonly kind: "one"; readonly number: number } | { readonly kind: "rest"; readonly from: number };

const PARAMETER = /^\$(?:([1-9])|\{([1-9]\d?)(?::?[-?][^{}$`"'\\]*)?\}|(@|\{@\}|\{@:[1-9]\d?\}|\*|\{\*\}))$/;

/** The parameter that a value is; null for any other. */
export function parameterOf([only, more]: Value): Parameter | null {
  if (typeof only !== "object" || more !== undefined) return null;
  const [, one, braced, list] = PARAMETER.exec(only.code) ?? [];
  if (list !== undefined) {
    // Between quotes, `$*` is one word.
    if (list.includes("*") && only.words === "one") return null;
    return { kind: "rest", from: Number(/\d+/.exec(list)?.[0] ?? 1) };
  }
  const number = one ?? braced;
  return number === undefined ? null : { kind: "one", number: Number(number) };
}

/** The words of a call that a word of a function stands for; the word itself where the call has none that fits. */
export function filledIn(word: Word, parameter: Parameter | null, args: readonly Word[]): readonly Word[] {
  if (parameter === null) return [{ ...word, isShared: true }];
  if (parameter.kind === "rest") return args.slice(parameter.from - 1);
  const arg = args[parameter.number - 1];
  const isOne = arg !== undefined && !/^$|[\s*?[\]]/.test(display(arg.value));
  return [isOne ? arg : { ...word, isShared: true }];
}

/** A place in a function that looks at its arguments, or at what a variable of it holds. */
export interface Use extends Range {
  /** `1`, `@`, `*`, `#`, or the name of a variable. */
  readonly name: string;
  /** The command that it stands in, if any. */
  readonly command: Command | undefined;
}

/** All expansions in the body of a function, those left out that only show what they stand for. */
export function usesIn(body: SyntaxNode, text: string): readonly Use[] {
  const uses: Use[] = [];
  const visit = (node: SyntaxNode, command: Command | undefined, isPiped: boolean): void => {
    if (node.type === "Function" || (node.type === "TestUnary" && /^-[nz]$/.test(node.operator))) return;
    if (node.type === "Command" && !isPiped && isShown(node)) return;
    if (node.type === "SimpleExpansion" || node.type === "ParameterExpansion") {
      const name = /^\$\{?[#!]?(\w+|[@*#])/.exec(node.text)?.[1];
      const use = { start: node.pos, end: node.end, command };
      if (name !== undefined && !(name === "#" && asksForSome(text.slice(node.end)))) {
        uses.push({ ...use, name });
      }
    }
    const own = node.type === "Command" ? node : command;
    forEachChild(node, (child) => {
      visit(child, own, node.type === "Pipeline" && node.commands.length > 1);
    });
  };
  visit(body, undefined, false);
  return uses;
}

/** What a test says behind `$#`: that there are some, or enough, arguments. */
function asksForSome(behind: string): boolean {
  return /^\}?"?\s*(?:(?:-eq|-ne|-gt|==?|!=|>)\s*"?0|-lt\b|-ge\b|<|>=)/.test(behind);
}
