/** An element of an XML document; one with children has no text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children?: readonly Element[];
  readonly text?: string;
}

/** The document as text, indented, that ends with a newline. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, "")}`;
}

function written({ name, attributes, children = [], text = "" }: Element, indent: string): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const open = `${indent}<${name}${pairs.join("")}`;
  if (children.length === 0 && text === "") return `${open}/>\n`;
  if (children.length === 0) return `${open}>${escapeXml(text, /[&<>\r]/g)}</${name}>\n`;
  const inner = children.map((child) => written(child, `${indent}  `)).join("");
  return `${open}>\n${inner}${indent}</${name}>\n`;
}

/** What XML 1.0 cannot hold at all becomes the replacement character. */
const IMPOSSIBLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** @param special what an attribute cannot hold as it is; less in the text of an element */
function escapeXml(text: string, special = /[&<>"\t\n\r]/g): string {
  return text.replace(IMPOSSIBLE, "\ufffd").replace(special, (unit) => ENTITIES[unit] ?? unit);
}
