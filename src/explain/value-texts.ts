import type { FieldMapping, FlagMapping } from "../knowledge/mapping.ts";

/** What each function of `src/translate/values.ts` does to the value of a flag; "" where the name says it all. */
export const VALUE_TEXTS: Readonly<Record<string, string>> = {
  same: "",
  not: "The meaning is the opposite: true becomes false.",
  seconds: "The number of seconds becomes a duration: 5 becomes 5s.",
  microseconds: "Milliseconds become microseconds: 10 becomes 10000.",
  signal: "The name of a signal becomes its number: SIGKILL becomes 9.",
  json: "It becomes --output json.",
  output: "Modes are listed below; columns=A,B becomes --fields with the names of today.",
  filter: "Columns get their names of today, and the filter is written in today's grammar.",
  ports: "",
  prefixes: "",
  sort: "Columns get their names of today.",
  table: "",
  "swapped-port": "",
};

/** Sentences about what a row says, besides its names. */
export function sentencesOf(to: FlagMapping | FieldMapping): readonly string[] {
  const isFlag = "flag" in to;
  const condition = isFlag && to.onlyIn !== undefined ? `With -o ${to.onlyIn}: ` : "";
  return [
    isFlag ? filterText(to) : "",
    to.note === undefined ? "" : `${condition}${to.note}`,
    isFlag && to.manual === true ? "A command with it is not rewritten." : "",
    isFlag ? (VALUE_TEXTS[to.value ?? "same"] ?? "") : "",
    valuesText(to.values, to.note),
    isFlag ? "" : fieldText(to),
  ].filter((sentence) => sentence !== "");
}

function filterText({ value, fields = [] }: FlagMapping): string {
  if (fields.length === 0) return "";
  const way = value === "prefixes" ? "a regular expression" : "a filter";
  return `The list becomes ${way} on ${fields.join(" or ")}.`;
}

/** As many values as a sentence holds; beyond that it shows what the others look like. */
const MOST_VALUES = 12;
const SHOWN_VALUES = 2;

function valuesText(values: Readonly<Record<string, string | null>> | undefined, note = ""): string {
  const changed = Object.entries(values ?? {}).filter(([old, now]) => old !== now);
  const told = changed.filter(([old, now]) => isTold(old, note) && (now === null || isTold(now, note)));
  const others = changed.filter((pair) => !told.includes(pair));
  const pairs = new Set(
    others.map(([old, now]) => `${old.trim()} ${now === null ? "needs no flag" : `becomes ${now}`}`),
  );
  if (pairs.size === 0) return "";
  const head = told.length > 0 ? "Also" : "Values:";
  if (pairs.size <= MOST_VALUES) return `${head} ${[...pairs].join(", ")}.`;
  const shown = [...pairs].slice(0, SHOWN_VALUES).join(", ");
  return `${head} ${shown}, and ${pairs.size - SHOWN_VALUES} more like these.`;
}

/** Whether a note has a value as a word of its own. */
function isTold(value: string, note: string): boolean {
  const word = value.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(note);
}

/** What the note of a row need not say. */
function fieldText({ value, prefix, note }: FieldMapping): string {
  if (value === "duration") return "A filter compares nanoseconds: 5ms becomes 5000000.";
  if (note !== undefined) return "";
  if (prefix !== undefined) return `The text has ${prefix} in front.`;
  if (value === "syscall") return "The name of the system call has SYS_ in front, in capitals.";
  if (value === "negate") return "The sign of the number is the opposite.";
  return "";
}
