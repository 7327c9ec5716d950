import type { Range } from "../../text/edits.ts";
import type { Expression, Name } from "./expression.ts";
import type { LanguageTable } from "./table.ts";

/*
 * What stands around the name of a list and may change the list: by its index, by an operator, by a function that it is
 * given to.
 */

/** Methods that leave a list as it is. */
export const READS =
  /^(?:join\w*|len(?:gth)?|size|count|index\w*|to_?(?:vec|s|a|str|string|list|array|typed_?array|h)|copy|clone|dup|freeze|iter|into_iter|as_?(?:slice|ref|deref|list|sequence)|slice|map|filter|for_?each\w*|each\w*|get\w*|contains|includes?|is_?empty|empty|any|all|some|every|find\w*|first|last|stream|inspect|format|split\w*|strip|trim|equals|hash_?code|entries|values|keys|reduce|fold)$/i;

/** Functions that change a list which they are given. */
const CHANGES =
  /insert|push|append|prepend|add|extend|unshift|shift|splice|remove|delete|pop|sort|reverse|fill/i;
/** Those of them that make a new one. */
const COPIES = /^(?:append|sorted|reversed|array_merge|array_slice|array_reverse|slices\.Concat)$/;

/** `moves`: the places of its words may change; `adds`: it may get more words; `reads`: it stays as it is. */
export type Touch = "moves" | "adds" | "reads";

export function touchOf(
  node: Name,
  parent: Expression | null,
  { text, table }: { readonly text: string; readonly table: LanguageTable },
): Touch {
  const before = text.slice(Math.max(0, node.start - 8), node.start);
  const after = text.slice(node.end, node.end + 200);
  if (/^\s*\[\s*\]\s*=(?!=)/.test(after)) return "adds";
  if (/^\s*\[[^\]\n]*\]\s*[-+.]?=(?!=)/.test(after)) return addsAtEnd(after, node) ? "adds" : "moves";
  if (/\b(?:del|unset\()\s*$/.test(before)) return "moves";
  if (/^\s*<<(?!=)/.test(after)) return "adds";
  if (/(?:&mut|\bref|\bout)\s+$/.test(before)) return "adds";
  if (before.endsWith("&") && (table.id === "go" || table.id === "php")) return "adds";
  if (parent?.kind !== "call" || parent.object === node || table.displays.test(parent.callee)) return "reads";
  const name = /[\w.]*$/.exec(parent.callee)?.[0] ?? "";
  return CHANGES.test(name) && !COPIES.test(name) ? "adds" : "reads";
}

/** `args[#args + 1] = ...` of Lua. */
function addsAtEnd(after: string, { path }: Name): boolean {
  return /^\s*\[\s*#([\w.]+)\s*\+\s*1\s*\]/.exec(after)?.[1] === path;
}

/** From a name to the end of its line. */
export function statementFrom({ start }: Range, text: string): Range {
  const line = /^[^\n]*/.exec(text.slice(start))?.[0] ?? "";
  return { start, end: start + line.replace(/[\s;]+$/, "").length };
}
