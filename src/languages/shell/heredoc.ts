import type { HereDoc } from "unbash";
import { type Encoder, type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { decodeBackslashes } from "./decode.ts";
import { holeOf, type Known } from "./words.ts";

/** The body of a here-document as the command reads it; what the shell around it expands are holes. */
export function bodyOf({ body, operator, delimiter }: HereDoc, fragment: Fragment, known: Known): Fragment {
  const { text } = fragment;
  const builder = new PieceBuilder();
  const isQuoted = delimiter?.quoted ?? false;
  const add = (start: number, end: number): void => {
    let at = start;
    while (at < end) {
      const lineEnd = text.indexOf("\n", at) + 1;
      const next = lineEnd === 0 || lineEnd > end ? end : lineEnd;
      const isLineStart = at === body.pos || text[at - 1] === "\n";
      const tabs =
        operator === "<<-" && isLineStart ? (/^\t*/.exec(text.slice(at, next))?.[0].length ?? 0) : 0;
      if (isQuoted) builder.copy(text, at + tabs, next);
      else decodeBackslashes(text, { start: at + tabs, end: next }, builder, /^[$`\\\n]$/);
      at = next;
    }
  };

  let at = body.pos;
  for (const part of isQuoted ? [] : (body.parts ?? [])) {
    if (part.type === "Literal") continue;
    add(at, part.pos);
    const code = fragment.code({ start: part.pos, end: part.end });
    builder.hole(holeOf(code, known), part.pos, part.end);
    at = part.end;
  }
  add(at, body.end);
  return fragment.child(builder.build(encoderOf(isQuoted, operator === "<<-", delimiter?.value ?? "")));
}

/** Line ends in new text must not bring about the end of the body, or tabs that are taken for indentation. */
function encoderOf(isQuoted: boolean, isIndented: boolean, delimiter: string): Encoder {
  return (written) => {
    const [, ...lines] = written.split("\n");
    const isMisread = lines.some((line) => line === delimiter || (isIndented && line.startsWith("\t")));
    if (isMisread) return null;
    return isQuoted ? written : written.replace(/[\\$`]/g, "\\$&");
  };
}
