import type { Node } from "../../languages/javascript/model.ts";
import type { Converter } from "./converter.ts";
import { type EsNode, rangeOf } from "./node.ts";

/** ESTree has no parentheses, but whoever adds a neighbour must know them. */
export function inParentheses(node: EsNode, to: Converter): Node {
  let { start, end } = rangeOf(node);
  for (;;) {
    const open = beforeBlanks(start, to);
    const close = behindBlanks(end, to);
    if (to.text[open - 1] !== "(" || to.text[close] !== ")") break;
    start = open - 1;
    end = close + 1;
  }
  const value = to.expression(node);
  return start === value.start ? value : { kind: "wrap", start, end, value };
}

function beforeBlanks(offset: number, to: Converter): number {
  let at = offset;
  while (/\s/.test(to.text[at - 1] ?? "")) at -= 1;
  return at;
}

function behindBlanks(offset: number, to: Converter): number {
  let at = offset;
  while (/\s/.test(to.text[at] ?? "")) at += 1;
  return at;
}
