import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Rule } from "eslint";
import { Prefilter } from "../engine/prefilter.ts";
import { findConfig } from "../files/find-config.ts";
import type { Answers } from "./protocol.ts";
import { fileOf } from "./findings.ts";
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

/** One for the programs and gadgets of the project's own, where its configuration may have some. */
function ownPrefilter(context: Rule.RuleContext, engine: EngineThread): readonly Prefilter[] {
  const { physicalFilename, cwd } = context;
  const folder = dirname(resolve(cwd, physicalFilename));
  const known = byFolder.get(folder);
  if (known !== undefined && performance.now() < known.until) return known.prefilter;
  const isNaming = findConfig(folder).some((path) =>
    /\b(?:programs|gadgets|extends)\b/.test(readFileSync(path, "utf8")),
  );
  const words = isNaming ? ownWords(context, engine) : null;
  const prefilter = words === null ? [] : [new Prefilter(words)];
  byFolder.set(folder, { prefilter, until: performance.now() + BELIEVED });
  return prefilter;
}

function ownWords(context: Rule.RuleContext, engine: EngineThread): Answers["words"] {
  const file = { ...fileOf(context), isOnDisk: true };
  const neverAsked = (): never => {
    throw new Error("No program is read for the names of programs.");
  };
  return engine.ask({ kind: "words", file, options: {} }, neverAsked);
}
