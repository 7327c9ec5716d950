import { languageOf } from "../read.ts";
import type { FormatRule, LanguageTable, OutputRule, RunRule } from "../table.ts";

/** A process writes into a pipe of its parent unless it is told otherwise. */
const PROCESS: OutputRule = {
  captured: /getInputStream|inputStream|inputReader|redirectOutput\((?!\s*(?:\w+\.)*(?:INHERIT|DISCARD)\b)/,
  discarded: /redirectOutput\(\s*(?:\w+\.)*DISCARD\b/,
  stdout: /inheritIO|redirectOutput\(\s*(?:\w+\.)*INHERIT\b/,
};

/** What every language on the Java platform runs processes with. */
export const PLATFORM_RUNS: readonly RunRule[] = [
  { name: /(?:^|\.)ProcessBuilder$/, takes: "auto", output: PROCESS },
  { name: /(?:\.getRuntime|^rt|^runtime)?\.exec$/, takes: "shell", output: "captured" },
  { name: /(?:\.getRuntime|^rt|^runtime)?\.exec$/, takes: "list", output: "captured" },
];

export const PLATFORM_FORMATS: readonly FormatRule[] = [
  { kind: "call", name: /^String\.format$/, style: "percent" },
  { kind: "method", name: /^\.(?:formatted|format)$/, style: "percent" },
];

export const PLATFORM_LISTS = /^(?:java\.util\.)?(?:ArrayList|LinkedList|Vector)$/;

export const PLATFORM_DISPLAYS =
  /^(?:System\.(?:out|err)\.)?(?:print|println|printf)$|(?:^|\.)(?:debug|info|warn|error|trace|fatal)$/;

export const table: LanguageTable = {
  id: "java",
  comments: { line: ["//"], block: [["/*", "*/"]] },
  literals: [
    { open: /"""/y, close: '"""', escapes: "refuse", isMultiline: true },
    { open: /"/y, close: '"', escapes: "refuse" },
  ],
  characters: /'(?:[^'\\\n]|\\[^\n][^'\n]{0,5})'/y,
  concat: ["+"],
  newlineEnds: false,
  blocks: "braces",
  composites: true,
  listCalls: /^(?:(?:List|Set|Stream|ImmutableList|Lists)\.(?:of|newArrayList)|(?:Arrays\.)?asList)$/,
  listTypes: PLATFORM_LISTS,
  formats: PLATFORM_FORMATS,
  runs: [...PLATFORM_RUNS, { name: /\.command$/, takes: "auto", output: "captured" }],
  displays: PLATFORM_DISPLAYS,
  appends: { add: "one", addAll: "all" },
  embed: { kind: "sum", operator: "+" },
  dashless: '$&.replace("-", "")',
};

export const language = languageOf(table);
