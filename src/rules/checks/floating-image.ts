import { display } from "../../commands/command.ts";
import { at, mappingsIn, textAt, type Mapping, type Scalar } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import { findImage } from "../../knowledge/lookup.ts";
import { within } from "../../knowledge/releases.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { overlaps, type Edit, type Range } from "../../text/edits.ts";
import { withDigest } from "../../translate/image-ref.ts";
import { isFloating, readImage } from "../../translate/image-word.ts";
import type { Note } from "../../translate/translation.ts";
import type { CheckedFile, CheckSettings } from "../check.ts";
import type { Finding } from "../finding.ts";
import { imageListAt } from "./image-list.ts";
import { imagesIn, type NamedImage } from "./named-images.ts";
import { practiceFinding } from "./practice-finding.ts";
import { hostOf } from "./registry-host.ts";

/**
 * Images of Inspektor Gadget without a fixed tag, outside its own commands: in manifests, values and instance manifests, in what
 * pulls or runs containers, in constants of programs.
 */
export function floatingImages(
  file: CheckedFile,
  settings: CheckSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  const found = new Map<number, Finding>();
  const named = imagesIn(file.parts, knowledge, settings.registry);
  // To read manifests again takes long, and most have none of the keys.
  const mappings =
    named.length > 0 || KEYS.test(file.text)
      ? manifestsIn(file.parts, SIGN).flatMap((datum) => [...mappingsIn(datum)])
      : [];
  const unpulled = mappings.flatMap((mapping) => unpulledIn(mapping) ?? []);
  const add = (image: Floating | null): void => {
    if (image === null || found.has(image.edit.start)) return;
    const isThere = isPublished(image.name, settings.target, knowledge);
    const how =
      unpulled.find(({ place }) => overlaps(place, image.range))?.how ?? neverPulled(file.text, image.range);
    const list = imageListAt(file.text, image.range, knowledge);
    found.set(image.edit.start, findingOf(image, isThere, doubtsOf(how, list), settings));
  };
  for (const image of named) add(floatingOf(image, settings));
  for (const mapping of mappings) {
    add(splitImage(mapping, file.text, settings));
    add(instanceImage(mapping, file.text, settings, knowledge));
  }
  const others = mappings.flatMap((mapping) => imageOfOthers(mapping, settings) ?? []);
  return [...found.values(), ...others];
}

const SIGN = /gadget|instance-spec/;
/** What holds an image, or a part of one, that has no whole reference. */
const KEYS = /\b(?:newTag|tag)\b|gadgetImage|instance-spec/;

/** An image that may be another one tomorrow. */
interface Floating {
  /** As it is written, and as it becomes. */
  readonly before: string;
  readonly after: string;
  /** The last part of its path. */
  readonly name: string;
  readonly tag: string | null;
  /** All that is spelled out of it in one place. */
  readonly range: Range;
  readonly edit: Edit;
}

function floatingOf(image: NamedImage, settings: CheckSettings): Floating | null {
  const { reference, name, fragment, start, end, mayLackTag } = image;
  const word = readImage([reference]);
  if (!isFloating(word) || (word.tag === null && !mayLackTag)) return null;
  const after = pinnedTo(word.path, settings);
  const text = after.slice(word.path.length);
  const edit = fragment.toSourceEdit({ start: start + word.path.length, end, text });
  if (edit === null) return null;
  const range = fragment.toSource({ start, end });
  return { before: reference, after, name, tag: word.tag, range, edit };
}

/** An image whose name and tag stand apart, as charts and kustomize have it. */
function splitImage(mapping: Mapping, source: string, settings: CheckSettings): Floating | null {
  const name = ["repository", "newName", "name", "image"].flatMap((key) => textAt(mapping, key) ?? [])[0];
  const holder = at(mapping, "tag") ?? at(mapping, "newTag");
  const tag = textAt(mapping, "tag") ?? textAt(mapping, "newTag");
  if (name === undefined || holder?.kind !== "scalar" || tag === null || textAt(mapping, "digest") !== null) return null;
  const registry = textAt(mapping, "registry");
  const path = registry === null ? name : `${registry}/${name}`;
  if (!OWN.test(path) || !isFloating(readImage([`${path}:${tag}`]))) return null;
  const after = pinnedTo(path, settings);
  const edit = editIn(holder, tag, after.slice(path.length + 1), source);
  const last = path.slice(path.lastIndexOf("/") + 1);
  if (edit === null) return null;
  return { before: `${path}:${tag}`, after, name: last, tag, range: edit, edit };
}

const OWN = /^ghcr\.io\/inspektor-gadget\/(?:gadget\/\w+|ig|inspektor-gadget|trace_\w+)$/;

/** The image of an instance manifest, or of the record that the agent keeps of one, which may be a short name. */
function instanceImage(
  mapping: Mapping,
  source: string,
  settings: CheckSettings,
  knowledge: Knowledge,
): Floating | null {
  const key = textAt(mapping, "kind") === "instance-spec" ? "image" : "gadgetImage";
  const holder = at(mapping, key);
  const reference = textAt(mapping, key);
  if (holder?.kind !== "scalar" || reference === null) return null;
  const word = readImage([reference]);
  const image = word.isOfficial ? findImage(knowledge, word.name ?? "") : null;
  if (image === null || !isFloating(word)) return null;
  const after = pinnedTo(word.path, settings);
  const whole = editIn(holder, reference, after, source);
  if (whole === null) return null;
  const { start, end } = whole;
  const edit = { start: start + word.path.length, end, text: after.slice(word.path.length) };
  return { before: reference, after, name: image.name, tag: word.tag, range: { start, end }, edit };
}

/** The image of an instance manifest from another publisher, of whose releases nothing is known. */
function imageOfOthers(mapping: Mapping, { registry }: CheckSettings): Finding | null {
  const reference = textAt(mapping, "kind") === "instance-spec" ? textAt(mapping, "image") : null;
  const place = at(mapping, "image")?.place;
  if (reference === null || place === undefined || hostOf(reference) === null) return null;
  const word = readImage([reference], registry);
  if (word.isOfficial || !isFloating(word)) return null;
  const message = { messageId: "image-of-others-floats", args: { image: reference } };
  return { ...practiceFinding("floating-image", message, place, reference, []), severity: "info", before: reference };
}

/** Says that an image is not pulled. */
const PULL_KEYS = [["imagePullPolicy"], ["pullPolicy"], ["paramValues", "operator.oci.pull"], ["pull_policy"]] as const;

/** Where a mapping names its image, when it also says that nothing is pulled. */
function unpulledIn(mapping: Mapping): { readonly place: Range; readonly how: string } | null {
  const keys = PULL_KEYS.find((some) => textAt(mapping, ...some)?.toLowerCase() === "never");
  const image = at(mapping, "image") ?? at(mapping, "tag");
  if (keys === undefined || image === null) return null;
  return { place: image.place, how: `${keys.at(-1) ?? ""}: ${textAt(mapping, ...keys) ?? ""}` };
}

/** The flag of what runs a container, on the same line. */
function neverPulled(text: string, { start }: Range): string | null {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /(?:^|\s)--(?:image-)?pull(?:-policy)?[= ]["']?never\b/i.exec(before)?.[0].trim() ?? null;
}

function doubtsOf(unpulled: string | null, list: string | null): readonly Note[] {
  return [
    ...(unpulled === null ? [] : [{ messageId: "image-not-pulled", args: { flag: unpulled } }]),
    ...(list === null ? [] : [{ messageId: "allowed-images-change", args: { flag: list } }]),
  ];
}

/** The image as the target has it, with its digest where images are pinned so. */
function pinnedTo(path: string, { target, digestOf }: CheckSettings): string {
  return display(withDigest([`${path}:${target}`], { digestOf }));
}

/** Replaces a text in a scalar, where it stands there as it is. */
function editIn({ place }: Scalar, text: string, replacement: string, source: string): Edit | null {
  const at = source.slice(place.start, place.end).indexOf(text);
  if (at < 0) return null;
  const start = place.start + at;
  return { start, end: start + text.length, text: replacement };
}

/** Whether the target has it: a gadget's image, or the tool's own, which every release has. */
function isPublished(name: string, target: string, knowledge: Knowledge): boolean {
  const image = findImage(knowledge, name);
  return image === null || within(image, target);
}

function findingOf(
  { before, after, name, tag, range, edit }: Floating,
  isThere: boolean,
  doubts: readonly Note[],
  { target }: CheckSettings,
): Finding {
  const notes: readonly Note[] = [
    ...(isThere ? [] : [{ messageId: "image-not-at-target", args: { image: name, target } }]),
    ...doubts,
  ];
  return {
    ruleId: "floating-image",
    message: {
      messageId: tag === null ? "image-without-tag" : "image-floats",
      args: { image: before, tag: tag ?? "" },
    },
    severity: "warning",
    range: { start: range.start, end: range.end },
    gadget: null,
    image: name,
    before,
    after,
    notes,
    fix: isThere ? { grade: doubts.length === 0 ? "safe" : "unsafe", edits: [edit] } : null,
  };
}
