import { captured } from "../../commands/captured.ts";
import type { Invocation, Problem } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { justfileComments } from "../comments.ts";
import type { Language } from "../language.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { isCommandLine } from "../markdown/session.ts";
import { isShell } from "../yaml/keys.ts";
import { looksLikeCommand } from "../yaml/mention.ts";

/** Files of just: recipes line by line, recipes that are scripts, backquotes. `{{ }}` is known to the shell's reader. */
export const justfile: Language = {
  id: "justfile",
  comments: justfileComments,
  read(file, context) {
    const fragment = withPlainLineEnds(file);
    const { text } = fragment;
    const shell = /^set[ \t]+shell[ \t]*:=[ \t]*\[[ \t]*["']([^"'\n]+)/m.exec(text)?.[1] ?? "sh";
    const invocations: Invocation[] = [];
    const problems: Problem[] = [];
    const read = (script: Fragment): readonly Invocation[] => {
      const reading = context.read("shell", script);
      problems.push(...reading.problems.map((problem) => ({ ...problem, fatal: false })));
      return reading.invocations;
    };
    for (const body of recipesOf(text)) {
      const interpreter = /^\s*#!\s*([^\n]+)/.exec(text.slice(body.start, body.end))?.[1];
      if (isShell(interpreter ?? shell))
        invocations.push(...read(scriptOf(fragment, body, interpreter !== undefined)));
    }
    if (isShell(shell)) {
      for (const { index, 0: all, 1: command = "" } of text.matchAll(/^[\w-]+[ \t]*:=[ \t]*`([^`\n]+)`/gm)) {
        const start = index + all.length - 1 - command.length;
        invocations.push(...read(fragment.slice(start, start + command.length)).map(captured));
      }
    }
    for (const { index, 0: all, 1: value = "" } of text.matchAll(STRING)) {
      if (!isCommandLine(value) || !looksLikeCommand(value)) continue;
      const start = index + all.length - 1 - value.length;
      const held = read(fragment.slice(start, start + value.length, withoutEscapes));
      invocations.push(...held.map((invocation) => ({ ...invocation, role: "data" as const })));
    }
    return { invocations, problems };
  },
};

/** A variable that is set to a text without escapes. */
const STRING = /^(?:export[ \t]+)?[A-Za-z_][\w-]*[ \t]*:=[ \t]*["']([^"'\\\n]+)["']/gm;

function withoutEscapes(written: string): string | null {
  return /["'\\\n]/.test(written) ? null : written;
}

/** The indented lines behind `name arguments: dependencies`. */
function recipesOf(text: string): readonly Range[] {
  return Array.from(text.matchAll(RECIPE), ({ index, 0: all, groups }) => {
    const end = index + all.length;
    return { start: end - (groups?.["body"]?.length ?? 0), end };
  });
}

const RECIPE =
  /^@?[A-Za-z_][\w-]*(?:[ \t][^\n:]*)?:(?!=)[^\n]*\n(?<body>(?:[ \t]+\S[^\n]*(?:\n|$)|[ \t]*\n)+)/gm;

/** Without the indentation that just takes away, and without what marks a line as silent. */
function scriptOf(fragment: Fragment, { start, end }: Range, isScript: boolean): Fragment {
  const { text } = fragment;
  const indent = /^(?:[ \t]*\n)*([ \t]+)/.exec(text.slice(start, end))?.[1] ?? "";
  const builder = new PieceBuilder();
  let isContinued = false;
  for (let at = start; at < end;) {
    const next = Math.min(end, text.indexOf("\n", at) + 1 || end);
    const skipped = text.startsWith(indent, at) ? indent.length : 0;
    const marks =
      isScript || isContinued ? 0 : (/^[@-]+/.exec(text.slice(at + skipped, next))?.[0].length ?? 0);
    builder.copy(text, at + skipped + marks, next);
    isContinued = text.slice(at, next).endsWith("\\\n");
    at = next;
  }
  return fragment.child(builder.build((written) => written.replaceAll("\n", `\n${indent}`)));
}
