import type { Rule } from "eslint";
import type { Block } from "../languages/javascript/model.ts";
import type { ParsedProgram } from "../languages/javascript/parsed.ts";
import type { Range } from "../text/edits.ts";
import { fromEstree } from "./estree/converter.ts";
import { isEsNode, type VisitorKeys } from "./estree/node.ts";
import { reparse } from "./reparse.ts";

/** Whether ESLint has a tree of a program. Other languages have trees of their own, and need not name what is in them. */
export function hasProgram({ sourceCode }: Rule.RuleContext): boolean {
  const ast: unknown = sourceCode.ast;
  const keys: unknown = sourceCode.visitorKeys;
  const isProgram = isEsNode(ast) && ast.type === "Program";
  return isProgram && typeof keys === "object" && keys !== null && "CallExpression" in keys;
}

/** The program, with the comments that ESLint's parser tells. */
export function programOf({ sourceCode }: Rule.RuleContext): ParsedProgram {
  const { text, ast, visitorKeys } = sourceCode;
  return converted({ text, ast, keys: visitorKeys, comments: sourceCode.getAllComments() });
}

/** Another text, read with the same parser. */
export function programOfText(text: string, context: Rule.RuleContext): ParsedProgram {
  const parsed = reparse(text, context);
  if (parsed === null) return unread("it is no program");
  const { ast, visitorKeys = context.sourceCode.visitorKeys } = parsed;
  return converted({ text, ast, keys: visitorKeys, comments: commentsOf(ast) });
}

interface Tree {
  readonly text: string;
  readonly ast: unknown;
  readonly keys: VisitorKeys;
  readonly comments: readonly unknown[];
}

function converted({ text, ast, keys, comments }: Tree): ParsedProgram {
  if (!isEsNode(ast)) return unread("it is no program");
  try {
    return { root: fromEstree(ast, text, keys), faults: [], comments: comments.flatMap(rangeOf) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return TOO_DEEP;
  }
}

function commentsOf(ast: unknown): readonly unknown[] {
  const comments: unknown = isEsNode(ast) ? ast["comments"] : null;
  return Array.isArray(comments) ? comments : [];
}

function rangeOf(comment: unknown): readonly Range[] {
  if (!isEsNode(comment)) return [];
  const [start, end] = comment.range;
  return [{ start, end }];
}

function unread(reason: string): ParsedProgram {
  const root: Block = { kind: "block", start: 0, end: 0, body: [] };
  return { root, faults: [{ start: 0, end: 0, reason }], comments: [] };
}

/** In the place of a program that takes more than the stack. */
export const TOO_DEEP: ParsedProgram = unread("it is nested too deeply to be read");
