import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { editDistance } from "../text/nearest.ts";

/** The commands that a name stands for, or the names that come nearest to it, best first. */
export type Found =
  | { readonly kind: "gadgets"; readonly gadgets: readonly Gadget[] }
  /** An image that no built-in gadget became. */
  | { readonly kind: "new-image"; readonly image: string; readonly since: string }
  | { readonly kind: "unknown"; readonly nearest: readonly string[] };

/**
 * @param name a command (`trace open`, with or without its program), what several begin with (`advise network-policy`), an
 *   older name (`opensnoop`), or an image (`trace_open`, `ghcr.io/inspektor-gadget/gadget/trace_open:v0.42.0`)
 */
export function findGadgets(name: string, knowledge: Knowledge): Found {
  const words = withoutProgram(name.trim().split(/\s+/).join(" "), knowledge);
  const image = words.replace(/^.*\//, "").replace(/[:@].*$/, "");
  const { gadgets } = knowledge;
  const named = gadgets.filter((gadget) => namesOf(gadget).some((one) => beginsWith(one, words)));
  const found = named.length > 0 ? named : gadgets.filter(({ to }) => to.some((row) => row.image === image));
  if (found.length > 0) return { kind: "gadgets", gadgets: found };
  const known = knowledge.images.find((one) => one.name === image);
  if (known !== undefined) return { kind: "new-image", image, since: known.firstRelease };
  return { kind: "unknown", nearest: nearestNames(words, knowledge) };
}

function withoutProgram(words: string, { programs }: Knowledge): string {
  const spellings = programs.flatMap((program) => program.spellings);
  const spelling = spellings.find((one) => words.startsWith(`${one} `));
  return spelling === undefined ? words : words.slice(spelling.length + 1);
}

function namesOf({ command, spellings }: Gadget): readonly string[] {
  return [command, ...spellings.map(({ words }) => words)];
}

function beginsWith(name: string, words: string): boolean {
  return `${name} `.startsWith(`${words} `);
}

const MOST = 3;

function nearestNames(words: string, { gadgets, images }: Knowledge): readonly string[] {
  const names = new Set([...gadgets.flatMap(namesOf), ...images.map(({ name }) => name)]);
  const lastWord = (name: string): string => name.slice(name.lastIndexOf(" ") + 1);
  const distance = (name: string): number =>
    words.includes(" ")
      ? editDistance(words, name)
      : Math.min(editDistance(words, name), editDistance(words, lastWord(name)));
  return [...names]
    .map((name) => ({ name, edits: distance(name) }))
    .filter(({ edits }) => edits <= Math.max(1, Math.floor(words.length / 3)))
    .sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name);
}
