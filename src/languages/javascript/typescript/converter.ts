import { ts } from "ts-morph";
import type { Range } from "../../../text/edits.ts";
import type { Block, Node } from "../model.ts";
import { declarationOf } from "./declarations.ts";
import { literalOf } from "./literals.ts";
import { operationOf } from "./operations.ts";
import { statementOf } from "./statements.ts";

/** Turns a file as TypeScript sees it into our own tree. */
export function fromTypeScript(file: ts.SourceFile): Block {
  const converter = new Converter(file);
  return { kind: "block", ...converter.range(file), body: converter.all(file.statements) };
}

/** What each kind of node is turned with. */
export class Converter {
  constructor(readonly file: ts.SourceFile) {}

  range(node: ts.Node): Range {
    return { start: node.getStart(this.file), end: node.end };
  }

  all(nodes: Iterable<ts.Node> | undefined): readonly Node[] {
    return [...(nodes ?? [])].flatMap((node) => this.#convert(node) ?? []);
  }

  /** Never null: a type in the place of an expression becomes nothing of interest. */
  expression(node: ts.Node): Node {
    return this.#convert(node) ?? { kind: "other", ...this.range(node), body: [] };
  }

  optional(node: ts.Node | undefined): Node | null {
    return node === undefined ? null : this.expression(node);
  }

  #convert(node: ts.Node): Node | null {
    if (isType(node)) return null;
    const range = this.range(node);
    return (
      literalOf(this, node, range) ??
      operationOf(this, node, range) ??
      declarationOf(this, node, range) ??
      statementOf(this, node, range)
    );
  }
}

function isType(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeParameterDeclaration(node)
  );
}
