import type { Rule } from "eslint";
import type { Reading } from "../commands/command.ts";
import { findCommands } from "../commands/find.ts";
import { analyse } from "../engine/analyse.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { readProgram } from "../languages/javascript/read.ts";
import type { Read } from "../languages/registry.ts";
import { shell } from "../languages/shell/index.ts";
import type { Finding } from "../rules/finding.ts";
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
  const knowledge = loadKnowledge();
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
  const reading = readTree(text, ast, visitorKeys);
  const commands = findCommands(reading.invocations, knowledge, read);
  if (commands.length === 0) return [];
  const { imageStyle = "short", defaults = "keep", registry } = options;
  const target = engine.ask({ kind: "target", file, options }).version;
  const settings = { target, imageStyle, defaults, registry };
  return analyse({ text, read, readText }, reading, settings, knowledge, commands);
}

const NOTHING: Reading = { invocations: [], problems: [] };

/** What a text gives that is no program. */
const UNREAD: Reading = {
  invocations: [],
  problems: [{ start: 0, end: 0, reason: "syntax error", fatal: true }],
};
