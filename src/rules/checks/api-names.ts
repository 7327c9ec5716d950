import type { Code } from "../../data/code.ts";
import type { ApiName } from "../../knowledge/go-api.ts";
import type { Note } from "../../translate/translation.ts";
import type { Finding } from "../finding.ts";
import { apiFinding, removalOf, type ApiContext } from "./api-finding.ts";
import type { Import } from "./api-imports.ts";

/** Names of services, messages and functions that are gone, each once in a program. */
export function goneNames({ namesAmong }: Code, imports: readonly Import[], context: ApiContext): readonly Finding[] {
  const { settings, knowledge } = context;
  const rows = new Map(knowledge.apiNames.map((row) => [row.name, row]));
  const seen = new Set<string>();
  return namesAmong(rows).flatMap(({ place, name }) => {
    const row = rows.get(name);
    const isMeant = row?.package === undefined || imports.some(({ path }) => path === row.package);
    if (row === undefined || !isMeant || seen.has(name)) return [];
    seen.add(name);
    const { removed, isGone } = removalOf(row, settings.target, knowledge);
    const message = { messageId: isGone ? "api-name-removed" : "api-name-goes", args: { name, removed } };
    return [apiFinding(place, message, notesOf(row, settings.target), context)];
  });
}

function notesOf({ about }: ApiName, target: string): readonly Note[] {
  if (about === "traces") return [{ messageId: "api-no-traces", args: {} }];
  return about === "gadgets" ? [{ messageId: "api-gadgets-are-images", args: { target } }] : [];
}
