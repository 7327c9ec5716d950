import type { Knowledge } from "../knowledge/knowledge.ts";
import { translateDynamic } from "./dynamic-gadget.ts";
import { isCertain } from "./command-path.ts";
import { parseLine, type ParsedLine } from "./parse.ts";
import { translateDeploy } from "./translate-deploy.ts";
import { builtinMessage, translateGadget } from "./translate-gadget.ts";
import { translateRun } from "./translate-run.ts";
import type { CommandLine, TranslateOptions, Translation } from "./translation.ts";
import { nearestCommand } from "./unknown.ts";
import { translateStep } from "./workflow.ts";

const FINE: Translation = { state: "fine" };

/**
 * What becomes of one command line at a release: nothing to say, a rewrite that the release's tables accept, or a finding
 * that only a person can act on. Never throws.
 */
export function translate(line: CommandLine, options: TranslateOptions, knowledge: Knowledge): Translation {
  const parsed = parseLine(line, knowledge);
  switch (parsed.kind) {
    case "other": {
      const run = translateRun(line, options, knowledge);
      if (run.state !== "fine" || (run.readerFindings ?? []).length > 0) return run;
      return translateDeploy(line, options, knowledge);
    }
    case "gadget": {
      const { workflow } = parsed.gadget;
      if (workflow === undefined) return translateGadget(line, parsed, options, knowledge);
      return translateStep(line, parsed, workflow, options, knowledge);
    }
    case "help":
      return translateHelp(line, parsed, options, knowledge);
    case "dynamic-gadget":
      return translateDynamic(line, parsed, options, knowledge);
    case "category":
      return isCertain(line) ? categoryOnly("category-alone", parsed.category, options, knowledge) : FINE;
    case "unknown-gadget":
      return unknownGadget(line, parsed, knowledge);
  }
}

function translateHelp(
  line: CommandLine,
  { command, gadget }: ParsedLine & { readonly kind: "help" },
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  if (gadget === null) {
    return isCertain(line) ? categoryOnly("help-probe", command, options, knowledge) : FINE;
  }
  const reason = { messageId: "help-probe", args: { category: command } };
  const translated = translateGadget(line, gadget, options, knowledge, [reason]);
  const hasFlag = gadget.uses.some(({ spec }) => spec?.row === null);
  if (hasFlag || translated.state !== "manual" || translated.nearest === null) return translated;
  return { ...translated, nearest: [...translated.nearest, { write: ["--help"] }] };
}

function categoryOnly(
  messageId: string,
  category: string,
  { target }: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  const notes = [{ messageId, args: { category } }];
  const message = builtinMessage(category, target, knowledge);
  return {
    state: "manual",
    rule: "builtin-gadget",
    message,
    gadget: category,
    notes,
    image: null,
    nearest: null,
  };
}

function unknownGadget(
  line: CommandLine,
  { category, name, operands }: ParsedLine & { readonly kind: "unknown-gadget" },
  knowledge: Knowledge,
): Translation {
  const near = nearestCommand({ category, name, behind: operands[0] ?? "" }, line.program, knowledge);
  if (!/^[a-z][\w-]*$/i.test(name)) return FINE;
  // A list of programs (`[kubectl-gadget, ig]`) is no command.
  if (knowledge.programs.some(({ spellings }) => spellings.includes(name))) return FINE;
  if (!isCertain(line) && (category === "" || near === null)) return FINE;
  // In a text, more words behind it are most likely the rest of a sentence.
  if (line.role !== "run" && operands.length > 0 && near === null) return FINE;
  const gadget = `${category} ${name}`.trim();
  const message = { messageId: "unknown-gadget", args: { gadget, nearest: near ?? "" } };
  return { state: "manual", rule: "unknown-gadget", message, gadget, notes: [], image: null, nearest: null };
}
