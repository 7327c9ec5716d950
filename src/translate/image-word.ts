import { constantOf, type Dynamic, type Value } from "../commands/command.ts";
import { joined, withDigest } from "./image-ref.ts";
import { fromHoles, HOLE, withHoles } from "./holes.ts";
import type { TranslateOptions } from "./translation.ts";

/** What the word that names an image says. */
export interface ImageWord {
  /** Registry, folders and name; `HOLE` where they are known only at run time. */
  readonly path: string;
  /** The last part of the path; null where it is known only at run time. */
  readonly name: string | null;
  /** Whether Inspektor Gadget publishes it, if it is there at all. */
  readonly isOfficial: boolean;
  /** Null: none. `HOLE` where it is known only at run time. */
  readonly tag: string | null;
  readonly hasDigest: boolean;
  /** False: the text comes from a constant, so that it cannot be changed in this word. */
  readonly isHere: boolean;
}

/** Tags that stand for whatever was published last (upstream pushes `main` with each commit, `latest` with each release). */
const FLOATING = ["latest", "main"];

/** What `run` makes of names (pkg/oci, normalizeImageName). */
const OFFICIAL = ["ghcr.io/", "ghcr.io/inspektor-gadget/gadget/", "inspektor-gadget/gadget/"];

/**
 * Takes an image word apart.
 * @param registry registry and path that stand for the official ones, if any
 */
export function readImage(value: Value, registry?: string): ImageWord {
  const constant = constantOf(value);
  const text = constant ?? withHoles(value);
  const [reference = "", digest] = text.split(/@(.*)/s);
  const [, path = reference, tag = null] = /^(.*):([^/:]*)$/s.exec(reference) ?? [];
  const name = path.slice(path.lastIndexOf("/") + 1);
  const places = registry === undefined ? OFFICIAL : [...OFFICIAL, `${registry.replace(/\/+$/, "")}/`];
  return {
    path,
    name: name.includes(HOLE) ? null : name,
    isOfficial: path === name || places.some((place) => path === `${place}${name}`),
    tag,
    hasDigest: digest !== undefined,
    isHere: constant === null,
  };
}

/** Whether the image may be another one tomorrow. */
export function isFloating({ tag, hasDigest, name }: ImageWord): boolean {
  if (hasDigest) return false;
  return tag === null ? name !== null : FLOATING.includes(tag);
}

/**
 * The image word with another tag, and the digest of that where images are pinned so.
 * @param name the image's name, when that changes too
 */
export function withTag(
  value: Value,
  { tag, digestOf }: Pick<TranslateOptions, "tag" | "digestOf">,
  name: string | null = null,
): Value {
  const { path } = readImage(value);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const dynamics = value.filter((part): part is Dynamic => typeof part !== "string");
  const image = joined([...fromHoles(name === null ? path : `${folder}${name}`, dynamics), ":", ...tag]);
  return withDigest(image, { digestOf });
}
