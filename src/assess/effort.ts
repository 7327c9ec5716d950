import type { Row } from "../reporters/html/model.ts";

/** What work a finding is. A file that was not read is work too. */
export type EffortClass = "safe" | "unsafe" | "start" | "reader" | "manual" | "tag" | "setting" | "skipped";

/** How long one takes. Where the same text was looked at already, what was learned there holds: each more takes less. */
export interface Minutes {
  readonly first: number;
  readonly again: number;
}

export type MinutesByClass = Readonly<Record<EffortClass, Minutes>>;

/**
 * Our estimate for someone who knows the repository, without what reviews, releases and waiting take. No study stands behind
 * the figures: each is the time for the steps that `why` names, and `--minutes` takes those of whoever has measured.
 */
export const EFFORT: Readonly<
  Record<EffortClass, Minutes & { readonly what: string; readonly why: string }>
> = {
  safe: {
    first: 2,
    again: 1,
    what: "safe fix",
    why: "Read one change in a patch: the fix is written for you, and was checked against the image.",
  },
  unsafe: {
    first: 15,
    again: 3,
    what: "unsafe fix",
    why: "Read the notes, look at what reads the output, run the new command once.",
  },
  start: {
    first: 30,
    again: 5,
    what: "manual, with a command to start from",
    why: "Finish the command by hand, run it, and compare what it prints.",
  },
  reader: {
    first: 20,
    again: 5,
    what: "what reads the output",
    why: "Write it for the columns and keys of today, and compare what it makes of both.",
  },
  manual: {
    first: 60,
    again: 15,
    what: "manual",
    why: "Find out what the command is for, and how that is done today.",
  },
  tag: {
    first: 5,
    again: 1,
    what: "an image to pin by hand",
    why: "Look up a release of an image of others, and write its tag.",
  },
  setting: {
    first: 5,
    again: 1,
    what: "a setting or comment to put right",
    why: "Decide on the release, the limit or the comment that is meant, and write it.",
  },
  skipped: {
    first: 5,
    again: 5,
    what: "file that was not read",
    why: "Open it and look for commands.",
  },
};

export const EFFORT_CLASSES: readonly EffortClass[] = [
  "safe",
  "unsafe",
  "start",
  "reader",
  "manual",
  "tag",
  "setting",
  "skipped",
];

/** Rules about what calls a gadget, or takes the place of a call: to put that right by hand is work of its own. */
const CALLS: readonly string[] = [
  "builtin-gadget",
  "trace-resource",
  "builtin-api",
  "unknown-gadget",
  "removed-option",
];

export function classOf({ grade, rule, after }: Row): EffortClass {
  if (grade === "safe" || grade === "unsafe") return grade;
  if (rule === "output-consumer") return "reader";
  if (rule === "floating-image") return "tag";
  if (!CALLS.includes(rule)) return "setting";
  return after === "" ? "manual" : "start";
}
