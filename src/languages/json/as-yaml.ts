import { overlaps, type Range } from "../../text/edits.ts";
import { type Encoder, type Fragment, PieceBuilder } from "../../text/fragment.ts";

/**
 * JSON as YAML takes it, unit for unit: comments are blank, and tabs between its parts are blanks. No edit that reaches
 * over a comment has a way back.
 */
export function asYaml(fragment: Fragment): Fragment {
  const { text } = fragment;
  const comments: Range[] = [];
  const masked = text.replace(TOKEN, (token, start: number) => {
    if (token.startsWith('"') || token.startsWith("'")) return token;
    if (token.startsWith("/")) comments.push({ start, end: start + token.length });
    return token.replace(/[^\r\n]/g, " ");
  });
  if (masked === text) return fragment;
  const builder = new PieceBuilder();
  builder.copy(text, 0, text.length);
  return fragment.child(builder.build(encoderFor(text, comments))).remasked(masked, []);
}

/** A string, which is as it is; a comment; or tabs. */
const TOKEN = /"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)|\t+/g;

/** New lines begin with tabs where the line of their place does. */
function encoderFor(text: string, comments: readonly Range[]): Encoder {
  return (written, at) => {
    if (comments.some((comment) => overlaps(comment, at))) return null;
    const line = text.slice(text.lastIndexOf("\n", at.start - 1) + 1, at.start);
    return line.startsWith("\t")
      ? written.replace(/\n( +)/g, (_, blanks: string) => `\n${"\t".repeat(blanks.length)}`)
      : written;
  };
}
