import { readDefinition } from "./definitions.ts";
import type { Parser } from "./parser.ts";
import { readPatterns } from "./patterns.ts";
import type { JqNode } from "./tree.ts";

/** Words that begin no term: parts of another, and what takes code from other files. */
const RESERVED: ReadonlySet<string> = new Set([
  ...["import", "include"],
  ...["then", "elif", "else", "end", "catch"],
  ...["as", "and", "or"],
]);

/** A term that begins with a word: a form of the language, or a function's call. */
export function readWord(parser: Parser): JqNode {
  const { text: name, start } = parser.token;
  if (RESERVED.has(name)) parser.fail();
  if (name === "def") return readDefinition(parser);
  parser.advance();
  switch (name) {
    case "reduce":
    case "foreach":
      return readFold(parser, name, start);
    case "if":
      return readIf(parser, start);
    case "try":
      return readTry(parser, start);
    case "break":
      parser.take("variable");
      return { kind: "break", start, end: parser.end };
    case "null":
      return { kind: "literal", value: null, start, end: parser.end };
    case "true":
    case "false":
      return { kind: "literal", value: name === "true", start, end: parser.end };
    default:
      return readCall(parser, name, start);
  }
}

function readFold(parser: Parser, kind: "reduce" | "foreach", start: number): JqNode {
  const source = parser.postfix();
  parser.expectWord("as");
  const patterns = readPatterns(parser);
  parser.expect("(");
  const init = parser.pipe();
  parser.expect(";");
  const update = parser.pipe();
  const extract = kind === "foreach" && parser.skip(";") ? parser.pipe() : null;
  parser.expect(")");
  return { kind, source, patterns, init, update, extract, start, end: parser.end };
}

function readIf(parser: Parser, start: number): JqNode {
  const tests = [parser.pipe()];
  const branches = [readThen(parser)];
  while (parser.skipWord("elif")) {
    tests.push(parser.pipe());
    branches.push(readThen(parser));
  }
  branches.push(
    parser.skipWord("else") ? parser.pipe() : { kind: "identity", start: parser.end, end: parser.end },
  );
  parser.expectWord("end");
  return { kind: "if", tests, branches, start, end: parser.end };
}

function readThen(parser: Parser): JqNode {
  parser.expectWord("then");
  return parser.pipe();
}

function readTry(parser: Parser, start: number): JqNode {
  const body = parser.postfix();
  const handler = parser.skipWord("catch") ? parser.postfix() : null;
  return { kind: "try", body, handler, start, end: parser.end };
}

function readCall(parser: Parser, name: string, start: number): JqNode {
  const args: JqNode[] = [];
  if (parser.skip("(")) {
    do args.push(parser.pipe());
    while (parser.skip(";"));
    parser.expect(")");
  }
  return { kind: "call", name, args, start, end: parser.end };
}
