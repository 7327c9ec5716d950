import { languageOf } from "../read.ts";
import type { LanguageTable } from "../table.ts";
import { PLATFORM_DISPLAYS, PLATFORM_FORMATS, PLATFORM_LISTS, PLATFORM_RUNS } from "./java.ts";

export const table: LanguageTable = {
  id: "kotlin",
  comments: { line: ["//"], block: [["/*", "*/"]] },
  literals: [
    { open: /"""/y, close: '"""', escapes: "none", isMultiline: true, interpolation: "dollar" },
    { open: /"/y, close: '"', escapes: "refuse", interpolation: "dollar" },
  ],
  characters: /'(?:[^'\\\n]|\\[^\n][^'\n]{0,5})'/y,
  concat: ["+"],
  newlineEnds: true,
  blocks: "braces",
  listCalls: /^(?:listOf|mutableListOf|arrayOf|arrayListOf|setOf|List\.of)$/,
  listTypes: PLATFORM_LISTS,
  formats: PLATFORM_FORMATS,
  runs: [...PLATFORM_RUNS, { name: /^commandLine$|\.commandLine$/, takes: "auto", output: "stdout" }],
  displays: PLATFORM_DISPLAYS,
  appends: { add: "one", addAll: "all" },
  embed: { kind: "inside", open: '"', close: '"', interpolation: "dollar" },
};

export const language = languageOf(table);
