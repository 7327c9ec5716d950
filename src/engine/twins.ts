import type { FoundCommand } from "../commands/find.ts";
import { overlaps } from "../text/edits.ts";
import type { Intent } from "./prove.ts";

/**
 * A command is found once, however many ways lead to it. Where several run it (two uses of one variable), the one that is
 * hardest to fix speaks for all.
 */
export function withoutTwins(
  intents: readonly Intent[],
  commands: readonly FoundCommand[],
): readonly Intent[] {
  const seen: { intent: Intent; readonly isRun: boolean }[] = [];
  for (const [i, intent] of intents.entries()) {
    const isRun = commands[i]?.invocation.role === "run";
    const twin = seen.find((other) => sameCommand(other.intent, intent));
    if (twin === undefined) seen.push({ intent, isRun });
    else if (isRun && twin.isRun && ease(intent) < ease(twin.intent)) twin.intent = intent;
  }
  return seen.map(({ intent }) => intent);
}

function ease({ finding }: Intent): number {
  if (finding?.fix == null) return 0;
  return finding.fix.grade === "unsafe" ? 1 : 2;
}

function sameCommand(a: Intent, b: Intent): boolean {
  const [place] = a.places;
  const [other] = b.places;
  if (a.finding === null || b.finding === null || place?.start !== other?.start) return false;
  return (
    a.finding.before === b.finding.before &&
    overlaps(a.finding.range, b.finding.range) &&
    place?.end === other?.end
  );
}
