import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Rule } from "eslint";
import { detectLanguage } from "../languages/detect.ts";
import { checkedRules } from "../rules/checks.ts";
import type { Finding } from "../rules/finding.ts";
import { overlaps } from "../text/edits.ts";
import { isEsNode } from "./estree/node.ts";
import { joinSharedEdits } from "./shared-edits.ts";
import { optionsOf, type RuleOptions } from "./options.ts";
import { findingsInProgram } from "./program.ts";
import type { LintedFile } from "./protocol.ts";
import type { EngineThread } from "./thread.ts";

/** By the file and the options, since all rules ask for the findings of all. */
const found = new WeakMap<object, Map<string, readonly Finding[]>>();

/**
 * Everything that the tool finds in a file; made once, however many rules ask.
 * @throws Error when the configuration is at fault
 */
export function findingsOf(context: Rule.RuleContext, engine: EngineThread): readonly Finding[] {
  const options = optionsOf(context);
  const key = JSON.stringify([options, context.filename]);
  const byOptions = found.get(context.sourceCode) ?? new Map<string, readonly Finding[]>();
  found.set(context.sourceCode, byOptions);
  const known = byOptions.get(key);
  if (known !== undefined) return known;
  const findings = joinSharedEdits(find(context, options, engine));
  byOptions.set(key, findings);
  return findings;
}

function find(context: Rule.RuleContext, options: RuleOptions, engine: EngineThread): readonly Finding[] {
  const file = fileOf(context);
  const language = detectLanguage(file.path.replaceAll("\\", "/"), file.text);
  // What has no language of ours may still be a program (`.vue`, `.svelte`), if ESLint was told how to parse it.
  const isProgram = language === "javascript" || language === null;
  if (isProgram && hasProgram(context)) {
    const inProgram = findingsInProgram(context, file, options, engine);
    return [...inProgram, ...besidesCommands(file, inProgram, options, engine)];
  }
  return language === null ? [] : engine.ask({ kind: "findings", file, options });
}

/** What is looked for in a program besides commands needs no tree. */
function besidesCommands(
  file: LintedFile,
  known: readonly Finding[],
  options: RuleOptions,
  engine: EngineThread,
): readonly Finding[] {
  const rules = checkedRules(file.text);
  if (rules.size === 0) return [];
  return engine
    .ask({ kind: "findings", file, options })
    .filter(({ ruleId, range }) => rules.has(ruleId) && !known.some((other) => overlaps(other.range, range)));
}

function fileOf({ filename, physicalFilename, cwd, sourceCode: { text } }: Rule.RuleContext): LintedFile {
  const isOnDisk = existsSync(resolve(cwd, physicalFilename));
  return { path: resolve(cwd, filename), text, isOnDisk, cwd };
}

/** Other languages of ESLint have trees of their own, and need not name what is in them. */
function hasProgram({ sourceCode }: Rule.RuleContext): boolean {
  const ast: unknown = sourceCode.ast;
  const keys: unknown = sourceCode.visitorKeys;
  const isProgram = isEsNode(ast) && ast.type === "Program";
  return isProgram && typeof keys === "object" && keys !== null && "CallExpression" in keys;
}
