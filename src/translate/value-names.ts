/** What `value:` of a flag's mapping may say: how the new value is made of the old one (`values.ts`). */
export const VALUE_NAMES = [
  "same",
  "not",
  "seconds",
  "microseconds",
  "signal",
  "json",
  "output",
  "filter",
  "ports",
  "prefixes",
  "sort",
  "table",
  "swapped-port",
] as const;

export type ValueName = (typeof VALUE_NAMES)[number];
