import type { Rule } from "eslint";
import type { Reading } from "../commands/command.ts";
import { analyse, type AnalyseOptions } from "../engine/analyse.ts";
import { Prefilter } from "../engine/prefilter.ts";
import { chooseTarget, parseTarget } from "../engine/target.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import type { Knowledge } from "../knowledge/types.ts";
import { readProgram } from "../languages/javascript/read.ts";
import type { Read } from "../languages/registry.ts";
import { shell } from "../languages/shell/index.ts";
import type { Finding } from "../rules/finding.ts";
import { findingMessage, sentence } from "../rules/messages.ts";
import { type RuleId, rulePage, ruleOf } from "../rules/registry.ts";
import { Fragment } from "../text/fragment.ts";
import { fromEstree } from "./estree/converter.ts";
import { isEsNode, type VisitorKeys } from "./estree/node.ts";
import { reparse } from "./reparse.ts";

/** The options of a rule: those of the command line with the same names. */
export interface RuleOptions {
  /** The Inspektor Gadget release that commands must work on (`v0.55.1`); the newest known when absent. */
  readonly target?: string;
  readonly defaults?: "keep" | "new";
  readonly imageStyle?: "short" | "full";
  readonly registry?: string;
}

const SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    target: { type: "string", description: "Inspektor Gadget release that commands must work on (vX.Y.Z)." },
    defaults: { enum: ["keep", "new"], description: "Whether to add the flags that restore old defaults." },
    imageStyle: { enum: ["short", "full"], description: "Whether images are written with their registry." },
    registry: { type: "string", description: "What replaces ghcr.io/inspektor-gadget/gadget." },
  },
} as const;

/** One of the tool's rules on the tree that ESLint has. A safe fix is a fix there, an unsafe one a suggestion. */
export function createRule(id: RuleId): Rule.RuleModule {
  return {
    meta: {
      type: "problem",
      docs: {
        description: ruleOf(id).what,
        // In the package, since rules have no page on the web.
        url: rulePage(id),
      },
      fixable: "code",
      hasSuggestions: true,
      schema: [SCHEMA],
      messages: { found: "{{message}}", rewrite: "{{message}}" },
    },
    create: (context) => ({
      Program: () => {
        if (!mayHoldCommand(context.sourceCode.text)) return;
        for (const finding of findingsIn(context)) if (finding.ruleId === id) report(finding, context);
      },
    }),
  };
}

let prefilter: Prefilter | undefined;

function mayHoldCommand(text: string): boolean {
  prefilter ??= new Prefilter();
  return prefilter.look(new TextEncoder().encode(text)) === "command";
}

function findingsIn(context: Rule.RuleContext): readonly Finding[] {
  const { filename, sourceCode } = context;
  const knowledge = loadKnowledge();
  const read: Read = (language, fragment) => {
    if (language !== "shell") throw new Error(`${language} is not read here`);
    return shell.read(fragment, { path: filename, read });
  };
  const readTree = (text: string, tree: unknown, keys: VisitorKeys): Reading => {
    if (!isEsNode(tree)) return UNREAD;
    return readProgram(fromEstree(tree, text, keys), Fragment.of(text), { path: filename, read });
  };
  const { text, ast, visitorKeys } = sourceCode;
  const readText = (fixed: string): Reading => {
    const parsed = reparse(fixed, context);
    return parsed === null ? UNREAD : readTree(fixed, parsed.ast, parsed.visitorKeys ?? visitorKeys);
  };
  const reading = readTree(text, ast, visitorKeys);
  return analyse({ text, read, readText }, reading, settle(context, knowledge), knowledge);
}

/** What a text gives that is no program. */
const UNREAD: Reading = {
  invocations: [],
  problems: [{ start: 0, end: 0, reason: "syntax error", fatal: true }],
};

/** @throws RangeError when the target is no known release: a fault of the configuration */
function settle({ options }: Rule.RuleContext, knowledge: Knowledge): AnalyseOptions {
  const [{ target, defaults = "keep", imageStyle = "short", registry } = {}] =
    options as readonly RuleOptions[];
  if (target === undefined) {
    return { target: chooseTarget([], knowledge).version, defaults, imageStyle, registry };
  }
  const parsed = parseTarget(target, knowledge);
  if (!parsed.ok) throw new RangeError(`There is no release "${target}". Known: ${parsed.known.join(", ")}.`);
  return { target: parsed.tag, defaults, imageStyle, registry };
}

function report(finding: Finding, context: Rule.RuleContext): void {
  const { sourceCode } = context;
  const { range, fix, after, notes } = finding;
  const found = findingMessage(finding);
  const becomes = after === null ? [] : [`${fix === null ? "Start from" : "Becomes"} \`${after}\`.`];
  const reasons = notes.map(sentence);
  const edit = (fixer: Rule.RuleFixer): Rule.Fix[] =>
    (fix?.edits ?? []).map(({ start, end, text }) => fixer.replaceTextRange([start, end], text));
  context.report({
    loc: { start: sourceCode.getLocFromIndex(range.start), end: sourceCode.getLocFromIndex(range.end) },
    messageId: "found",
    data: { message: [found, ...becomes, ...reasons].join(" ") },
    fix: fix?.grade === "safe" ? edit : null,
    suggest:
      fix?.grade === "unsafe"
        ? [
            {
              messageId: "rewrite",
              data: { message: [`Rewrite to \`${after ?? ""}\`.`, ...reasons].join(" ") },
              fix: edit,
            },
          ]
        : [],
  });
}
