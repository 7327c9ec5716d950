import { mentionsOwn } from "../own-names.ts";

/** What every command has in one of its literals: the name of a program, or of a variable that holds it. */
const MENTION =
  /(?<![\w.])gadget(?![\w./-])|-gadget(?![\w./])|gadgetctl|(?<![A-Za-z0-9.-])ig(?![A-Za-z0-9./-])|\b\w*GADGET|\bIG(?:_BIN)?\b/;

/** Whether a text has what every command has in one of its literals. */
export function mentionsProgram(text: string): boolean {
  return MENTION.test(text) || mentionsOwn(text);
}
