import { isMap, isScalar, type Scalar, type YAMLMap } from "yaml";
import type { Implied, Word } from "../../commands/command.ts";
import type { Fields, YamlDocument } from "./document.ts";
import { imageWord } from "./image-word.ts";

/** What runs the words of a container that names no program. */
type Image = Extract<Implied, { image: string }>;

/** The image of a container: one text, or its parts as values files have them. Null when the mapping names none. */
export function imageOf(map: YAMLMap.Parsed, fields: Fields, document: YamlDocument): Image | null {
  const value = fields.get("image");
  const node = document.resolve(value);
  const isOwn = node !== null && node === value && map.items.some((item) => item.value === value);
  if (isScalar(node)) {
    const image = codeOf(node, document);
    return { image, ...wordOf(image, isOwn ? node : null, "reference", document) };
  }
  return isMap(node) ? imageOfParts(node, isOwn, document) : null;
}

function imageOfParts(node: YAMLMap.Parsed, isOwn: boolean, document: YamlDocument): Image | null {
  const parts = document.fields(node);
  const part = (name: string): string => {
    const scalar = document.resolve(parts.get(name));
    return isScalar(scalar) ? codeOf(scalar, document) : "";
  };
  const name = part("repository") || part("name");
  if (name === "") return null;
  const registry = part("registry");
  const tag = part("tag");
  const image = `${registry && `${registry}/`}${name}${tag && `:${tag}`}`;
  const holder = parts.get("tag");
  const isTagOwn = isOwn && node.anchor === undefined && isScalar(holder);
  return { image, ...wordOf(image, isTagOwn ? holder : null, "tag", document) };
}

/** @param node null where a change would reach other containers too */
function wordOf(
  image: string,
  node: Scalar.Parsed | null,
  holds: "reference" | "tag",
  document: YamlDocument,
): { readonly word?: Word } {
  const text = node === null || node.anchor !== undefined ? null : document.text(node);
  return text === null || text.holes.length > 0 ? {} : { word: imageWord(image, text, holds) };
}

function codeOf(node: Scalar.Parsed, document: YamlDocument): string {
  const inside = document.text(node);
  return inside === null ? node.source : inside.code({ start: 0, end: inside.text.length });
}
