import { constantText } from "../../jq/strings.ts";
import type { JqNode } from "../../jq/tree.ts";
import type { Range } from "../../text/edits.ts";
import { type Constant, convertConstant, seesNull } from "../compare.ts";
import { type JsonPath, textOf } from "../json-paths.ts";
import { OTHER, type Shapes } from "../shapes.ts";
import { findPath } from "./paths.ts";
import type { Env, Reader } from "./reader.ts";
import { noteOmitted, noteWholeEvent, readValue } from "./values.ts";

/** A value of an event beside a constant. */
interface Comparison {
  readonly operator: string;
  /** Null: there is none that could be turned around. */
  readonly operatorRange: Range | null;
  readonly constant: Constant;
  readonly where: Range;
  /** Whether the constant stands on the right. */
  readonly isRight: boolean;
}

export function readComparison(
  reader: Reader,
  node: JqNode & { readonly kind: "binary" },
  input: Shapes,
  env: Env,
): Shapes {
  const a = constantOf(node.left);
  const b = constantOf(node.right);
  if (a === null && b === null) {
    return readValue(reader, [...reader.run(node.left, input, env), ...reader.run(node.right, input, env)]);
  }
  const [side, constant, where] = b !== null ? [node.left, b, node.right] : [node.right, a, node.left];
  const leaves = reader.run(side, input, env);
  if (constant === null) return [OTHER];
  for (const leaf of leaves) {
    if (leaf.kind === "event") {
      compareWith(reader, leaf.path, { ...node, constant, where, isRight: b !== null });
    } else readValue(reader, [leaf]);
  }
  return [OTHER];
}

function compareWith(
  reader: Reader,
  path: JsonPath,
  { operator, operatorRange, constant, where, isRight }: Comparison,
): void {
  if (path.length === 0) {
    noteWholeEvent(reader, operator);
    return;
  }
  const found = findPath(reader, path);
  const compared = found === null ? null : convertConstant(constant, operator, found);
  if (compared === null) {
    readValue(reader, [{ kind: "event", path, extra: [] }]);
  } else {
    reader.decisions.settle(
      where,
      compared.text === null ? [] : [{ start: where.start, end: where.end, text: compared.text }],
    );
    if (operatorRange !== null) {
      const isKept = compared.operator === operator;
      reader.decisions.settle(operatorRange, isKept ? [] : [{ ...operatorRange, text: compared.operator }]);
    }
  }
  if (found !== null && seesNull(constant, operator, found, isRight))
    noteOmitted(reader, path, `.${textOf(path)}`);
}

export function readMembership(reader: Reader, list: JqNode, input: Shapes, env: Env): Shapes {
  const items: readonly JqNode[] = listed(list);
  for (const shape of input) {
    for (const item of items) {
      const constant = constantOf(item);
      if (shape.kind !== "event" || constant === null)
        readValue(reader, [shape, ...reader.run(item, input, env)]);
      else {
        compareWith(reader, shape.path, {
          operator: "==",
          operatorRange: null,
          constant,
          where: item,
          isRight: true,
        });
      }
    }
  }
  return [OTHER];
}

/** The constant that a node is, as a comparison sees it. */
function constantOf(node: JqNode): Constant | null {
  switch (node.kind) {
    case "group":
      return constantOf(node.body);
    case "literal":
      return { value: node.value };
    case "negate": {
      const inner = constantOf(node.body);
      return typeof inner?.value === "number" ? { value: -inner.value } : null;
    }
    case "string": {
      const text = constantText(node);
      return text === null ? null : { value: text };
    }
    default:
      return null;
  }
}

function listed(node: JqNode): readonly JqNode[] {
  if (node.kind === "group") return listed(node.body);
  return node.kind === "comma" ? [...listed(node.left), ...listed(node.right)] : [node];
}
