import type { Code, CodeType } from "../../data/code.ts";
import { builtinPaths, textOf, type FoundPath } from "../../consumers/json-paths.ts";
import { within } from "../../knowledge/releases.ts";
import type { Gadget } from "../../knowledge/gadget.ts";
import type { Note } from "../../translate/translation.ts";
import type { Finding } from "../finding.ts";
import { apiFinding, type ApiContext } from "./api-finding.ts";

/** Types that list the keys of the JSON of a gadget that the same file runs. */
export function mirroringTypes(
  code: Code,
  known: readonly Finding[],
  context: ApiContext,
): readonly Finding[] {
  const commands = new Set(known.flatMap(({ ruleId, gadget }) => (ruleId === "builtin-gadget" ? (gadget ?? []) : [])));
  const gadgets = context.knowledge.gadgets.filter(({ command }) => commands.has(command));
  if (gadgets.length === 0) return [];
  return code.types.flatMap((type) => {
    const matches = gadgets.flatMap((gadget) => matchOf(type, gadget, context) ?? []);
    const [best] = matches.sort((a, b) => b.count - a.count);
    if (best === undefined || best.notes.length === 0) return [];
    const { gadget, image } = best;
    const message = { messageId: "api-type-mirrors", args: { type: type.name, gadget: gadget.command } };
    return [apiFinding(type.place, message, best.notes, context, { gadget: gadget.command, image })];
  });
}

interface Match {
  readonly gadget: Gadget;
  readonly image: string;
  readonly count: number;
  /** What became of the keys that are not what they were. */
  readonly notes: readonly Note[];
}

/** Fewer common keys may be chance (`name`, `pid`). */
const LEAST_KEYS = 3;

function matchOf(type: CodeType, gadget: Gadget, { settings, knowledge }: ApiContext): Match | null {
  const row = gadget.to.find((candidate) => within(candidate, settings.target));
  const image = knowledge.images.find(({ name, ...span }) => name === row?.image && within(span, settings.target));
  if (image === undefined) return null;
  const table = builtinPaths(gadget, { image, program: "kubectl-gadget", release: settings.target, knowledge });
  const paths = type.fields.flatMap((field) => {
    const candidates = table.names.filter((name) => name === field || name.endsWith(`.${field}`));
    // A key that stood elsewhere in older releases (`node` before `k8s.node`) is that of the object the type lists too.
    const isListed = (name: string): boolean => type.fields.includes(name.slice(0, -field.length - 1));
    const path = candidates.find((name) => name !== field && isListed(name)) ?? candidates[0];
    const found = path === undefined ? null : table.find(path.split("."));
    return path === undefined || found === null ? [] : [{ path, found }];
  });
  if (paths.length < LEAST_KEYS || paths.length * 2 < type.fields.length) return null;
  return {
    gadget,
    image: image.name,
    count: paths.length,
    notes: paths.flatMap(({ path, found }) => noteOf(path, found)),
  };
}

function noteOf(path: string, { to, mapping, type }: FoundPath): readonly Note[] {
  const note = mapping.note ?? "";
  // Of an object that is still there the type reads the keys that it lists, each of which is looked at.
  if (type === "object" && to !== null && textOf(to) === path) return [];
  if (to === null) return [{ messageId: "json-gone", args: { path, note } }];
  const now = textOf(to);
  return now === path && mapping.state === "same" ? [] : [{ messageId: "json-differs", args: { path, to: now, note } }];
}
