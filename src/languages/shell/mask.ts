import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { Mask } from "../../text/mask.ts";
import { isZsh, withoutZsh } from "./zsh.ts";

/**
 * A fragment as the shell parser needs it: line ends are `\n`, and what is no shell (template actions, `<placeholders>`)
 * is hidden, though known as holes.
 * @param path of the file: it tells templates of `configure`
 */
export function prepare(fragment: Fragment, path = ""): Fragment {
  const lines = withPlainLineEnds(fragment);
  const plain = isZsh(fragment, path) ? withoutZsh(lines) : lines;
  return withoutPlaceholders(withoutTemplates(path.endsWith(".in") ? withoutSettings(plain) : plain));
}

/** `@KUBECTL@` in a file that `configure` fills in. */
function withoutSettings(fragment: Fragment): Fragment {
  const mask = new Mask(fragment);
  for (const { index, 0: setting } of fragment.text.matchAll(/@[A-Za-z_]\w*@/g)) {
    const range = { start: index, end: index + setting.length };
    if (fragment.holesIn(range).length === 0) mask.fill(range, "any");
  }
  return mask.apply();
}

/** A `\r` would stick to words and break continued lines; a byte order mark would stick to the first word. */
export function withPlainLineEnds(fragment: Fragment): Fragment {
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
