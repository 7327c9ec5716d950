import type { Knowledge } from "../knowledge/knowledge.ts";

/** An image of a gadget that a repository needs, with the files that run it. */
export interface NeededImage {
  /** The last part of its path: `trace_exec`. */
  readonly name: string;
  readonly tag: string;
  /** In full, as a registry is asked for it: `ghcr.io/inspektor-gadget/gadget/trace_exec:v0.55.1`. */
  readonly reference: string;
  /** Sorted. */
  readonly paths: readonly string[];
}

/** A file as it is once all its fixes are made, and the images that findings without a fix would need. */
export interface MigratedFile {
  readonly path: string;
  readonly text: string;
  readonly images: readonly string[];
}

export interface NeededOptions {
  readonly target: string;
  /** Where images without a registry of their own come from; the official place when absent. */
  readonly registry?: string | undefined;
}

/** Where Inspektor Gadget publishes its gadget images. */
const OFFICIAL = "ghcr.io/inspektor-gadget/gadget";

/**
 * The images that migrated files name, with their tags or digests, sorted. One whose tag is a variable or a placeholder has the
 * target's; one without any is not counted: it is a word like any other.
 */
export function neededImages(
  files: readonly MigratedFile[],
  { target, registry }: NeededOptions,
  knowledge: Knowledge,
): readonly NeededImage[] {
  const images = knowledge.images.filter((image) => image.reference === undefined);
  const own = knowledge.images.filter((image) => image.reference !== undefined).map(({ name }) => name);
  const isOfficial = (name: string): boolean => images.some((image) => image.name === name);
  const lastParts = own.map((name) => name.slice(name.lastIndexOf("/") + 1).replace(/[.]/g, "\\."));
  const pattern = referencePattern([...images.map(({ name }) => name), ...lastParts]);
  const needed = new Map<string, NeededImage>();
  const add = (place: string | undefined, name: string, tag: string, path: string): void => {
    const reference = `${place ?? registry ?? OFFICIAL}/${name}:${tag}`;
    const paths = new Set([...(needed.get(reference)?.paths ?? []), path]);
    needed.set(reference, { name, tag, reference, paths: [...paths].sort() });
  };
  for (const { path, text, images: open } of files) {
    for (const { groups } of text.matchAll(pattern)) {
      const { place, name = "", tag = "" } = groups ?? {};
      if (!isOfficial(name) && !own.includes(`${place ?? ""}/${name}`)) continue;
      add(place, name, /^[\w.-]+(?:@sha256:[0-9a-f]{64})?$/.test(tag) ? tag : target, path);
    }
    for (const name of open) if (isOfficial(name)) add(undefined, name, target, path);
  }
  return [...needed.values()].sort((a, b) => (a.reference < b.reference ? -1 : 1));
}

/** `trace_exec:v0.55.1`, with or without its registry; `$IG_VERSION`, `{{ .Values.tag }}` and the like are tags too. */
function referencePattern(names: readonly string[]): RegExp {
  const place = String.raw`(?:(?<place>(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:/[\w.-]+)*)/)?`;
  const tag = String.raw`(?<tag>v?\d[\w.-]*\w(?:@sha256:[0-9a-f]{64})?|[$%{<@][\w.${"$"}{}()%<>@ |"'-]*)`;
  return new RegExp(String.raw`(?<![\w./-])${place}(?<name>${names.join("|")}):${tag}`, "g");
}
