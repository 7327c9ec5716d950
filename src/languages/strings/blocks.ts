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
  const isFunction = FUNCTION_HEAD.test(head) && !CONDITION_HEAD.test(head);
  const params = new Set(
    isFunction ? (/\(([^]*)/.exec(head)?.[1]?.match(/[$@]?[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) : [],
  );
  return { parent, start, end, isFunction, params, head };
}

const FUNCTION_HEAD =
  /(?:^|[\s(=:])(?:async\s+def|def|func|fn|fun|function|lambda)\b|=>\s*$|\)\s*(?:throws\s[\w\s,.]+)?$/;
const CONDITION_HEAD =
  /^[\s}]*(?:if|else|elif|for|while|switch|case|try|catch|except|with|finally|match|unless|when)\b/;
