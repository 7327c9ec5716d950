import { languageOf } from "../read.ts";
import type { LanguageTable } from "../table.ts";

export const table: LanguageTable = {
  id: "csharp",
  comments: { line: ["//"], block: [["/*", "*/"]] },
  literals: [
    { open: /\$"""/y, close: '"""', escapes: "none", isMultiline: true, interpolation: "braces" },
    { open: /"""/y, close: '"""', escapes: "none", isMultiline: true },
    { open: /(?:\$@|@\$)"/y, close: '"', escapes: "doubled", isMultiline: true, interpolation: "braces" },
    { open: /@"/y, close: '"', escapes: "doubled", isMultiline: true },
    { open: /\$"/y, close: '"', escapes: "refuse", interpolation: "braces" },
    { open: /"/y, close: '"', escapes: "refuse" },
  ],
  characters: /'(?:[^'\\\n]|\\[^\n][^'\n]{0,8})'/y,
  concat: ["+"],
  newlineEnds: false,
  blocks: "braces",
  composites: true,
  listTypes: /^(?:List|Collection)$/,
  formats: [{ kind: "call", name: /^[sS]tring\.Format$/, style: "braces" }],
  runs: [
    { name: /(?:^|\.)Process\.Start$/, takes: "program", output: "captured" },
    { name: /(?:^|\.)ProcessStartInfo$/, takes: "program", output: "captured" },
  ],
  chain: {
    start: /(?:^|\.)Cli\.Wrap$/,
    one: "WithArgument",
    all: "WithArguments",
    output: {
      captured: /Buffered|ListenAsync|Observe|WithStandardOutputPipe|PipeTarget/,
      discarded: /\.ExecuteAsync\(/,
      stdout: /(?!)/,
    },
  },
  process: {
    type: /(?:^|\.)ProcessStartInfo$/,
    program: "FileName",
    text: "Arguments",
    list: "ArgumentList",
  },
  displays:
    /(?:^|\.)(?:Console\.(?:Error\.)?Write(?:Line)?|Log(?:Information|Warning|Error|Debug|Trace|Critical)?)$/,
  appends: { Add: "one", AddRange: "all" },
  embed: { kind: "inside", open: '$"', close: '"', interpolation: "braces" },
};

export const language = languageOf(table);
