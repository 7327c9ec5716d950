import { readWord } from "./keywords.ts";
import { readObject } from "./objects.ts";
import type { Parser } from "./parser.ts";
import { constantText, readString } from "./strings.ts";
import { HOLE, type JqNode, type Step } from "./tree.ts";

/** A term with all its suffixes. */
export function readPostfix(parser: Parser): JqNode {
  let node = readTerm(parser);
  for (let length = 0; ; length++) {
    parser.limit(length);
    const next = readSuffix(parser, node);
    if (next === null) return node;
    node = next;
  }
}

function readTerm(parser: Parser): JqNode {
  const { kind, text, start, end } = parser.token;
  switch (kind) {
    case "field":
      return readFirstKey(parser);
    case "quote":
      return readString(parser);
    case "number":
      parser.advance();
      return { kind: "literal", value: Number(text), start, end };
    case "variable":
      parser.advance();
      return { kind: "variable", name: text, start, end };
    case "format":
      parser.advance();
      if (parser.token.kind === "quote") return { ...readString(parser), start };
      return { kind: "format", name: text, start, end };
    case "word":
      return readWord(parser);
    case "symbol":
      return parser.text.startsWith('."', start) ? readFirstKey(parser) : readSymbol(parser);
    case "end":
      return parser.fail();
  }
}

/** `.key` and `."key"` where a term begins: of what comes in. */
function readFirstKey(parser: Parser): JqNode {
  const { start } = parser.token;
  return readSuffix(parser, { kind: "identity", start, end: start }) ?? parser.fail();
}

function readSymbol(parser: Parser): JqNode {
  const { text, start } = parser.token;
  parser.advance();
  switch (text) {
    case ".":
      return { kind: "identity", start, end: parser.end };
    case "..":
      return { kind: "recurse", start, end: parser.end };
    case "(": {
      const body = parser.pipe();
      parser.expect(")");
      return { kind: "group", body, start, end: parser.end };
    }
    case "[": {
      const body = parser.isSymbol("]") ? null : parser.pipe();
      parser.expect("]");
      return { kind: "array", body, start, end: parser.end };
    }
    case "{":
      return readObject(parser, start);
    case "-": {
      const body = parser.postfix();
      return { kind: "negate", body, start, end: body.end };
    }
    default:
      return parser.fail();
  }
}

/** The node with one more suffix (`.key`, `["key"]`, `[]`, `?`), or null when none follows. */
function readSuffix(parser: Parser, target: JqNode): JqNode | null {
  const { kind, start, end, text: key } = parser.token;
  if (kind === "field") {
    parser.advance();
    return field(target, { start, end, key: key.includes(HOLE) ? null : key, style: "dot" });
  }
  if (parser.skip("?")) return tried(target, end);
  if (parser.isSymbol("?//")) {
    // Behind a term it is a `?` and a `//`.
    parser.jumpTo(start + 1);
    return tried(target, parser.end);
  }
  if (parser.isSymbol(".") && parser.text[end] === '"') {
    parser.advance();
    const name = readString(parser);
    return field(target, { start, end: name.end, key: constantText(name), style: "dot" });
  }
  if (parser.isSymbol(".") && parser.text[end] === "[") parser.advance();
  return parser.isSymbol("[") ? readBracket(parser, target) : null;
}

/** `[]`, `[2:4]`, `["key"]`, `[INDEX]` */
function readBracket(parser: Parser, target: JqNode): JqNode {
  const { start } = parser.token;
  parser.advance();
  if (parser.skip("]")) return { kind: "iterate", target, start: target.start, end: parser.end };
  const bounds: JqNode[] = [];
  if (!parser.isSymbol(":")) bounds.push(parser.pipe());
  if (parser.skip(":")) {
    if (!parser.isSymbol("]")) bounds.push(parser.pipe());
    parser.expect("]");
    return { kind: "slice", target, bounds, start: target.start, end: parser.end };
  }
  parser.expect("]");
  const { end } = parser;
  const [index] = bounds;
  if (index === undefined) parser.fail();
  const key = constantText(index);
  if (key === null) return { kind: "index", target, index, start: target.start, end };
  return field(target, { start, end, key, style: "bracket" });
}

function field(target: JqNode, step: Step): JqNode {
  return { kind: "field", target, step, start: target.start, end: step.end };
}

function tried(body: JqNode, end: number): JqNode {
  return { kind: "try", body, handler: null, start: body.start, end };
}
