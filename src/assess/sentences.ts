import { amount } from "../reporters/sentences.ts";
import type { Milestone, OtherRelease, Sign, Standing } from "./standing.ts";

/** What the release in use means for those who upgrade. @param show writes a path as the reader knows it */
export function standingLine({ inUse, milestones }: Standing, show: (path: string) => string): string {
  const removed = milestones.find(({ what }) => what === "removed");
  const last = milestones.find(({ what }) => what === "last");
  const end = `${removed?.tag ?? ""} of ${removed?.date ?? ""}`;
  if (inUse === null)
    return `Nothing here names the release in use. Built-in gadgets ended with ${end}: the work is due before that release is installed.`;
  const place = `${inUse.version} is in use (${signLine(inUse, show)})`;
  switch (inUse.stage) {
    case "gone":
      return `${place} and has no built-in gadgets since ${end}: what calls one fails now.`;
    case "warns":
      return `${place}: built-in gadgets still run there, most with a warning. The work is due before an upgrade past ${last?.tag ?? ""}.`;
    case "runs":
      return `${place}: built-in gadgets run there without a warning. The work is due before an upgrade past ${last?.tag ?? ""}.`;
  }
}

/** Where a release is named, and by what. */
function signLine({ path, line, what }: Sign, show: (path: string) => string): string {
  return `${what} in ${show(path)}:${line}`;
}

/** Another release that is named: what it does, and where it stands. */
export function otherLine(other: OtherRelease, show: (path: string) => string): string {
  const stage = { runs: "runs them", warns: "warns", gone: "has none" }[other.stage];
  const more = other.count > 1 ? `, and ${amount(other.count - 1, "more place")}` : "";
  return `Also named: ${other.version} (${stage}), as ${signLine(other, show)}${more}.`;
}

export function milestoneText({ what }: Milestone): string {
  return {
    warns: "the first release that warns",
    last: "the last release with built-in gadgets",
    removed: "the first release without",
  }[what];
}

/** `45 min`, `3 h`, `3 h 20 min`. */
export function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

export const ESTIMATE =
  "An estimate, not a measurement: minutes for one who knows the repository, without reviews and waiting. A repeat of a text that was seen before takes less. --minutes takes your own figures.";
