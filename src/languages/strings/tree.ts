import type { Range } from "../../text/edits.ts";
import type { End, Literal, Mark, Token, Word } from "./tokens.ts";

/** A token, or what stands in a pair of brackets. */
export type Node = Literal | Word | Mark | Group;

/** Brackets and what is in them, cut at commas and at the ends of statements. `open` is empty for the whole program. */
export interface Group extends Range {
  readonly kind: "group";
  readonly open: "(" | "[" | "{" | "";
  readonly items: readonly Item[];
  /** Whether a comma stands in it. */
  readonly hasComma: boolean;
  readonly isClosed: boolean;
}

/** What stands between two separators. */
export interface Item {
  readonly nodes: readonly Node[];
  /** A comma ends it, not the end of a statement. */
  readonly isListed: boolean;
}

interface Open {
  readonly open: Group["open"];
  readonly start: number;
  readonly items: Item[];
  nodes: Node[];
  hasComma: boolean;
}

const CLOSES: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
/** Deeper brackets are no program that a person wrote. */
const MAX_DEPTH = 200;

/** The brackets of a program. One that is not closed ends where the one around it does; one that closes nothing is left out. */
export function groupsOf(tokens: readonly (Token | End)[], length: number): Group {
  const stack: Open[] = [{ open: "", start: 0, items: [], nodes: [], hasComma: false }];
  const top = (): Open => stack.at(-1) ?? { open: "", start: 0, items: [], nodes: [], hasComma: false };
  const finish = (isListed: boolean): void => {
    const group = top();
    // A copy takes as much room as it needs; one that grew takes seventeen places for two.
    if (group.nodes.length > 0) group.items.push({ nodes: group.nodes.slice(), isListed });
    group.nodes = [];
  };
  const close = (end: number, isClosed: boolean): void => {
    finish(false);
    const { open, start, items, hasComma } = top();
    stack.pop();
    top().nodes.push({ kind: "group", open, start, end, items, hasComma, isClosed });
  };
  for (const token of tokens) {
    if (token.kind === "end") finish(false);
    else if (token.kind !== "mark") top().nodes.push(token);
    else if (token.text === ",") {
      finish(true);
      top().hasComma = true;
    } else if ((token.text === "(" || token.text === "[" || token.text === "{") && stack.length < MAX_DEPTH) {
      stack.push({ open: token.text, start: token.start, items: [], nodes: [], hasComma: false });
    } else {
      const opener = CLOSES[token.text];
      if (opener === undefined) {
        top().nodes.push(token);
        continue;
      }
      const depth = stack.findLastIndex(({ open }) => open === opener);
      if (depth <= 0) continue;
      while (stack.length - 1 > depth) close(token.start, false);
      close(token.end, true);
    }
  }
  while (stack.length > 1) close(length, false);
  finish(false);
  return {
    kind: "group",
    open: "",
    start: 0,
    end: length,
    items: top().items,
    hasComma: false,
    isClosed: true,
  };
}
