import { Fragment, type Hole } from "../text/fragment.ts";
import { TEMPLATE_EXTENSIONS } from "./names.ts";

/**
 * A file as the language inside of it reads it: where the name says that it is a template (`unit.service.j2`), values that
 * are filled in are letters, and what only controls the template is blank. Both stay known as holes. Go templates of YAML
 * and shell are left as they are: those languages read them with more care.
 * @param path its last extension tells the kind of template
 */
export function openTemplate(path: string, language: string, text: string): Fragment {
  const kind = TEMPLATE_EXTENSIONS.get(path.slice(path.lastIndexOf(".") + 1).toLowerCase());
  const pattern = kind === undefined || kind === "copy" ? undefined : ACTIONS[kind];
  const isOwn = kind === "go" && (language === "helm" || language === "shell");
  if (pattern === undefined || isOwn) return Fragment.of(text);
  return masked(text, pattern);
}

/** Group `value` is there where an action prints something. */
const ACTIONS = {
  go: /\{\{-?\s*(?:(?:\/\*|(?:if|else|end|range|with|define|block|break|continue)\b|\$\w+\s*:?=)|(?<value>))(?:[^}\n]|\}(?!\}))*\}\}/g,
  jinja: /\{\{(?<value>(?:[^}\n]|\}(?!\}))*)\}\}|\{%[^]*?%\}|\{#[^]*?#\}/g,
  erb: /<%(?:=(?<value>[^]*?)|[^=][^]*?)%>/g,
  configure: /@(?<value>[A-Za-z_]\w*)@/g,
} as const;

function masked(text: string, pattern: RegExp): Fragment {
  const holes: Hole[] = [];
  let result = "";
  let at = 0;
  for (const { index: start, 0: code, groups } of text.matchAll(pattern)) {
    const end = start + code.length;
    holes.push({ start, end, code, words: "any" });
    const filler = groups?.["value"] === undefined ? blanks(code, text, start, end) : "x".repeat(code.length);
    result += text.slice(at, start) + filler;
    at = end;
  }
  return holes.length === 0 ? Fragment.of(text) : Fragment.of(text, result + text.slice(at), holes);
}

/** A line of control alone must neither end the command that goes on around it, nor indent anything. */
function blanks(code: string, text: string, start: number, end: number): string {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const isAlone = before.trim() === "" && /^[ \t]*(?:\r?\n|$)/.test(text.slice(end, end + 200));
  const isContinued = isAlone && /\\\r?\n$/.test(text.slice(0, start - before.length));
  if (isContinued) return code.replace(/[^\n]/g, " ").replace(/.$/, "\\");
  return code.replace(/[^\n]/g, isAlone ? "\n" : " ");
}
