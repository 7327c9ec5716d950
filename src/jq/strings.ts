import type { Parser } from "./parser.ts";
import { HOLE, type JqNode } from "./tree.ts";

/** A string, read from the text itself: what stands between quotes has no tokens. @throws JqSyntaxError */
export function readString(parser: Parser): JqNode {
  const { text } = parser;
  const { start } = parser.token;
  const parts: (string | JqNode)[] = [];
  let literal = "";
  let at = start + 1;
  while (text[at] !== '"') {
    if (text.startsWith("\\(", at)) {
      if (literal !== "") parts.push(literal);
      literal = "";
      parser.jumpTo(at + 2);
      parts.push(parser.pipe());
      if (!parser.isSymbol(")")) parser.fail();
      at = parser.token.end;
      continue;
    }
    const unit = unitAt(text, at) ?? parser.fail();
    literal += unit.startsWith("\\") ? String(JSON.parse(`"${unit}"`)) : unit;
    at += unit.length;
  }
  if (literal !== "") parts.push(literal);
  parser.jumpTo(at + 1);
  return { kind: "string", parts, start, end: parser.end };
}

/** One code unit or one escape, as written; undefined at the text's end and where jq knows no such escape. */
function unitAt(text: string, at: number): string | undefined {
  const unit = text[at];
  return unit === "\\" ? /^\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/.exec(text.slice(at, at + 6))?.[0] : unit;
}

/** The text of a string without interpolation; null for any other. */
export function constantText(node: JqNode): string | null {
  if (node.kind !== "string") return null;
  const [only = "", more] = node.parts;
  return more === undefined && typeof only === "string" && !only.includes(HOLE) ? only : null;
}
