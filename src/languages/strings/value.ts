import type { Value } from "../../commands/command.ts";
import { stretchValue } from "../../commands/stretch-value.ts";
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
  return string === null
    ? opaque()
    : stretchValue(string.fragment, { start: 0, end: string.fragment.text.length });
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
