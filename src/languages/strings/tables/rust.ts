import { languageOf } from "../read.ts";
import type { LanguageTable } from "../table.ts";

const FORMATS = /^(?:std::|alloc::)?format!$|^format_args!$/;
const SHOWN =
  /^(?:e?print(?:ln)?|write(?:ln)?|panic|todo|unimplemented|unreachable|anyhow|bail|ensure|(?:\w+::)*(?:info|warn|error|debug|trace|log))!$/;

export const table: LanguageTable = {
  id: "rust",
  comments: { line: ["//"], block: [["/*", "*/"]] },
  literals: [
    { open: /b?r#*"/y, close: '"#', escapes: "none", isMultiline: true },
    { open: /[bc]?"/y, close: '"', escapes: "refuse", isMultiline: true },
  ],
  characters: /b?'(?:[^'\\\n]|\\(?:u\{[0-9a-fA-F_]{1,8}\}|x[0-9a-fA-F]{2}|[^\n]))'/y,
  concat: [],
  newlineEnds: false,
  blocks: "braces",
  composites: true,
  listCalls: /^vec!$/,
  formats: [
    { kind: "call", name: FORMATS, style: "braces" },
    { kind: "argument", name: SHOWN, style: "braces" },
  ],
  runs: [{ name: /^cmd!$/, takes: "shell", output: "captured" }],
  chain: {
    start: /(?:^|::)Command::(?:new|cargo_bin)$/,
    one: "arg",
    all: "args",
    output: {
      captured: /\.output\(|\.stdout\((?!\s*(?:\w+::)*Stdio::(?:inherit|null)\()/,
      discarded: /\.stdout\(\s*(?:\w+::)*Stdio::null\(/,
      stdout: /\.(?:status|spawn|exec)\(/,
    },
  },
  displays: SHOWN,
  appends: { push: "one", extend: "all" },
  embed: { kind: "inside", open: '&format!("', close: '")', interpolation: "braces" },
};

export const language = languageOf(table);
