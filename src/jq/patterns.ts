import { readKey } from "./objects.ts";
import type { Parser } from "./parser.ts";
import type { JqPattern, JqPatternEntry } from "./tree.ts";

/** What stands behind `as`: `[$a, {b: $c}]`, with others to try after `?//`. */
export function readPatterns(parser: Parser): readonly JqPattern[] {
  const patterns: JqPattern[] = [];
  do patterns.push(readPattern(parser));
  while (parser.skip("?//"));
  return patterns;
}

function readPattern(parser: Parser): JqPattern {
  return parser.nested(() => {
    const { start, end, kind, text } = parser.token;
    if (kind === "variable") {
      parser.advance();
      return { kind, name: text, start, end };
    }
    if (parser.skip("[")) {
      const items = readList(parser, readPattern);
      parser.expect("]");
      return { kind: "array", items, start, end: parser.end };
    }
    parser.expect("{");
    const entries = readList(parser, readEntry);
    parser.expect("}");
    return { kind: "object", entries, start, end: parser.end };
  });
}

function readList<T>(parser: Parser, read: (parser: Parser) => T): readonly T[] {
  const items: T[] = [];
  do items.push(read(parser));
  while (parser.skip(","));
  return items;
}

function readEntry(parser: Parser): JqPatternEntry {
  const { start, kind, text } = parser.token;
  const variable = kind === "variable" ? text : null;
  if (variable !== null) parser.advance();
  const key = variable === null ? readKey(parser) : { key: variable, computed: [] };
  const keyRange = { start, end: parser.end };
  if (variable !== null && !parser.isSymbol(":")) {
    return { ...key, keyRange, variable, value: null, ...keyRange };
  }
  parser.expect(":");
  return { ...key, keyRange, variable, value: readPattern(parser), start, end: parser.end };
}
