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
  "swapped-port": "The two bytes of the port were swapped, and are not any more: 20480 becomes 80.",
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
    valuesText(to.values),
    isFlag ? "" : fieldText(to),
  ].filter((sentence) => sentence !== "");
}

function filterText({ value, fields = [] }: FlagMapping): string {
  if (fields.length === 0) return "";
  const way = value === "prefixes" ? "a regular expression" : "a filter";
  return `The list becomes ${way} on ${fields.join(" or ")}.`;
}

function valuesText(values: Readonly<Record<string, string | null>> | undefined): string {
  if (values === undefined) return "";
  const pairs = Object.entries(values).map(([old, now]) =>
    now === null ? `${old} needs no flag` : `${old} becomes ${now}`,
  );
  return pairs.length === 0 ? "" : `Values: ${pairs.join(", ")}.`;
}

function fieldText({ value, prefix }: FieldMapping): string {
  if (prefix !== undefined) return `The text has ${prefix} in front.`;
  if (value === "syscall") return "The name of the system call has SYS_ in front, in capitals.";
  if (value === "duration") return "A filter compares nanoseconds: 5ms becomes 5000000.";
  if (value === "negate") return "The sign of the number is the opposite.";
  return "";
}
