import type { Range } from "../../text/edits.ts";
import { Mask } from "../../text/mask.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { isShell } from "../yaml/keys.ts";
import { mentionsProgram } from "../yaml/mention.ts";
import { specComments } from "../comments.ts";
import type { Language } from "../language.ts";

/** RPM spec files: the sections that are scripts, macros in them as values that are filled in. */
export const spec: Language = {
  id: "spec",
  comments: specComments,
  read(file, context) {
    const fragment = withPlainLineEnds(file);
    const readings = scriptsOf(fragment.text).flatMap(({ start, end }) => {
      const section = fragment.slice(start, end);
      if (!mentionsProgram(section.text)) return [];
      const mask = new Mask(section);
      for (const { index, 0: code, groups } of section.text.matchAll(MACRO)) {
        const range = { start: index, end: index + code.length };
        if (groups?.["line"] !== undefined) mask.blank(range);
        else if (code !== "%%") mask.fill(range, "any");
      }
      return [context.read("shell", mask.apply())];
    });
    return {
      invocations: readings.flatMap(({ invocations }) => invocations),
      problems: readings.flatMap(({ problems }) => problems.map((problem) => ({ ...problem, fatal: false }))),
    };
  },
};

/** A line of control, or a macro that stands for text. */
const MACRO =
  /(?<line>^[ \t]*%(?:if\w*|el\w*|endif|define|global|undefine|include|setup|autosetup|patch\d*|autopatch)\b(?:[^\n\\]|\\\n|\\.)*)|%%|%\{[^{}\n]*\}|%\([^()\n]*\)|%[A-Za-z_]\w*/gm;

const SECTION =
  /^%(?<name>package|description|prep|generate_buildrequires|conf|build|install|check|clean|pre|post|preun|postun|pretrans|posttrans|preuntrans|postuntrans|verifyscript|trigger(?:in|un|prein|postun)|(?:trans)?filetrigger(?:in|un|postun)|files|changelog|sourcelist|patchlist|sepolicy)(?:[ \t]+(?<options>[^\n]*))?$/gm;

const NO_SCRIPTS = /^(?:package|description|files|changelog|sourcelist|patchlist|sepolicy)$/;

function scriptsOf(text: string): readonly Range[] {
  const heads = [...text.matchAll(SECTION)];
  return heads.flatMap(({ index, 0: head, groups }, i) => {
    const interpreter = /(?:^|\s)-p\s*(\S+)/.exec(groups?.["options"] ?? "")?.[1];
    const isScript =
      !NO_SCRIPTS.test(groups?.["name"] ?? "") && (interpreter === undefined || isShell(interpreter));
    return isScript ? [{ start: index + head.length, end: heads[i + 1]?.index ?? text.length }] : [];
  });
}
