import type { Rule } from "eslint";
import type { Reading } from "../commands/command.ts";
import { analyse } from "../engine/analyse.ts";
import { judged } from "../engine/settings.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { withPrograms } from "../knowledge/own-programs.ts";
import { withRules } from "../knowledge/own-rules.ts";
import { readProgram } from "../languages/javascript/read.ts";
import { takeOwnNames } from "../languages/own-names.ts";
import type { Read } from "../languages/registry.ts";
import { shell } from "../languages/shell/index.ts";
import type { Finding } from "../rules/finding.ts";
import { type Directive, directivesOf, mayIgnore } from "../suppress/suppressions.ts";
import { ignoredBy } from "../suppress/suppress.ts";
import { Fragment } from "../text/fragment.ts";
import { fromEstree } from "./estree/converter.ts";
import { isEsNode, type VisitorKeys } from "./estree/node.ts";
import type { RuleOptions } from "./options.ts";
import type { LintedFile } from "./protocol.ts";
import { reparse } from "./reparse.ts";
import type { EngineThread } from "./thread.ts";

/** The findings of a program, read from the tree that ESLint has of it. */
export function findingsInProgram(
  context: Rule.RuleContext,
  file: LintedFile,
  options: RuleOptions,
  engine: EngineThread,
): readonly Finding[] {
  const read: Read = (language, fragment) =>
    language === "shell" ? shell.read(fragment, { path: file.path, read }) : NOTHING;
  const readTree = (text: string, tree: unknown, keys: VisitorKeys): Reading => {
    if (!isEsNode(tree)) return UNREAD;
    return readProgram(fromEstree(tree, text, keys), Fragment.of(text), { path: file.path, read });
  };
  const { text, ast, visitorKeys } = context.sourceCode;
  const readText = (fixed: string): Reading => {
    const parsed = reparse(fixed, context);
    return parsed === null ? UNREAD : readTree(fixed, parsed.ast, parsed.visitorKeys ?? visitorKeys);
  };
  const { target, settings, programs, rules } = engine.ask({ kind: "terms", file, options });
  const knowledge = withPrograms(withRules(loadKnowledge(), rules), programs);
  takeOwnNames(Object.keys(programs));
  const { imageStyle = "short", defaults = "keep", form, registry } = settings;
  const directives = directivesIn(context);
  const isIgnored = (finding: Finding): boolean => ignoredBy(finding, directives) !== undefined;
  const mayFix = (finding: Finding): boolean => judged(finding, settings) !== null && !isIgnored(finding);
  const reading = readTree(text, ast, visitorKeys);
  return analyse(
    { text, read, readText },
    reading,
    { target, imageStyle, defaults, form, registry, mayFix },
    knowledge,
  ).flatMap((finding) => (isIgnored(finding) ? [] : (judged(finding, settings) ?? [])));
}

/** The comments that ignore findings, told by ESLint's parser. */
function directivesIn({ sourceCode }: Rule.RuleContext): readonly Directive[] {
  const { text } = sourceCode;
  if (!mayIgnore(text)) return [];
  const comments = sourceCode
    .getAllComments()
    .flatMap(({ range }) => (range === undefined ? [] : [{ start: range[0], end: range[1] }]));
  return directivesOf(text, [{ language: "javascript", fragment: Fragment.of(text), comments }]);
}

const NOTHING: Reading = { invocations: [], problems: [] };

/** What a text gives that is no program. */
const UNREAD: Reading = {
  invocations: [],
  problems: [{ start: 0, end: 0, reason: "syntax error", fatal: true }],
};
