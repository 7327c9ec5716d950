import { overlaps, type Range } from "../../text/edits.ts";

/**
 * What an action does to the text around it: `value` prints, `silent` only assigns, `open` (`if`, `range`, `with`,
 * `define`, `block`), `else` and `end` choose what is printed.
 */
type ActionKind = "value" | "silent" | "comment" | "open" | "else" | "end";

/** `{{ ... }}` of a Go template; `[start, end)` with its braces. */
export interface Action extends Range {
  readonly kind: ActionKind;
  /** Its text without braces, trim marks and blanks. */
  readonly body: string;
}

interface Actions {
  readonly actions: readonly Action[];
  /** Where the first action begins that is not closed; it is taken to end with its line. */
  readonly unclosed: number | null;
}

/**
 * What a template has filled in before it is a template: `%VERSION%` and `@VERSION@`, where a value of YAML may not begin
 * with them. It prints like any action.
 */
const PLACEHOLDER = /(?<=[:-][ \t]+)(?:%[A-Z][A-Z0-9_]+%|@[A-Za-z_]\w*@)/g;

/** All actions of a template in order. Strings, raw strings and comments in them may hold braces. */
export function actionsOf(text: string): Actions {
  const { actions, unclosed } = bracesOf(text);
  const placeholders = Array.from(text.matchAll(PLACEHOLDER), ({ index: start, 0: body }): Action => {
    return { start, end: start + body.length, body, kind: "value" };
  }).filter((one) => !actions.some((action) => overlaps(action, one)));
  if (placeholders.length === 0) return { actions, unclosed };
  return { actions: [...actions, ...placeholders].sort((a, b) => a.start - b.start), unclosed };
}

function bracesOf(text: string): Actions {
  const actions: Action[] = [];
  let unclosed: number | null = null;
  for (let start = text.indexOf("{{"); start !== -1;) {
    const closed = endOfAction(text, start + 2);
    const end = closed ?? lineEndAfter(text, start);
    if (closed === null) {
      unclosed ??= start;
      actions.push({ start, end, body: "", kind: "value" });
    } else {
      const body = text.slice(start + 2, end - 2).replace(/^-(?=\s)|(?<=\s)-$/g, "");
      actions.push({ start, end, body: body.trim(), kind: kindOf(body.trim()) });
    }
    start = text.indexOf("{{", end);
  }
  return { actions, unclosed };
}

function lineEndAfter(text: string, offset: number): number {
  const found = text.slice(offset).search(/\r?\n/);
  return found === -1 ? text.length : offset + found;
}

/** Comments end with their own mark; else strings, characters and raw strings are passed over. No action is in another. */
const TOKEN = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\}\}|\{\{/gs;

function endOfAction(text: string, from: number): number | null {
  const comment = /-?\s*\/\*/y;
  comment.lastIndex = from;
  if (comment.test(text)) {
    const close = /\*\/\s*-?\}\}/g;
    close.lastIndex = comment.lastIndex;
    return close.test(text) ? close.lastIndex : null;
  }
  TOKEN.lastIndex = from;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    if (token[0] === "}}") return TOKEN.lastIndex;
    if (token[0] === "{{") return null;
  }
  return null;
}

function kindOf(body: string): ActionKind {
  if (body.startsWith("/*")) return "comment";
  const word = /^[a-z]+\b/.exec(body)?.[0] ?? "";
  if (/^(?:if|range|with|define|block)$/.test(word)) return "open";
  if (word === "else" || word === "end") return word;
  const isSilent = word === "break" || word === "continue" || /^\$\w*(?:\s*,\s*\$\w+)?\s*:?=/.test(body);
  return isSilent ? "silent" : "value";
}

/** The literal strings in an action. */
export function stringsOf({ body }: Action): readonly string[] {
  if (body.startsWith("/*")) return [];
  return [...body.matchAll(/"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/g)].map(([, quoted, raw]) => quoted ?? raw ?? "");
}
