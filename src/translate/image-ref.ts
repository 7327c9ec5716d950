import { literal, type Value } from "../commands/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { commandsBelow, commandTree, type SpelledGadget } from "./old-commands.ts";
import type { ProgramId, TranslateOptions } from "./translation.ts";

/** Where Inspektor Gadget publishes its gadget images; a name without a slash stands for one of these. */
const OFFICIAL = "ghcr.io/inspektor-gadget/gadget";

/**
 * How a gadget image is written for `run`.
 * @param name the image's name, which may be partly dynamic (`trace_$1`)
 */
export function writeImage(
  name: Value,
  options: Pick<TranslateOptions, "tag" | "imageStyle" | "registry" | "digestOf">,
): Value {
  const { tag, imageStyle, registry } = options;
  const place = registry ?? (imageStyle === "full" ? OFFICIAL : null);
  const path = [...(place === null ? [] : [`${place.replace(/\/+$/, "")}/`]), ...name];
  return withDigest(joined([...path, ":", ...tag]), options);
}

/** Whether a reference says which of its images it means: by digest, or by a tag that is not moved. */
export function isPinned(reference: string): boolean {
  return reference.includes("@") || /:(?!(?:latest|main)$)[^/:]+$/.test(reference);
}

/** The image with the digest of its tag behind it, where images are pinned so and the whole reference is known. */
export function withDigest(image: Value, { digestOf }: Pick<TranslateOptions, "digestOf">): Value {
  const text = literal(image);
  if (digestOf === undefined || text === null) return image;
  const digest = digestOf(text.includes("/") ? text : `${OFFICIAL}/${text}`);
  return digest === null ? image : [`${text}@${digest}`];
}

/**
 * A value with neighbouring literal parts made one, and empty ones left out. A name that the text behind it would grow
 * gets braces: `$N` before `s` is `${N}`.
 */
export function joined(parts: Value): Value {
  const result: Value[number][] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part === "") continue;
    if (typeof part === "string" && typeof last === "string") {
      result[result.length - 1] = last + part;
      continue;
    }
    if (typeof part === "string" && typeof last === "object" && /^\w/.test(part)) {
      result[result.length - 1] = { ...last, code: last.code.replace(/^\$(\w+)$/, "${$1}") };
    }
    result.push(part);
  }
  return result;
}

/**
 * The gadget that the announcement of image-based gadgets calls so (`ghcr.io/inspektor-gadget/gadget-trace-exec:latest`),
 * or that its real image belongs to (`trace_exec`).
 */
export function announcedGadget(
  reference: string,
  program: ProgramId,
  knowledge: Knowledge,
): SpelledGadget | null {
  const name = plain(imageName(reference).replace(/^gadget-/, ""));
  const nodes = [...commandsBelow(commandTree(program, knowledge))];
  const byWords = nodes.find(({ words, node }) => node.gadgets.length > 0 && plain(words.join("")) === name);
  const all = nodes.flatMap(({ node }) => node.gadgets);
  const byImage = all.find(({ gadget }) => gadget.to.some(({ image }) => plain(image ?? "") === name));
  return byWords?.node.gadgets[0] ?? byImage ?? null;
}

/** The last part of an image reference, without tag and digest. */
function imageName(reference: string): string {
  const path = reference.replace(/@.*$/, "");
  return path.slice(path.lastIndexOf("/") + 1).replace(/:.*$/, "");
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
