import { display } from "../commands/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { within } from "../knowledge/releases.ts";
import { translateDynamic } from "./dynamic-gadget.ts";
import { isCertain } from "./command-path.ts";
import { onlyImageBelow, runInstead, type RunInstead } from "./image-as-command.ts";
import { parseLine, type ParsedLine } from "./parse.ts";
import { roleDoubts } from "./reasons.ts";
import { translateDeploy } from "./translate-deploy.ts";
import { builtinMessage, translateGadget } from "./translate-gadget.ts";
import { translateRun } from "./translate-run.ts";
import type { CommandLine, Note, TranslateOptions, Translation } from "./translation.ts";
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
      return isCertain(line) ? categoryAlone(line, parsed, options, knowledge) : FINE;
    case "unknown-gadget":
      return unknownGadget(line, parsed, options, knowledge);
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

/** `kubectl gadget traceloop -n demo`: its commands are one image now, which its writer may have meant. */
function categoryAlone(
  line: CommandLine,
  { category, path }: ParsedLine & { readonly kind: "category" },
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  const alone = categoryOnly("category-alone", category, options, knowledge);
  const name = onlyImageBelow(category, line.program, options.target, knowledge);
  const run = name === null ? null : runInstead(line, path, name, options, knowledge);
  if (run === null || alone.state !== "manual") return alone;
  const notes = [{ messageId: "workflow-alone", args: { category } }, ...run.faults];
  return { ...alone, image: run.image, nearest: run.words, notes };
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
  { category, name, operands, path }: ParsedLine & { readonly kind: "unknown-gadget" },
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  // No other program called `ig` has a command with such a name.
  const isSure = isCertain(line) || name.includes("_");
  const run = isSure ? runInstead(line, path, name, options, knowledge) : null;
  if (run !== null) return imageAsCommand(name, run, line);
  const near = nearestCommand({ category, name, behind: operands[0] ?? "" }, line.program, knowledge);
  if (!/^[a-z][\w-]*$/i.test(name)) return FINE;
  // A list of programs (`[kubectl-gadget, ig]`) is no command.
  if (knowledge.programs.some(({ spellings }) => spellings.includes(name))) return FINE;
  if (!isCertain(line) && (category === "" || near === null)) return FINE;
  // In a text, more words behind it are most likely the rest of a sentence.
  if (line.role !== "run" && operands.length > 0 && near === null) return FINE;
  const gadget = `${category} ${name}`.trim();
  const message = { messageId: "unknown-gadget", args: { gadget, nearest: near ?? "" } };
  const notes = todayOf(near, options, knowledge);
  return { state: "manual", rule: "unknown-gadget", message, gadget, notes, image: null, nearest: null };
}

/** The image of an image-based gadget in the place of a command: no release took it so. */
function imageAsCommand(name: string, { image, words, faults }: RunInstead, line: CommandLine): Translation {
  const message = { messageId: "image-as-command", args: { image } };
  const found = { rule: "unknown-gadget", message, gadget: name, image } as const;
  if (faults.length > 0) return { ...found, state: "manual", nearest: words, notes: faults };
  const notes = [{ messageId: "never-ran", args: {} }, ...roleDoubts(line)];
  return { ...found, state: "rewrite", grade: "unsafe", words, notes };
}

/** What became of the gadget that may have been meant. */
function todayOf(
  command: string | null,
  { target, tag }: TranslateOptions,
  { gadgets }: Knowledge,
): readonly Note[] {
  const rows = gadgets.find((gadget) => gadget.command === command)?.to ?? [];
  const { image = null } = rows.find((row) => within(row, target)) ?? {};
  if (command === null || image === null) return [];
  return [{ messageId: "gadget-today", args: { gadget: command, image: `${image}:${display(tag)}` } }];
}
