import type { Range } from "../../text/edits.ts";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { Mask } from "../../text/mask.ts";

export interface MaskOptions {
  /** The text is a terminal session: lines with a prompt are commands, lines without one are what they printed. */
  readonly session: boolean;
}

/**
 * A fragment as the shell parser needs it: line ends are `\n`, and what is no shell (template actions, `<placeholders>`,
 * prompts) is hidden, though known as holes.
 */
export function prepare(fragment: Fragment, { session }: MaskOptions): Fragment {
  const plain = withPlainLineEnds(fragment);
  const commands = session ? withoutPrompts(plain) : plain;
  return withoutPlaceholders(withoutTemplates(commands));
}

/** A `\r` would stick to words and break continued lines; a byte order mark would stick to the first word. */
function withPlainLineEnds(fragment: Fragment): Fragment {
  const { text } = fragment;
  if (!text.includes("\r") && !text.startsWith("\uFEFF")) return fragment;
  const builder = new PieceBuilder();
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  for (const { index, 0: lineEnd } of text.matchAll(/\r\n?/g)) {
    builder.copy(text, at, index);
    at = index + lineEnd.length;
    builder.escape("\n", index, at);
  }
  builder.copy(text, at, text.length);
  const lineEnd = /\r\n?/.exec(text)?.[0] ?? "\n";
  return fragment.child(builder.build((written) => written.replaceAll("\n", lineEnd)));
}

/** `{{ ... }}` with strings and comments, `${{ ... }}` of GitHub, `{% ... %}` of Jinja; each on one line. */
const TEMPLATE =
  /\$?\{\{(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|\}(?!\})|[^\n"'`}])*\}\}|\$?\{\{[^\n{}]*\}\}|\{%[^\n]*?%\}/g;
/** Actions that print nothing, or whose text is none of this command's words. */
const CONTROL =
  /^\{(?:%|\{-?\s*(?:\/\*|(?:if|else|end|range|with|define|block|break|continue)\b|\$\w+(?:,\s*\$\w+)?\s*:?=))/;

function withoutTemplates(fragment: Fragment): Fragment {
  if (!/\{[{%]/.test(fragment.text)) return fragment;
  const mask = new Mask(fragment);
  for (const { index, 0: action } of fragment.text.matchAll(TEMPLATE)) {
    const range = { start: index, end: index + action.length };
    if (fragment.holesIn(range).length > 0) continue;
    if (CONTROL.test(action)) mask.blank(range);
    else mask.fill(range, "any");
  }
  return mask.apply();
}

/** `<name>`, `<pod name>`, `<a|b>`: to a shell these are redirects that swallow the words around them. */
const PLACEHOLDER = /(?<!<)<(\p{L}(?:[\p{L}\p{N} _.:,/@|*-]*[\p{L}\p{N}_.*-])?)>/gu;

function withoutPlaceholders(fragment: Fragment): Fragment {
  const { text } = fragment;
  if (!text.includes("<")) return fragment;
  const mask = new Mask(fragment);
  for (const { index, 0: all, 1: name = "" } of text.matchAll(PLACEHOLDER)) {
    const range = { start: index, end: index + all.length };
    const isHidden = fragment.holesIn(range).length > 0;
    if (!isHidden && !readsAsRedirects(name, text.slice(range.end))) mask.fill(range, "one");
  }
  return mask.apply();
}

/** `sort <in >>out`, `cat <in 2>log`, `sort <in -u>out`, `cmd <in>/dev/null`, `cat <a | grep x>out`. */
function readsAsRedirects(name: string, behind: string): boolean {
  if (/^(?:[>&(]|\/dev\/)/.test(behind) || / \||\| |\s\d+$/.test(name)) return true;
  return name.includes(" ") && /^[\w$./~"'-]/.test(behind);
}

/** `$ `, `# `, `root@node:~# `, `[user@host dir]$ `, `/ # `, `bash-5.1# `. */
const PROMPT =
  /^[ \t]*(?:\[[^\]\n]+\]|\([\w.-]+\)|[\w.-]+@[\w.-]+(?::[^\s$#%]*)?|[\w.-]+(?::[^\s$#%]*)?|~|\/[\w./-]*)?[ \t]?[$#%][ \t]+(?=\S)/;

function withoutPrompts(fragment: Fragment): Fragment {
  const lines = linesOf(fragment.text);
  if (!lines.some(({ start, end }) => PROMPT.test(fragment.text.slice(start, end)))) return fragment;
  const mask = new Mask(fragment);
  let continued = false;
  for (const { start, end } of lines) {
    const line = fragment.text.slice(start, end);
    const prompt: string | undefined = (continued ? /^[ \t]*>[ \t]/ : PROMPT).exec(line)?.[0];
    const isCommand: boolean = continued || prompt !== undefined;
    mask.blank({ start, end: isCommand ? start + (prompt?.length ?? 0) : end });
    continued = isCommand && /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
  }
  return mask.apply();
}

/** The lines of a text, without their ends. */
function linesOf(text: string): readonly Range[] {
  const lines: Range[] = [];
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}
