import { Lexer } from "yaml";
import type { Range } from "../../text/edits.ts";
import { type CommentFinder, templateComments } from "../comments.ts";

/** A mark in the lexer's output: the next token is a scalar, whatever it begins with. */
const SCALAR = "\u001F";
const WITHOUT_LENGTH = new Set(["\u0002", "\u0018", SCALAR]);

export const yamlComments: CommentFinder = (text) => {
  const comments: Range[] = [];
  let at = 0;
  let before = "";
  for (const token of new Lexer().lex(text)) {
    const length = WITHOUT_LENGTH.has(token) ? 0 : token.length;
    if (token.startsWith("#") && before !== SCALAR) comments.push({ start: at, end: at + length });
    at += length;
    before = token;
  }
  return comments;
};

/** Comments of the template, and those of the YAML around its actions. */
export const helmComments: CommentFinder = (text, path) => {
  const own = templateComments(text, path);
  const yaml = text.replace(ACTIONS, (actions, alone?: string) =>
    actions.replace(/[^\r\n]/g, alone === undefined ? "x" : " "),
  );
  return [...own, ...yamlComments(yaml, path)].sort((a, b) => a.start - b.start);
};

/** Group 1 is there where actions have their lines for themselves. */
const ACTIONS = /^([ \t]*(?:\{\{(?:[^}]|\}(?!\}))*\}\}[ \t]*)+)$|\{\{(?:[^}]|\}(?!\}))*\}\}/gm;
