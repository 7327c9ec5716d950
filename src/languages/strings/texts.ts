import { withoutStyles } from "../../commands/styles.ts";
import type { Fragment } from "../../text/fragment.ts";
import { methodName, type Expression } from "./expression.ts";
import type { Found } from "./found.ts";
import { mentionsProgram } from "./mention.ts";
import type { Program } from "./program.ts";
import { partsOfText } from "../../commands/text-parts.ts";
import { stringOf } from "./string.ts";

/** Functions whose first argument is looked for in another text, or is a title or a pattern. */
export const LOOKS =
  /(?:^|[.:])(?:re|regexp|Regex|Regexp|Pattern)[.:]|(?:^|[.:])(?:contains|Contains|has_?[pP]refix|has_?[sS]uffix|HasPrefix|HasSuffix|starts_?[wW]ith|ends_?[wW]ith|startswith|endswith|index|Index|indexOf|find|match|matches|search|replace|Replace|ReplaceAll|replaceAll|replace_all|sub|gsub|trim_prefix|TrimPrefix|TrimSuffix|removeprefix|removesuffix|EqualFold|equals|test|describe|it|context|Equal|assert\w*)$/;
/** `t.Run("name", func(t *testing.T) {`: the first of several arguments is a title. */
const TITLED = /(?:^|\.)Run$/;

/** Longer strings are data, pages or other programs. */
const MAX_LENGTH = 100_000;

/** Strings that are whole commands. */
export function readTexts(program: Program, root: Fragment, found: Found): void {
  for (const node of program.expressions) {
    if (node.kind !== "text" && node.kind !== "sum" && node.kind !== "format") continue;
    const parent = program.parent(node);
    if (parent?.kind === "sum" || (parent?.kind === "format" && parent.text === node)) continue;
    if (found.used.has(node) || node.end - node.start > MAX_LENGTH || isLookedFor(node, parent, program))
      continue;
    const string = stringOf(node, program, root, "any");
    if (
      string === null ||
      string.texts.some((text) => found.used.has(text)) ||
      !mentionsProgram(string.fragment.text)
    )
      continue;
    const { script, prose } = partsOfText(withoutStyles(string.fragment));
    if (script !== null) found.addText(script, string, isNamedCommand(node, program) ? "data" : "text");
    const isPrinted = program.table.isPlainData !== true && !isDocumentation(node, parent, program);
    if (prose !== null && isPrinted) found.addProse(prose);
  }
}

/** Names of values that something runs. */
const COMMAND_NAME =
  /(?:^|[^a-z])(?:cmd|command|commandline|script|shell)s?$|(?:Cmd|Command|CommandLine|Script)s?$|(?:CMD|COMMAND|SCRIPT)S?$/;

/** Names of functions that run what they are given. */
const RUNNER =
  /^(?:run|exec|spawn|shell|sh|bash|cmd|command|kubectl|invoke|execute|system|sudo|start|popen|send_?line)|(?:Run|Exec|Shell|Sh|Cmd|Command|Output|Start)(?:Context|Async)?$|_(?:run|exec|shell|sh|cmd|command|output)$/i;

/** Whether the program calls a string a command: `cmd := fmt.Sprintf(...)`, `{Cmd: "..."}`. */
function isNamedCommand(node: Expression, program: Program): boolean {
  const parent = program.parent(node);
  if (parent?.kind === "format" || parent?.kind === "sum") return isNamedCommand(parent, program);
  const elements = parent?.kind === "list" ? parent.elements : parent?.kind === "call" ? parent.args : [];
  const key = elements.find(({ value }) => value === node)?.key ?? null;
  const isRun = parent?.kind === "call" && parent.object !== node && RUNNER.test(methodName(parent));
  if (isRun && key === null) return true;
  return COMMAND_NAME.test(key ?? program.assignmentOf(node)?.name ?? "");
}

/** Whether a string is compared with others, or names something, instead of being a command. */
function isLookedFor(node: Expression, parent: Expression | null, program: Program): boolean {
  if (parent?.kind === "call" && parent.object !== node) {
    if (LOOKS.test(parent.callee)) return true;
    if (TITLED.test(parent.callee) && parent.args.length > 1) return true;
  }
  const before = program.text.slice(Math.max(0, node.start - 20), node.start);
  return (
    /(?:[=!]=|\b(?:in|case|when))\s*$/.test(before) ||
    /^\s*(?:[=!]=|in\b)/.test(program.text.slice(node.end, node.end + 8))
  );
}

/** A string that nothing is done with: documentation, as much as a comment. */
function isDocumentation(node: Expression, parent: Expression | null, program: Program): boolean {
  if (parent !== null || node.kind !== "text" || node.literal.close.length < 3) return false;
  const line = program.text.lastIndexOf("\n", node.start - 1) + 1;
  return program.text.slice(line, node.start).trim() === "" && program.assignmentOf(node) === null;
}
