import type { Rule } from "eslint";
import type { VisitorKeys } from "./estree/node.ts";

export interface Parsed {
  readonly ast: unknown;
  /** Absent: the parser has no nodes of its own. */
  readonly visitorKeys: VisitorKeys | undefined;
}

/** What would ask the parser for types, and so for files on disk that a changed text is not. */
const TYPE_OPTIONS = ["project", "projectService", "programs", "program", "EXPERIMENTAL_useProjectService"];

/** What ESLint asks of every parser. */
const OWN_OPTIONS = { loc: true, range: true, tokens: true, comment: true, eslintVisitorKeys: true };

/** Another text, read by the parser that ESLint read the file with; null when it is no program. */
export function reparse(text: string, { languageOptions, filename }: Rule.RuleContext): Parsed | null {
  const { parser, parserOptions = {}, ecmaVersion, sourceType } = languageOptions;
  if (parser === undefined) return null;
  const given = Object.entries(parserOptions).filter(([key]) => !TYPE_OPTIONS.includes(key));
  const options = {
    ...OWN_OPTIONS,
    filePath: filename,
    ...Object.fromEntries(given),
    ecmaVersion,
    sourceType,
  };
  try {
    if (!("parseForESLint" in parser)) return { ast: parser.parse(text, options), visitorKeys: undefined };
    const { ast, visitorKeys } = parser.parseForESLint(text, options);
    return { ast, visitorKeys };
  } catch {
    return null;
  }
}
