import { compareReleases } from "../../knowledge/releases.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Note } from "../../translate/translation.ts";

/** What is wrong with the resource at a release. @param gadget as the resource names it, empty when it does not */
export function traceMessage(gadget: string, target: string, { milestones }: Knowledge): Note {
  const args = { gadget, ...milestones };
  if (compareReleases(target, milestones.removed) >= 0) return { messageId: "trace-removed", args };
  if (compareReleases(target, milestones.deprecated) >= 0) return { messageId: "trace-deprecated", args };
  return { messageId: "trace-to-be-removed", args };
}
