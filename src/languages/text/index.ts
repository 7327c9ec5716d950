import { frozen } from "../../commands/lists.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { textComments } from "../comments.ts";
import type { Language } from "../language.ts";
import { readText } from "../yaml/text.ts";

/** Plain text for people: lines that are a whole command are found, and left for a person to change. */
export const text: Language = {
  id: "text",
  comments: textComments,
  read(file, context) {
    const invocations = readText(withPlainLineEnds(file), context).map((invocation) => ({
      ...invocation,
      words: frozen(invocation.words),
    }));
    return { invocations, problems: [] };
  },
};
