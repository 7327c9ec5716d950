import type { CommandExpansionPart } from "unbash";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { decodeBackslashes } from "./decode.ts";

/**
 * The script between backquotes, in which a backslash hides them, itself and `$`.
 * @param inQuotes whether it stands between double quotes, which it hides too then
 */
export function inBackquotes(
  { pos, end }: CommandExpansionPart,
  fragment: Fragment,
  inQuotes: boolean,
): Fragment {
  const { text } = fragment;
  const builder = new PieceBuilder();
  const isClosed = text[end - 1] === "`" && end - 1 > pos;
  const range = { start: pos + 1, end: isClosed ? end - 1 : end };
  decodeBackslashes(text, range, builder, inQuotes ? /^[\\`$"]$/ : /^[\\`$]$/);
  const special = inQuotes ? /[\\`$"]/g : /[\\`$]/g;
  return fragment.child(builder.build((written) => written.replace(special, "\\$&")));
}
