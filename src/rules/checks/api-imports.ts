import { literal } from "../../commands/command.ts";
import type { Code } from "../../data/code.ts";
import { compareReleases } from "../../knowledge/releases.ts";
import type { Gadget } from "../../knowledge/gadget.ts";
import type { GoPackage } from "../../knowledge/go-api.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Range } from "../../text/edits.ts";
import type { Note } from "../../translate/translation.ts";
import type { Finding } from "../finding.ts";
import { apiFinding, removalOf, replacementOf, type ApiContext } from "./api-finding.ts";

/** A Go package of Inspektor Gadget that a program imports. */
export interface Import {
  readonly place: Range;
  /** Below the path of the module. */
  readonly path: string;
  readonly module: string;
  /** What the program calls it. */
  readonly name: string;
}

export function importsOf({ texts }: Code, { goModules }: Knowledge): readonly Import[] {
  return texts.flatMap(({ place, text, before }) => {
    const module = goModules.find(({ path }) => text.startsWith(`${path}/`));
    if (module === undefined || !/^[\w./-]+$/.test(text)) return [];
    const path = text.slice(module.path.length + 1);
    const isNamed = before !== null && before !== "import" && before !== "_";
    const name = isNamed ? before : path.slice(path.lastIndexOf("/") + 1).replaceAll("-", "");
    return [{ place, path, module: module.path, name }];
  });
}

/** Imports of packages that the target does not have, or that will go. */
export function goneImports(imports: readonly Import[], context: ApiContext): readonly Finding[] {
  const { settings, knowledge } = context;
  return imports.flatMap((one) => {
    const row = knowledge.goPackages.find(({ path }) => path === one.path);
    if (row === undefined) return [];
    const { removed, isGone } = removalOf(row, settings.target, knowledge);
    const args = { package: one.path, removed };
    const message = { messageId: isGone ? "api-package-removed" : "api-package-goes", args };
    const gadget = knowledge.gadgets.find(({ id }) => id === row.gadget) ?? null;
    const { image, notes } = gadget === null ? noGadget(row, context) : replacementOf(gadget, context);
    const isEarlier = isGone && compareReleases(settings.target, knowledge.milestones.removed) < 0;
    return [
      apiFinding(one.place, message, [...notes, ...moved(one, context)], context, {
        gadget: gadget?.command ?? null,
        image,
        ...(isEarlier ? { severity: "error" } : {}),
      }),
    ];
  });
}

function noGadget(
  { path }: GoPackage,
  { settings: { target } }: ApiContext,
): { readonly image: null; readonly notes: readonly Note[] } {
  if (/^pkg\/(?:api|apis|client|controllers)(?:\/|$)/.test(path))
    return { image: null, notes: [{ messageId: "api-no-traces", args: {} }] };
  const isOfGadgets = /^pkg\/(?:all-gadgets|gadget-(?:collection|registry)|standardgadgets|gadgets)(?:\/|$)/.test(path);
  return { image: null, notes: isOfGadgets ? [{ messageId: "api-gadgets-are-images", args: { target } }] : [] };
}

function moved({ module }: Import, { knowledge: { goModules } }: ApiContext): readonly Note[] {
  const now = goModules.find(({ until }) => until === null);
  if (now === undefined || now.path === module) return [];
  return [{ messageId: "api-module-moved", args: { module, now: now.path, since: now.since } }];
}

/** `gadgetregistry.Get("trace", "exec")`: which gadget is meant stands in the call. */
export function registryCalls(
  code: Code,
  imports: readonly Import[],
  context: ApiContext,
): readonly Finding[] {
  const registry = imports.find(({ path }) => path === "pkg/gadget-registry");
  if (registry === undefined) return [];
  return code.calls.flatMap(({ place, callee, args }) => {
    if (callee !== `${registry.name}.Get`) return [];
    const words = args.map((arg) => (arg.kind === "scalar" ? literal(arg.value) : null));
    const gadget = words.includes(null) ? undefined : gadgetOf(words.join(" ").trim(), context.knowledge);
    if (gadget === undefined) return [apiFinding(place, { messageId: "api-registry", args: {} }, [], context)];
    const { image, notes } = replacementOf(gadget, context);
    const message = { messageId: "api-registry-gadget", args: { gadget: gadget.command } };
    return [apiFinding(place, message, notes, context, { gadget: gadget.command, image })];
  });
}

function gadgetOf(command: string, { gadgets }: Knowledge): Gadget | undefined {
  return gadgets.find((gadget) => gadget.command === command) ?? gadgets.find(({ id }) => id === command);
}
