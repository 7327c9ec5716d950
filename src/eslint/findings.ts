import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Rule } from "eslint";
import { detectLanguage } from "../languages/detect.ts";
import { optionsOf, type RuleOptions } from "./options.ts";
import { hasProgram, programOf, programOfText } from "./program.ts";
import type { LintedFile, Told } from "./protocol.ts";
import type { EngineThread } from "./thread.ts";

/** By the file and the options, since all rules ask for the findings of all. */
const found = new WeakMap<object, Map<string, readonly Told[]>>();

/**
 * Everything that the tool finds in a file; made once, however many rules ask.
 * @throws Error when the configuration is at fault
 */
export function findingsOf(context: Rule.RuleContext, engine: EngineThread): readonly Told[] {
  const options = optionsOf(context);
  const key = JSON.stringify([options, context.filename]);
  const byOptions = found.get(context.sourceCode) ?? new Map<string, readonly Told[]>();
  found.set(context.sourceCode, byOptions);
  const known = byOptions.get(key);
  if (known !== undefined) return known;
  const findings = find(context, options, engine);
  byOptions.set(key, findings);
  return findings;
}

function find(context: Rule.RuleContext, options: RuleOptions, engine: EngineThread): readonly Told[] {
  const file = fileOf(context);
  const language = detectLanguage(file.path.replaceAll("\\", "/"), file.text);
  // What has no language of ours may still be a program (`.vue`, `.svelte`), if ESLint was told how to parse it.
  const isProgram = (language === "javascript" || language === null) && hasProgram(context);
  if (language === null && !isProgram) return [];
  const program = isProgram ? programOf(context) : null;
  const parse = (text: string): ReturnType<typeof programOf> => programOfText(text, context);
  return engine.ask({ kind: "findings", file: { ...file, program }, options }, parse);
}

/** What is known of a file without a look at its tree. */
export function fileOf({
  filename,
  physicalFilename,
  cwd,
  sourceCode: { text },
}: Rule.RuleContext): LintedFile {
  const isOnDisk = existsSync(resolve(cwd, physicalFilename));
  return { path: resolve(cwd, filename), text, isOnDisk, cwd, program: null };
}
