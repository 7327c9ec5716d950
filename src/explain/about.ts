import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Finding } from "../rules/finding.ts";
import { findGadgets } from "./find.ts";

/** What tells findings about some gadgets, or the first name that names none. */
export type About =
  | { readonly ok: true; readonly isAbout: (finding: Pick<Finding, "gadget" | "image">) => boolean }
  | { readonly ok: false; readonly name: string; readonly nearest: readonly string[] };

/**
 * @param names as people type them: all that `findGadgets` takes, with blanks, `_` or `-` between the words (`trace exec`,
 *   `trace_exec`), or the last words alone (`exec`), which stand for every gadget that ends with them
 */
export function aboutGadgets(names: readonly string[], knowledge: Knowledge): About {
  const commands = new Set<string>();
  const images = new Set<string>();
  for (const name of names) {
    const named = gadgetsNamed(name, knowledge);
    if (!named.ok) return { ok: false, name, nearest: named.nearest };
    for (const image of named.images) images.add(image);
    for (const gadget of named.gadgets) {
      for (const one of allNames(gadget, knowledge)) commands.add(one);
      for (const { image } of gadget.to) if (image !== null) images.add(image);
    }
    // A category alone is a finding too, about all of its gadgets.
    commands.add(name.trim().replace(/\s+/g, " "));
  }
  return {
    ok: true,
    isAbout: ({ gadget, image }) =>
      gadget === null ? (image?.split(", ").some((one) => images.has(one)) ?? false) : commands.has(gadget),
  };
}

type Named =
  | { readonly ok: true; readonly gadgets: readonly Gadget[]; readonly images: readonly string[] }
  | { readonly ok: false; readonly nearest: readonly string[] };

function gadgetsNamed(name: string, knowledge: Knowledge): Named {
  const found = findGadgets(name, knowledge);
  if (found.kind === "gadgets") return { ok: true, gadgets: found.gadgets, images: [] };
  if (found.kind === "new-image") return { ok: true, gadgets: [], images: [found.image] };
  const words = plain(name);
  const gadgets = knowledge.gadgets.filter((gadget) => {
    return allNames(gadget, knowledge).some((one) => ` ${plain(one)}`.endsWith(` ${words}`));
  });
  return gadgets.length > 0 ? { ok: true, gadgets, images: [] } : { ok: false, nearest: found.nearest };
}

/** Its commands, now and before, and what Trace resources call it. */
function allNames({ command, id, spellings }: Gadget, { traceGadgets }: Knowledge): readonly string[] {
  const traces = traceGadgets.filter(({ gadget }) => gadget === id);
  return [command, ...spellings.map(({ words }) => words), ...traces.map(({ name }) => name)];
}

function plain(name: string): string {
  return name
    .trim()
    .split(/[\s_-]+/)
    .join(" ")
    .toLowerCase();
}
