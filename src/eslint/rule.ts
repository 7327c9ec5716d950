import type { Rule } from "eslint";
import { type RuleId, ruleOf, rulePage } from "../rules/registry.ts";
import { findingsOf } from "./findings.ts";
import { SCHEMA } from "./options.ts";
import { placeOf } from "./place.ts";
import type { Told } from "./protocol.ts";
import { mayHoldCommand } from "./relevance.ts";
import type { EngineThread } from "./thread.ts";

/** What the rules have in common. */
export interface Environment {
  readonly engine: EngineThread;
  /** The installed package, with its pages of documentation. */
  readonly home: URL;
}

/** One of the tool's rules, for any file that ESLint reads. A safe fix is a fix there, an unsafe one a suggestion. */
export function createRule(id: RuleId, { engine, home }: Environment): Rule.RuleModule {
  return {
    meta: {
      type: "problem",
      docs: {
        description: ruleOf(id).what,
        recommended: ruleOf(id).isOn,
        // On the disk: the page says what this version does, and needs no network.
        url: new URL(rulePage(id), home).href,
      },
      fixable: "code",
      hasSuggestions: true,
      schema: [SCHEMA],
      messages: { found: "{{message}}", rewrite: "{{message}}" },
    },
    create: (context) => {
      if (!mayHoldCommand(context, engine)) return {};
      return {
        [rootType(context)]: once(() => {
          for (const finding of findingsOf(context, engine))
            if (finding.ruleId === id) report(finding, context);
        }),
      };
    },
  };
}

/** `Program` of JavaScript and YAML, `root` of Markdown, `Document` of JSON: whatever the language calls it. */
function rootType({ sourceCode: { ast } }: Rule.RuleContext): string {
  return ast.type;
}

/** A node of the root's type may stand inside of it too. */
function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}

function report({ range, message, fix, suggestion }: Told, context: Rule.RuleContext): void {
  const edit = (fixer: Rule.RuleFixer): Rule.Fix[] =>
    (fix?.edits ?? []).map(({ start, end, text }) => fixer.replaceTextRange([start, end], text));
  context.report({
    loc: placeOf(range, context.sourceCode),
    messageId: "found",
    data: { message },
    fix: fix?.grade === "safe" ? edit : null,
    suggest:
      fix?.grade === "unsafe" ? [{ messageId: "rewrite", data: { message: suggestion }, fix: edit }] : [],
  });
}
