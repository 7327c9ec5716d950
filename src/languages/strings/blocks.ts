import type { Range } from "../../text/edits.ts";

/** What names can be local to: braces, or lines with one indentation. */
export interface Block extends Range {
  readonly parent: Block | null;
  readonly isFunction: boolean;
  /** Names that its head gives values to. */
  readonly params: ReadonlySet<string>;
  /** The text that it stands behind. */
  readonly head: string;
}

/** The block between two offsets that stands behind `head`. */
export function blockBehind(head: string, parent: Block, start: number, end: number): Block {
  const own = ownHead(head);
  const isFunction = FUNCTION_HEAD.test(own) && !CONDITION_HEAD.test(own);
  const params = new Set(
    isFunction ? (/\(([^]*)/.exec(own)?.[1]?.match(/[$@]?[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) : [],
  );
  return { parent, start, end, isFunction, params, head };
}

/** What a head has behind a brace that is open in it: of `func f() { g(func() `, the inner one. */
export function ownHead(head: string): string {
  return head.replace(/^[^]*\{(?![^]*\})/, "");
}

/** A block and those around it, the innermost first. */
export function chainOf(block: Block | null): readonly Block[] {
  const chain: Block[] = [];
  for (let at: Block | null = block; at !== null; at = at.parent) chain.push(at);
  return chain;
}

/** Whether a block is another, or stands in it. */
export function isInside(inner: Block, outer: Block): boolean {
  return chainOf(inner).includes(outer);
}

/** The body of the function that a block is in, or the whole program. */
export function functionOf(block: Block): Block {
  let at = block;
  while (!at.isFunction && at.parent !== null) at = at.parent;
  return at;
}

const FUNCTION_HEAD =
  /(?:^|[\s(=:])(?:async\s+def|def|func|fn|fun|function|lambda)\b|=>\s*$|\)\s*(?:throws\s[\w\s,.]+)?$/;
const CONDITION_HEAD =
  /^[\s}]*(?:if|else|elif|for|while|switch|case|try|catch|except|with|finally|match|unless|when)\b/;
