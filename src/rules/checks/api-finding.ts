import { compareReleases, within } from "../../knowledge/releases.ts";
import type { Gadget } from "../../knowledge/gadget.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Span } from "../../knowledge/releases.ts";
import type { Range } from "../../text/edits.ts";
import type { Note } from "../../translate/translation.ts";
import type { Finding } from "../finding.ts";
import { severityAt } from "../severity-at.ts";
import type { CheckSettings } from "../check.ts";

/** What the findings of one program depend on. */
export interface ApiContext {
  readonly text: string;
  readonly settings: CheckSettings;
  readonly knowledge: Knowledge;
}

/** A finding of `builtin-api`, which only a person can act on. */
export function apiFinding(
  range: Range,
  message: Note,
  notes: readonly Note[],
  { text, settings, knowledge }: ApiContext,
  more: Partial<Pick<Finding, "gadget" | "image" | "severity">> = {},
): Finding {
  return {
    ruleId: "builtin-api",
    message,
    severity: severityAt("builtin-api", settings.target, knowledge),
    range,
    gadget: null,
    image: null,
    before: text.slice(range.start, range.end),
    after: null,
    notes,
    fix: null,
    ...more,
  };
}

/** The first release without something, and whether the target is one. */
export function removalOf(
  { until }: Span,
  target: string,
  { releases }: Knowledge,
): { readonly removed: string; readonly isGone: boolean } {
  const later = releases.map(({ tag }) => tag).filter((tag) => compareReleases(tag, until ?? tag) > 0);
  const removed = later.sort(compareReleases)[0] ?? "";
  return { removed, isGone: until !== null && compareReleases(target, until) > 0 };
}

/** What to run in the place of a built-in gadget that a program runs itself. */
export function replacementOf(
  gadget: Gadget,
  { settings: { target }, knowledge }: ApiContext,
): { readonly image: string | null; readonly notes: readonly Note[] } {
  const row = gadget.to.find((candidate) => within(candidate, target));
  const image = knowledge.images.find(({ name, ...span }) => name === row?.image && within(span, target));
  if (row === undefined || image === undefined) {
    const note = row?.note ?? "";
    if (note !== "") return { image: null, notes: [{ messageId: "gadget-manual", args: { note } }] };
    const args = { gadget: gadget.command, release: target };
    return { image: null, notes: [{ messageId: "no-image-known", args }] };
  }
  const args = { image: `${image.name}:${target}`, gadget: gadget.command };
  const differs = row.note === undefined ? [] : [{ messageId: "gadget-differs", args: { note: row.note } }];
  return { image: image.name, notes: [{ messageId: "api-run-image", args }, ...differs] };
}
