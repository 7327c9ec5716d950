import type { Gadget } from "../knowledge/gadget.ts";
import type { Image } from "../knowledge/image.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { OwnRules } from "../knowledge/own-rules.ts";
import type { Path } from "./check.ts";
import type { Row } from "./config.ts";
import { assumedImage, wholeGadget, wholeImage } from "./own-rows.ts";
import { gadgetFaults, imageFaults, type RuleFault } from "./own-rules-check.ts";

/** The rows of one configuration file; they fit the schema. */
export interface OwnPart {
  readonly gadgets: readonly Row[];
  readonly images: readonly Row[];
}

export type OwnRulesResult =
  | { readonly ok: true; readonly rules: OwnRules }
  /** `part`: index of the file. */
  | { readonly ok: false; readonly faults: readonly (RuleFault & { readonly part: number })[] };

interface Placed<T> {
  readonly part: number;
  readonly path: Path;
  readonly row: T;
}

/**
 * What rows of one's own add to the knowledge: whole, and held against it.
 * @param parts lowest first; of one command, or one image, the later file's row counts
 */
export function ownRulesOf(parts: readonly OwnPart[], knowledge: Knowledge): OwnRulesResult {
  const images = latest(
    placed(parts, "images", (row) => wholeImage(row, knowledge)),
    ({ name }) => name,
  );
  const described = [...knowledge.images, ...images.map(({ row }) => row)];
  const gadgets = latest(
    placed(parts, "gadgets", (row) => wholeGadget(row, knowledge)),
    ({ command }) => command,
  );
  const assumed = new Map<string, Image>();
  for (const { row } of gadgets) {
    for (const name of ownImages(row)) {
      if (described.some((image) => image.name === name)) continue;
      assumed.set(name, assumedImage(name, row, assumed.get(name), knowledge));
    }
  }
  const own: OwnRules = {
    gadgets: gadgets.map(({ row }) => row),
    images: [...images.map(({ row }) => row), ...assumed.values()],
  };
  const around: Knowledge = { ...knowledge, images: [...knowledge.images, ...own.images] };
  const faults = [
    ...images.flatMap(({ row, part, path }) => placedAt(imageFaults(row), part, path)),
    ...gadgets.flatMap(({ row, part, path }) => placedAt(gadgetFaults(row, own.gadgets, around), part, path)),
    ...twins(gadgets),
  ];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, rules: own };
}

/** Images that the gadget becomes and that are not Inspektor Gadget's. */
function ownImages({ to }: Gadget): readonly string[] {
  return to.flatMap(({ image }) => (image?.includes("/") === true ? [image] : []));
}

function placed<T>(
  parts: readonly OwnPart[],
  key: keyof OwnPart,
  whole: (row: Row) => T,
): readonly Placed<T>[] {
  return parts.flatMap((rows, part) =>
    rows[key].map((row, i): Placed<T> => ({ part, path: [key, i], row: whole(row) })),
  );
}

/** A file that extends another one may say of a row otherwise; in one file, both stay. */
function latest<T>(all: readonly Placed<T>[], nameOf: (row: T) => string): readonly Placed<T>[] {
  return all.filter(
    ({ row, part }) => !all.some((other) => other.part > part && nameOf(other.row) === nameOf(row)),
  );
}

function twins(gadgets: readonly Placed<Gadget>[]): readonly (RuleFault & { readonly part: number })[] {
  return gadgets.flatMap(({ row, part, path }, i) =>
    gadgets.slice(0, i).some((other) => other.row.command === row.command)
      ? [{ part, path: [...path, "command"], what: `is there twice: ${row.command}` }]
      : [],
  );
}

function placedAt(
  faults: readonly RuleFault[],
  part: number,
  path: Path,
): readonly (RuleFault & { readonly part: number })[] {
  return faults.map((fault) => ({ ...fault, part, path: [...path, ...fault.path] }));
}
