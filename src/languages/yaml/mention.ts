import { isOwnName, looksLikeOwnCommand, mentionsOwn } from "../own-names.ts";

/*
 * Cheap tests of text for what might be a command of ours. They decide what is worth a closer look, never what is a
 * gadget: the programs and their commands are knowledge that languages do not have.
 */

const MENTION = /gadget|(?<![\w.-])ig(?![\w.-])/;

/** Whether a text may hold the name of a program that runs gadgets. */
export function mentionsProgram(text: string): boolean {
  return MENTION.test(text) || mentionsOwn(text);
}

const COMMAND = new RegExp(
  [
    // kubectl gadget trace, "${KUBECTL}" gadget trace
    String.raw`[\w})"'][ \t]+gadget[ \t]+["']?[\w$-]`,
    // kubectl-gadget trace, gadgetctl run, ./ig trace
    String.raw`(?:\w-gadget|gadgetctl|(?<![\w.$-])ig)["']?[ \t]+["']?[\w$-]`,
    // ["kubectl", "gadget", "trace"]
    String.raw`[[,]\s*["']?(?:\S*/)?(?:gadget|ig|[\w-]+-gadget|gadgetctl)["']?\s*,`,
    // - gadget
    String.raw`^\s*-[ \t]+["']?(?:\S*/)?(?:gadget|ig|[\w-]+-gadget|gadgetctl)["']?\s*(?:#.*)?$`,
  ].join("|"),
);

/** Whether a line of source holds what looks like a command, or a part of one, that runs a gadget. */
export function looksLikeCommand(line: string): boolean {
  return COMMAND.test(line) || looksLikeOwnCommand(line);
}

/** Whether a word alone names a program that runs gadgets. */
export function namesProgram(word: string): boolean {
  return /^(?:\S*\/)?(?:ig|gadgetctl|[\w-]+-gadget)$/.test(word) || isOwnName(word);
}

/** Whether a text is the name of a plugin with its host, in two words, and nothing else. */
export function isPluginName(text: string): boolean {
  return /^[\w./-]+ gadget$/.test(text);
}

/** Words that English sentences have and commands have not. */
const SENTENCE =
  /\s(?:the|an?|is|are|was|to|and|or|of|for|with|can|will|you|your|that|this|it|from|by|in|on|as|when|which)\s|[,;:!?]\s|\w[.!?]$/i;
const PROGRAM = /^["']?[a-z$./_{~][\w./${}:~"'-]*\s+\S/;

/** Whether a line of text is a whole command, and no sentence that mentions one. */
export function isCommand(line: string): boolean {
  return PROGRAM.test(line) && mentionsProgram(line) && !SENTENCE.test(line);
}
