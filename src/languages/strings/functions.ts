import { ownHead, type Block } from "./blocks.ts";
import type { Call, Element } from "./expression.ts";

/** A function of the program, as far as its head tells. */
export interface Func {
  readonly name: string;
  /** Without the object that it is a method of. */
  readonly params: readonly Param[];
  readonly block: Block;
  /** Whether it is called by its bare name; null where the language has names of its own class bare too. */
  readonly isBare: boolean | null;
}

export interface Param {
  readonly name: string;
  /** Whether it takes all arguments that are left. */
  readonly isRest: boolean;
}

/** The function that a block is the body of; null where it is none, or has no name. */
export function functionIn(block: Block, language: string): Func | null {
  if (!block.isFunction) return null;
  for (const [, name = "", list = ""] of ownHead(block.head).matchAll(HEAD)) {
    if (KEYWORD.test(name)) continue;
    const params = list.split(",").flatMap((text) => paramIn(text, language) ?? []);
    return { name, params, block, isBare: isBare(block, language) };
  }
  return null;
}

function isBare({ head, parent }: Block, language: string): boolean | null {
  if (language === "python") return !/\bclass\s/.test(parent?.head ?? "");
  return language === "go" ? !/\bfunc\s*\(/.test(ownHead(head)) : null;
}

/** `name(a, b)`, where the parameters may have types with brackets of their own. */
const HEAD = /([\w]+)\s*(?:<[^()]*>|\[[^()]*\])?\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g;
/** What stands before brackets in a head, and is no name of a function. */
const KEYWORD = /^(?:func|fn|fun|function|def|lambda|if|for|while|switch|catch|using|lock|return|new)$/;

function paramIn(text: string, language: string): Param | null {
  const bare = text.replace(/=[^]*$/, "").trim();
  const isRest = /^\*(?!\*)|\.\.\.|\bvararg\b|\bparams\b/.test(bare);
  const before = bare.split(":")[0] ?? "";
  const words = before.match(/[\p{L}_]\w*/gu) ?? [];
  const name = language === "go" ? words[0] : words.at(-1);
  return name === undefined || /^(?:self|cls|this)$/.test(name) ? null : { name, isRest };
}

/** What a call gives to a parameter: one argument, or all that are left. */
export function argumentsFor(call: Call, { params }: Func, name: string): readonly Element[] {
  const byName = call.args.filter(({ key }) => key === name);
  if (byName.length > 0) return byName.map((arg) => ({ ...arg, key: null }));
  const index = params.findIndex((param) => param.name === name);
  const given = call.args.filter(({ key }) => key === null);
  const before = given.slice(0, index);
  // Nobody knows how many arguments a spread list has.
  if (index < 0 || before.some(({ isSpread }) => isSpread)) return [];
  return params[index]?.isRest === true ? given.slice(index) : given.slice(index, index + 1);
}
