/** What every command has in one of its literals: the name of a program, or of a variable that holds it. */
export const MENTION =
  /(?<![\w.])gadget(?![\w./-])|-gadget(?![\w./])|gadgetctl|(?<![A-Za-z0-9.-])ig(?![A-Za-z0-9./-])|\b\w*GADGET|\bIG(?:_BIN)?\b/;
