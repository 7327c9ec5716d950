import type { Dynamic, Value } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Expression } from "./expression.ts";
import type { Program } from "./program.ts";
import { stringOf } from "./string.ts";
import type { LanguageTable } from "./table.ts";

/** What an expression means as one word. */
export function valueOf(node: Expression, program: Program, root: Fragment): Value {
  const opaque = (): Value => {
    const known = program.known(node);
    return [
      {
        code: embedded(program.code(node), program.table),
        words: "one",
        ...(known === undefined ? {} : { known }),
      },
    ];
  };
  if (node.kind !== "text" && node.kind !== "sum" && node.kind !== "format") return opaque();
  const string = stringOf(node, program, root, "one");
  return string === null ? opaque() : partsOf(string.fragment, 0, string.fragment.text.length);
}

/** The text of a stretch, with the values in it. */
function partsOf(fragment: Fragment, start: number, end: number): Value {
  const value: (string | Dynamic)[] = [];
  let at = start;
  for (const { start: from, end: to, ...hole } of fragment.holesIn({ start, end })) {
    if (from > at) value.push(fragment.text.slice(at, from));
    value.push(hole);
    at = to;
  }
  if (at < end) value.push(fragment.text.slice(at, end));
  return value;
}

/** An expression as it stands in the middle of a text: `{ns}`, `" + ns + "`. */
export function embedded(code: string, { embed }: LanguageTable): string {
  if (embed === null) return code;
  if (embed.kind === "sum") return `" ${embed.operator} ${code} ${embed.operator} "`;
  switch (embed.interpolation) {
    case "braces":
      return `{${code}}`;
    case "hash":
      return `#{${code}}`;
    case "php":
      return `{${code}}`;
    case "dollar":
    case "dollar-braces":
      return `\${${code}}`;
  }
}
