import { type Encoder, type Fragment, PieceBuilder } from "../../text/fragment.ts";
import type { HereDocument, Part } from "./lines.ts";

/** The shell text of an instruction: its lines, continued as a shell does, with its here-documents. */
export function shellTextOf(
  fragment: Fragment,
  parts: readonly Part[],
  documents: readonly HereDocument[],
): Fragment {
  const builder = new PieceBuilder();
  copyParts(builder, fragment.text, parts, "\\\n");
  const first = documents[0];
  const last = documents.at(-1);
  if (first !== undefined && last !== undefined) {
    builder.escape("\n", first.start - 1, first.start);
    builder.copy(fragment.text, first.start, last.next);
  }
  return fragment.child(builder.build(onOneLine));
}

/** The text of an array in JSON. */
export function arrayTextOf(fragment: Fragment, parts: readonly Part[]): Fragment {
  const builder = new PieceBuilder();
  copyParts(builder, fragment.text, parts, " \n");
  const escape = fragment.text[parts.find((part) => part.continues !== null)?.continues ?? -1] ?? "\\";
  return fragment.child(builder.build((written) => written.replaceAll("\n", ` ${escape}\n`)));
}

/** A line end would end the instruction. */
const onOneLine: Encoder = (written) => (written.includes("\n") ? null : written);

/** @param join what stands for an escape character and the line end behind it */
function copyParts(builder: PieceBuilder, text: string, parts: readonly Part[], join: string): void {
  for (const { start, end, continues } of parts) {
    builder.copy(text, start, continues ?? end);
    if (continues === null) continue;
    builder.escape(join.charAt(0), continues, continues + 1);
    builder.escape(join.slice(1), continues + 1, Math.min(end + 1, text.length));
  }
}
