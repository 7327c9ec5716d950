import { imageReleases } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Image } from "../knowledge/image.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { nearest } from "../text/nearest.ts";
import { isPinned } from "../translate/image-ref.ts";
import type { Path } from "./check.ts";

/** Something in which a row does not fit the rest, below the row, in one sentence without its subject and end. */
export interface RuleFault {
  readonly path: Path;
  readonly what: string;
}

export function imageFaults({ name }: Image): readonly RuleFault[] {
  return name.startsWith("ghcr.io/inspektor-gadget/gadget/")
    ? [{ path: ["name"], what: "names an image of Inspektor Gadget, which is known already" }]
    : [];
}

/**
 * @param own all gadgets of one's own, whole
 * @param knowledge with the images of one's own
 */
export function gadgetFaults(
  gadget: Gadget,
  own: readonly Gadget[],
  knowledge: Knowledge,
): readonly RuleFault[] {
  return [
    ...commandFaults(gadget, own, knowledge),
    ...gadget.groups.flatMap((group, i) =>
      among(
        group,
        knowledge.flagGroups.map(({ id }) => id),
        ["groups", i],
        "is no group of flags",
      ),
    ),
    ...gadget.to.flatMap((row, i) => imageChoiceFaults(row, ["to", i, "image"], knowledge)),
    ...gapFaults(gadget, knowledge),
    ...flagFaults(gadget, knowledge),
    ...fieldFaults(gadget, knowledge),
  ];
}

/** Words that lead to something else already would never be read as this gadget. */
function commandFaults(
  gadget: Gadget,
  own: readonly Gadget[],
  { gadgets, categories, programs, imageCommands }: Knowledge,
): readonly RuleFault[] {
  const { command, spellings } = gadget;
  const others = own.filter((other) => other !== gadget && other.command !== command);
  const taken = [...gadgets, ...others].flatMap((one) => [
    one.command,
    ...one.spellings.map(({ words }) => words),
  ]);
  const commands = new Set([...programs.flatMap(({ otherCommands }) => otherCommands), ...imageCommands]);
  const faultOf = (words: string): string | null => {
    const first = words.split(" ")[0] ?? words;
    if (commands.has(first)) return `begins with ${first}, which is a command of its own`;
    if (categories.includes(words)) return `takes ${words}, which other gadgets begin with`;
    const other = taken.find((one) => `${one} `.startsWith(`${words} `) || `${words} `.startsWith(`${one} `));
    if (other === words) return `takes ${words}, which is a built-in gadget already`;
    return other === undefined
      ? null
      : `takes ${words} beside the gadget ${other}, and no program can have both`;
  };
  const places: readonly (readonly [Path, string])[] = [
    [["command"], command],
    ...spellings.map(({ words }, i) => [["spellings", i, "words"], words] as const),
  ];
  return places.flatMap(([path, words]) => {
    const what = faultOf(words);
    return what === null ? [] : [{ path, what }];
  });
}

function imageChoiceFaults(
  { image, reference }: Gadget["to"][number],
  path: Path,
  { images }: Knowledge,
): readonly RuleFault[] {
  if (image === null) return [];
  const known = images.find(({ name }) => name === image);
  if (known === undefined) {
    return among(
      image,
      images.map(({ name }) => name),
      path,
      "is no image of Inspektor Gadget; one of your own is named by its whole reference",
    );
  }
  const references = [reference, known.reference].filter((one) => one !== undefined);
  return references.length === 0 || references.some(isPinned)
    ? []
    : [{ path, what: `names ${image} without a fixed tag, which commands need` }];
}

/** Every release that may be a target must find a row. */
function gapFaults({ to, flags, columns, jsonFields }: Gadget, knowledge: Knowledge): readonly RuleFault[] {
  const targets = imageReleases(knowledge);
  const gap = (
    rows: Gadget["to"] | Gadget["flags"][number]["to"] | Gadget["columns"][number]["to"],
  ): string | undefined => targets.find((tag) => !rows.some((row) => within(row, tag)));
  const lists: readonly (readonly [Path, Parameters<typeof gap>[0]])[] = [
    [["to"], to],
    ...flags.map((one, i) => [["flags", i, "to"], one.to] as const),
    ...columns.map((one, i) => [["columns", i, "to"], one.to] as const),
    ...jsonFields.map((one, i) => [["jsonFields", i, "to"], one.to] as const),
  ];
  return lists.flatMap(([path, rows]) => {
    const tag = gap(rows);
    return tag === undefined ? [] : [{ path, what: `says nothing of ${tag}` }];
  });
}

function flagFaults(gadget: Gadget, knowledge: Knowledge): readonly RuleFault[] {
  const run = knowledge.runFlags.map(({ name }) => name);
  const known = [
    ...run,
    ...imagesOf(gadget, knowledge).flatMap(({ flags }) => flags.map(({ name }) => name)),
  ];
  if (imagesOf(gadget, knowledge).length === 0) return [];
  const named: readonly (readonly [Path, string | null])[] = [
    ...gadget.flags.flatMap(({ to }, i) =>
      to.map(({ flag }, j) => [["flags", i, "to", j, "flag"], flag] as const),
    ),
    ...gadget.positionals.map(({ flag = null }, i) => [["positionals", i, "flag"], flag] as const),
    ...gadget.to.flatMap(({ add = [], defaults = [] }, i) => [
      ...add.map(({ flag }, j) => [["to", i, "add", j, "flag"], flag] as const),
      ...defaults.map(({ flag }, j) => [["to", i, "defaults", j, "flag"], flag] as const),
    ]),
  ];
  return named.flatMap(([path, flag]) =>
    flag === null || isPerSource(flag, known)
      ? []
      : among(flag, known, path, "is no flag of the image or of run"),
  );
}

/** `filter.http` is `filter` for one data source. */
function isPerSource(flag: string, known: readonly string[]): boolean {
  const dot = flag.lastIndexOf(".");
  return dot > 0 && known.includes(flag.slice(0, dot));
}

function fieldFaults(gadget: Gadget, knowledge: Knowledge): readonly RuleFault[] {
  const images = imagesOf(gadget, knowledge);
  if (images.length === 0) return [];
  const sources = images.flatMap(({ dataSources }) => dataSources);
  const groups = knowledge.fieldGroups.filter(({ id }) =>
    sources.some((source) => source.groups?.includes(id)),
  );
  const known = [...sources, ...groups].flatMap(({ fields }) => fields.map(({ name }) => name));
  const isKnown = (field: string): boolean =>
    known.some((name) => name === field || name.startsWith(`${field}.`));
  const named = (["columns", "jsonFields"] as const).flatMap((key) =>
    gadget[key].flatMap(({ to }, i) =>
      to.map(({ field }, j) => [[key, i, "to", j, "field"], field] as const),
    ),
  );
  return named.flatMap(([path, field]) =>
    field === null || isKnown(field) ? [] : among(field, known, path, "is no field of the image"),
  );
}

/** The images that the gadget becomes. */
function imagesOf({ to }: Gadget, { images }: Knowledge): readonly Image[] {
  return images.filter(({ name }) => to.some(({ image }) => image === name));
}

function among(name: string, known: readonly string[], path: Path, what: string): readonly RuleFault[] {
  if (known.includes(name)) return [];
  const close = nearest(name, known);
  return [{ path, what: `takes ${name}, which ${what}${close === null ? "" : `; did you mean ${close}?`}` }];
}
