import type { Fragment } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import { MANIFEST_SIGN, readManifest } from "../manifest.ts";
import type { Expression } from "./expression.ts";
import type { Found } from "./found.ts";
import type { Program } from "./program.ts";
import { stringOf } from "./string.ts";
import type { FormatStyle } from "./table.ts";

/** Whether the raw text of a literal may be a manifest that rules have something to say of. */
export function mayHoldManifest(raw: string): boolean {
  return MANIFEST_SIGN.test(raw) && /gadget|\big\b/.test(raw);
}

/** Strings that are whole manifests; nothing else looks into them then. */
export function readManifests(program: Program, root: Fragment, found: Found, context: ReadContext): void {
  for (const node of program.expressions) {
    if (node.kind !== "text" && node.kind !== "sum" && node.kind !== "format") continue;
    const parent = program.parent(node);
    const isPart = parent?.kind === "sum" || (parent?.kind === "format" && parent.text === node);
    const raw = program.code(node.kind === "text" ? node.literal.body : node);
    if (isPart || !mayHoldManifest(raw)) continue;
    const string = stringOf(asFilledIn(node, program), program, root, "any");
    const reading = string === null ? null : readManifest(string.fragment, context);
    if (string === null || reading === null) continue;
    found.used.add(node);
    found.addDocument(reading, string);
  }
}

/** A text that the program keeps under a name, as the format that it is where the name is used (`Sprintf(POD, name)`). */
function asFilledIn(node: Expression, program: Program): Expression {
  const style = node.kind === "format" ? null : styleOf(program.assignmentOf(node)?.name, program);
  return style === null
    ? node
    : { kind: "format", start: node.start, end: node.end, text: node, style, values: [] };
}

function styleOf(name: string | undefined, { expressions, table }: Program): FormatStyle | null {
  for (const node of name === undefined ? [] : expressions) {
    if (node.kind === "format" && isNamed(node.text, name)) return node.style;
    if (node.kind !== "call") continue;
    const method = /\.\w+$/.exec(node.callee)?.[0] ?? "";
    const rule = table.formats.find((format) => {
      if (format.kind === "method") return node.callee === `${name}${method}` && format.name.test(method);
      return (
        format.kind !== "operator" && format.name.test(node.callee) && isNamed(node.args[0]?.value, name)
      );
    });
    if (rule !== undefined) return rule.style;
  }
  return null;
}

function isNamed(node: Expression | undefined, name: string | undefined): boolean {
  return node?.kind === "name" && node.path === name;
}
