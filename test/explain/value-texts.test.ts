import { expect, test } from "vitest";
import { sentencesOf } from "../../src/explain/value-texts.ts";
import type { FieldMapping, FlagMapping } from "../../src/knowledge/mapping.ts";

const SOURCE = { source: "v0.42.0 a file" };

function field(row: Partial<FieldMapping>): FieldMapping {
  return { field: "type", state: "differs", ...SOURCE, ...row };
}

test.each<[what: string, row: FieldMapping | FlagMapping, sentences: readonly string[]]>([
  ["no note, no values", field({}), []],
  ["values", field({ values: { A: "accept", X: "close" } }), ["Values: A becomes accept, X becomes close."]],
  ["values that stay", field({ values: { tcp: "tcp", udp: "UDP" } }), ["Values: udp becomes UDP."]],
  [
    "values that need no flag",
    { flag: "family", state: "equal", ...SOURCE, values: { all: null } },
    ["Values: all needs no flag."],
  ],
  [
    "values that the note tells",
    field({ note: "It is accept or close, it was A or X.", values: { A: "accept", X: "close" } }),
    ["It is accept or close, it was A or X."],
  ],
  [
    "one value that the note does not tell",
    field({ note: "accept was A.", values: { A: "accept", X: "close" } }),
    ["accept was A.", "Also X becomes close."],
  ],
  [
    "a part of a word tells nothing",
    field({ note: "It was AX.", values: { A: "B" } }),
    ["It was AX.", "Values: A becomes B."],
  ],
  [
    "signs of regular expressions",
    field({ note: "It was N/A (none).", values: { "N/A": "(none)", "a|b": "c" } }),
    ["It was N/A (none).", "Also a|b becomes c."],
  ],
  [
    "many values",
    field({ values: Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`v${i}`, `V${i}`])) }),
    ["Values: v0 becomes V0, v1 becomes V1, and 11 more like these."],
  ],
  [
    "the same value with a blank behind it",
    field({ values: { "Server Failure": "ServerFailure", "Server Failure ": "ServerFailure" } }),
    ["Values: Server Failure becomes ServerFailure."],
  ],
  ["a sign", field({ value: "negate" }), ["The sign of the number is the opposite."]],
  ["a sign that the note tells", field({ value: "negate", note: "It is positive." }), ["It is positive."]],
])("%s", (_, row, sentences) => {
  expect(sentencesOf(row)).toEqual(sentences);
});
