import { frozen } from "../../commands/lists.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { codeInHtml, plainOf } from "../markdown/html.ts";
import { readBlock, readSpan, united } from "../markdown/shown.ts";
import { htmlComments } from "../comments.ts";
import type { Language } from "../language.ts";

/** Pages of HTML: what `<pre>` and `<code>` show. Pages that a program wrote are found, and left for it to write again. */
export const html: Language = {
  id: "html",
  comments: htmlComments,
  read(file, context) {
    const page = withPlainLineEnds(file);
    const shown = page.text.replace(/<(script|style|textarea)\b[^]*?<\/\1\s*>/gi, (all) =>
      all.replace(/[^\n]/g, " "),
    );
    const readings = codeInHtml(shown).map(({ isBlock, info, ...range }) => {
      const code = plainOf(page, range);
      return isBlock ? readBlock(code, info, context) : readSpan(code, context);
    });
    const { invocations, problems } = united(readings);
    const isWritten = /<meta\s[^>]*name=["']?generator\b/i.test(shown);
    return {
      invocations: isWritten
        ? invocations.map((invocation) => ({ ...invocation, words: frozen(invocation.words) }))
        : invocations,
      problems,
    };
  },
};
