import type { Block, Node } from "../../languages/javascript/model.ts";
import { declarationOf } from "./declarations.ts";
import { literalOf } from "./literals.ts";
import { type EsNode, nodeIn, nodesIn, rangeOf, type VisitorKeys } from "./node.ts";
import { operationOf } from "./operations.ts";
import { statementOf } from "./statements.ts";

/** Turns a program as ESLint sees it into our own tree; ranges are of `text`. */
export function fromEstree(program: EsNode, text: string, keys: VisitorKeys): Block {
  const body = new Converter(text, keys).all(nodesIn(program, "body"));
  return { kind: "block", ...rangeOf(program), body };
}

/** What each kind of node is turned with. */
export class Converter {
  readonly text: string;
  readonly keys: VisitorKeys;

  constructor(text: string, keys: VisitorKeys) {
    this.text = text;
    this.keys = keys;
  }

  all(nodes: readonly (EsNode | null)[]): readonly Node[] {
    return nodes.flatMap((node) => (node === null ? [] : (this.#convert(node) ?? [])));
  }

  /** Never null: a type in the place of an expression becomes nothing of interest. */
  expression(node: EsNode): Node {
    return this.#convert(node) ?? { kind: "other", ...rangeOf(node), body: [] };
  }

  optional(node: EsNode | null): Node | null {
    return node === null ? null : this.expression(node);
  }

  child(node: EsNode, key: string): Node {
    const child = nodeIn(node, key);
    return child === null ? { kind: "other", ...rangeOf(node), body: [] } : this.expression(child);
  }

  #convert(node: EsNode): Node | null {
    return (
      literalOf(node, this) ?? operationOf(node, this) ?? declarationOf(node, this) ?? statementOf(node, this)
    );
  }
}
