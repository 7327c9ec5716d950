import { isAlias, isMap, isScalar, type CST, type ParsedNode, type Scalar } from "yaml";
import type { Dynamic, Value } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { expressionsIn } from "./expressions.ts";
import type { KnownValues } from "./known.ts";
import { scalarFragment } from "./scalar.ts";

/** How a scalar on one line is quoted. */
export type Quoting = "plain" | "single" | "double";

/** An item of a sequence that is a command, as one word of it. Offsets are of the document's text. */
export interface Item {
  /** The dash of a block sequence's item; in flow style the item itself. */
  readonly mark: number;
  /** The whole item: tag and anchor included, the line end of a block scalar not. */
  readonly start: number;
  readonly end: number;
  /** What a new value replaces. */
  readonly word: Range;
  readonly value: Value;
  readonly inside: Fragment | null;
  readonly style: Quoting | null;
  /** Aliases elsewhere may need it as it is. */
  readonly anchored: boolean;
}

/** What the parser says of an item: its node, what that is or stands for, what stands before it. */
export interface ParsedItem {
  readonly node: ParsedNode;
  readonly target: ParsedNode;
  readonly props: readonly CST.SourceToken[];
  readonly flow: boolean;
  readonly known: KnownValues;
}

export function itemOf(document: Fragment, item: ParsedItem): Item {
  const { target } = item;
  if (isText(target)) return textItem(document, item, target);
  return quotedItem(document, item) ?? unreadItem(document, item);
}

function textItem(document: Fragment, { node, props, flow, known }: ParsedItem, target: Scalar.Parsed): Item {
  const frame = frameOf(document, node, props);
  const whole = { start: frame.start, end: frame.end };
  const isTagged = props.some(({ type, source }) => type === "tag" && !source.startsWith("!!"));
  const inside = isTagged ? null : scalarFragment(document, target, flow && !isAlias(node));
  return {
    ...frame,
    word: isTagged ? whole : { start: node.range[0], end: frame.end },
    value: isTagged
      ? [{ code: document.code(whole), words: "one" }]
      : scalarValue(document, target, inside, known),
    inside: isAlias(node) ? null : inside,
    style: styleOf(node),
  };
}

/** `{ "value": "exec", "quoting": "strong" }`, an argument of a task in an editor. */
function quotedItem(document: Fragment, { node, props, known }: ParsedItem): Item | null {
  if (!isMap(node) || !node.has("quoting")) return null;
  const target = node.items.find(({ key }) => isScalar(key) && key.value === "value")?.value;
  if (target == null || !isText(target)) return null;
  const inside = scalarFragment(document, target, true);
  return {
    ...frameOf(document, node, props),
    word: { start: target.range[0], end: target.range[1] },
    value: scalarValue(document, target, inside, known),
    inside,
    style: styleOf(target),
  };
}

/** A mapping, a list or nothing in the place of a word. */
function unreadItem(document: Fragment, { node, props }: ParsedItem): Item {
  const frame = frameOf(document, node, props);
  const word = { start: frame.start, end: frame.end };
  const code = document.code(word).trim().replace(/\s+/g, " ");
  return { ...frame, word, value: [{ code, words: "any" }], inside: null, style: null };
}

/** Where an item stands, with the tag and the anchor before it. */
function frameOf(
  document: Fragment,
  node: ParsedNode,
  before: readonly CST.SourceToken[],
): Pick<Item, "mark" | "start" | "end" | "anchored"> {
  const dash = before.find(({ type }) => type === "seq-item-ind")?.offset;
  const props = before.filter(({ type }) => type === "tag" || type === "anchor");
  const start = props[0]?.offset ?? node.range[0];
  const end = trimLineEnd(document.text, node.range[1]);
  return { mark: dash ?? start, start, end, anchored: props.some(({ type }) => type === "anchor") };
}

function trimLineEnd(text: string, end: number): number {
  const { length } = /\r?\n$/.exec(text.slice(Math.max(0, end - 2), end))?.[0] ?? "";
  return end - length;
}

/** Whether a scalar has text of its own: not the empty place behind a dash. */
function isText(node: ParsedNode): node is Scalar.Parsed {
  return isScalar(node) && node.srcToken !== undefined && (node.type !== "PLAIN" || node.source !== "");
}

function styleOf(node: ParsedNode): Quoting | null {
  if (!isScalar(node)) return null;
  if (node.type === "PLAIN") return "plain";
  if (node.type === "QUOTE_SINGLE") return "single";
  return node.type === "QUOTE_DOUBLE" ? "double" : null;
}

/** The value of a scalar: its text, with what is filled in later as dynamic parts. */
function scalarValue(
  document: Fragment,
  node: Scalar.Parsed,
  inside: Fragment | null,
  knownValues: KnownValues,
): Value {
  if (inside === null) {
    const [start, end] = node.range;
    if (document.holesIn({ start, end }).length > 0)
      return [{ code: document.code({ start, end }), words: "one" }];
    return node.source === "" ? [] : [node.source];
  }
  const parts: (string | Dynamic)[] = [];
  let at = 0;
  for (const { start, end, code, words, known } of expressionsIn(inside, knownValues)) {
    if (start > at) parts.push(inside.text.slice(at, start));
    const isWhole = end - start === inside.text.length;
    parts.push({ code, words: isWhole ? words : "one", ...(known === undefined ? {} : { known }) });
    at = end;
  }
  if (at < inside.text.length) parts.push(inside.text.slice(at));
  return parts;
}
