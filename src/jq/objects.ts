import type { Parser } from "./parser.ts";
import { constantText, readString } from "./strings.ts";
import { HOLE, type JqEntry, type JqNode } from "./tree.ts";

/** What stands behind the brace at `start`, with the one that closes it. */
export function readObject(parser: Parser, start: number): JqNode {
  const entries: JqEntry[] = [];
  while (!parser.isSymbol("}")) {
    entries.push(readEntry(parser));
    if (!parser.skip(",")) break;
  }
  parser.expect("}");
  return { kind: "object", entries, start, end: parser.end };
}

function readEntry(parser: Parser): JqEntry {
  const { start, kind, text } = parser.token;
  if (kind === "variable") {
    parser.advance();
    const range = { start, end: parser.end };
    return { key: text, computed: [], keyRange: range, value: null, variable: text, ...range };
  }
  const key = readKey(parser);
  const keyRange = { start, end: parser.end };
  const value = parser.skip(":") ? parser.pipe(false) : null;
  return { ...key, keyRange, value, variable: null, start, end: parser.end };
}

/** The key of an object's entry, or of a pattern's, that is no variable: a word, a string, `(...)`. */
export function readKey(parser: Parser): Pick<JqEntry, "key" | "computed"> {
  const { kind, text } = parser.token;
  if (kind === "word" || kind === "number") {
    parser.advance();
    return { key: text.includes(HOLE) ? null : text, computed: [] };
  }
  if (kind === "format") parser.advance();
  if (parser.token.kind === "quote") {
    const name = readString(parser);
    return { key: kind === "format" ? null : constantText(name), computed: [name] };
  }
  parser.expect("(");
  const body = parser.pipe();
  parser.expect(")");
  return { key: null, computed: [body] };
}
