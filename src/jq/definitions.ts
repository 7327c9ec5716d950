import type { Parser } from "./parser.ts";
import { readPatterns } from "./patterns.ts";
import type { JqNode } from "./tree.ts";

/** `def f(g; $x): BODY; REST` */
export function readDefinition(parser: Parser): JqNode {
  const { start } = parser.token;
  parser.advance();
  const name = parser.take("word").text;
  const parameters = parser.skip("(") ? readParameters(parser) : [];
  parser.expect(":");
  const body = parser.pipe();
  parser.expect(";");
  const rest: JqNode =
    parser.isAtEnd() || parser.isSymbol(")")
      ? { kind: "identity", start: parser.end, end: parser.end }
      : parser.pipe();
  return { kind: "def", name, parameters, body, rest, start, end: rest.end };
}

function readParameters(parser: Parser): readonly string[] {
  const parameters: string[] = [];
  do {
    const { kind, text } = parser.token;
    if (kind !== "word" && kind !== "variable") parser.fail();
    parameters.push(kind === "variable" ? `$${text}` : text);
    parser.advance();
  } while (parser.skip(";"));
  parser.expect(")");
  return parameters;
}

/** `label $out | BODY` */
export function readLabel(parser: Parser, commas: boolean): JqNode {
  const { start } = parser.token;
  parser.advance();
  parser.take("variable");
  parser.expect("|");
  const body = parser.pipe(commas);
  return { kind: "label", body, start, end: body.end };
}

/** What stands behind `SOURCE`: `as PATTERNS | BODY`. */
export function readBinding(parser: Parser, source: JqNode, commas = true): JqNode {
  parser.advance();
  const patterns = readPatterns(parser);
  parser.expect("|");
  const body = parser.pipe(commas);
  return { kind: "as", source, patterns, body, start: source.start, end: body.end };
}
