import type { Range } from "../../text/edits.ts";

/** A node of ESTree, of any parser that ESLint can use. */
export interface EsNode {
  readonly type: string;
  readonly range: readonly [number, number];
  readonly [key: string]: unknown;
}

/** The names of the properties of each type of node that hold nodes. */
export type VisitorKeys = Readonly<Record<string, readonly string[] | undefined>>;

export function isEsNode(value: unknown): value is EsNode {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}

export function nodeIn(node: EsNode, key: string): EsNode | null {
  const value = node[key];
  return isEsNode(value) ? value : null;
}

export function nodesIn(node: EsNode | null, key: string): readonly EsNode[] {
  const value = node?.[key];
  return Array.isArray(value) ? value.filter(isEsNode) : [];
}

export function rangeOf({ range: [start, end] }: EsNode): Range {
  return { start, end };
}

/** The name of an identifier, or the value of a key that is a string or a number. */
export function nameOf(node: EsNode): string {
  const name = node["name"] ?? node["value"];
  return typeof name === "string" || typeof name === "number" ? String(name) : "";
}

/** The name of a property, with `#` when it is private. */
export function keyOf(node: EsNode): string {
  return node.type === "PrivateIdentifier" ? `#${nameOf(node)}` : nameOf(node);
}

export function textOf(node: EsNode | null): string {
  const value = node?.["value"];
  return typeof value === "string" ? value : "";
}
