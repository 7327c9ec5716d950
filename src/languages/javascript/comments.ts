import type { Range } from "../../text/edits.ts";
import type { Block } from "./model.ts";

/** The comments of a program: what looks like one outside of its strings, templates and texts of JSX. */
export function commentsIn(text: string, tree: Block): readonly Range[] {
  let code = text;
  for (const { start, end } of textsIn(tree)) {
    code = code.slice(0, start) + " ".repeat(end - start) + code.slice(end);
  }
  return Array.from(code.matchAll(/\/\/[^\r\n]*|\/\*[^]*?\*\//g), ({ index, 0: comment }) => ({
    start: index,
    end: index + comment.length,
  }));
}

/** The stretches of raw text in all literals. */
function textsIn(tree: unknown): readonly Range[] {
  const found: Range[] = [];
  const open: unknown[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== "object" || node === null) continue;
    if ("kind" in node && node.kind === "text" && "parts" in node && Array.isArray(node.parts)) {
      const parts: readonly unknown[] = node.parts;
      found.push(...parts.filter(isStretch));
    }
    open.push(...(Object.values(node) as unknown[]));
  }
  return found;
}

function isStretch(part: unknown): part is Range {
  return typeof part === "object" && part !== null && "start" in part && !("kind" in part);
}
