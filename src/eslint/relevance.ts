import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Rule } from "eslint";
import { words } from "virtual:prefilter";
import { Prefilter } from "../engine/prefilter.ts";
import { findConfig } from "../files/find-config.ts";
import { withProgramWords } from "../knowledge/own-programs.ts";
import { ownCommands, withCommandWords } from "../knowledge/own-rules.ts";
import type { LintedFile, Terms } from "./protocol.ts";
import type { EngineThread } from "./thread.ts";

let common: Prefilter | undefined;
const looked = new WeakMap<object, boolean>();

/** Whether a file is worth reading, told from its bytes; looked at once, however many rules ask. */
export function mayHoldCommand(context: Rule.RuleContext, engine: EngineThread): boolean {
  const { sourceCode } = context;
  const known = looked.get(sourceCode);
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(sourceCode.text);
  const prefilters = [(common ??= new Prefilter()), ...ownPrefilter(context, engine)];
  const may = prefilters.some((prefilter) => prefilter.look(bytes) === "command");
  looked.set(sourceCode, may);
  return may;
}

/** For the folders of files: an editor may stay open for days, so that what holds there is looked at again. */
const byFolder = new Map<string, { readonly prefilter: readonly Prefilter[]; readonly until: number }>();
const BELIEVED = 5000;

/** One for the further names of programs and gadgets, where the configuration of the project may have some. */
function ownPrefilter(context: Rule.RuleContext, engine: EngineThread): readonly Prefilter[] {
  const { physicalFilename, filename, cwd, sourceCode } = context;
  const folder = dirname(resolve(cwd, physicalFilename));
  const known = byFolder.get(folder);
  if (known !== undefined && performance.now() < known.until) return known.prefilter;
  const isNaming = findConfig(folder).some((path) =>
    /\b(?:programs|gadgets|extends)\b/.test(readFileSync(path, "utf8")),
  );
  const file: LintedFile = { path: resolve(cwd, filename), text: sourceCode.text, isOnDisk: true, cwd };
  const prefilter = isNaming ? prefilterOf(engine.ask({ kind: "terms", file, options: {} })) : [];
  byFolder.set(folder, { prefilter, until: performance.now() + BELIEVED });
  return prefilter;
}

function prefilterOf({ programs, rules }: Terms): readonly Prefilter[] {
  const [names, commands] = [Object.keys(programs), ownCommands(rules)];
  if (names.length + commands.length === 0) return [];
  return [new Prefilter(withCommandWords(withProgramWords(words, names), commands))];
}
