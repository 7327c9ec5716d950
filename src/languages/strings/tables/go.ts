import { languageOf } from "../read.ts";
import type { LanguageTable, OutputRule } from "../table.ts";

/** Without a Stdout, what a command prints is lost. */
const COMMAND: OutputRule = {
  captured: /\.(?:Combined)?Output\(|StdoutPipe|(?<!os\.)\bStdout\b(?!\s*=\s*os\.Stdout\b)/,
  discarded: /^(?![^]*\bStdout\b)[^]*\.(?:Run|Start)\(/,
  stdout: /\bStdout\s*=\s*os\.Stdout\b/,
};

export const table: LanguageTable = {
  id: "go",
  comments: { line: ["//"], block: [["/*", "*/"]] },
  literals: [
    { open: /"/y, close: '"', escapes: "refuse" },
    { open: /`/y, close: "`", escapes: "none", isMultiline: true },
  ],
  characters: /'(?:[^'\\\n]|\\[^\n][^'\n]{0,9})'/y,
  concat: ["+"],
  newlineEnds: true,
  declarations: /^(?:const|var|import|type)$/,
  blocks: "braces",
  composites: true,
  formats: [
    { kind: "call", name: /(?:^|\.)Sprintf$/, style: "percent" },
    {
      kind: "argument",
      name: /(?:^|\.)\w*(?:[pP]rint|[eE]rror|[fF]atal|[pP]anic|[lL]og|[wW]arn(?:ing)?|[iI]nfo|[dD]ebug|[sS]kip|[wW]rap|[tT]race)f$/,
      style: "percent",
    },
  ],
  runs: [
    { name: /(?:^|\.)exec\.Command$/, takes: "words", output: COMMAND },
    { name: /(?:^|\.)exec\.CommandContext$/, takes: "words", skip: 1, output: COMMAND },
    { name: /^syscall\.Exec$/, takes: "list", skip: 1, output: "stdout" },
  ],
  displays:
    /(?:^|\.)(?:Fp|P|p|S)rint(?:ln|f)?$|(?:^|\.)(?:Info|Warn|Warning|Error|Debug|Fatal|Log|Panic|Skip)(?:f|ln|w|S)?$|^errors\.New$/,
  embed: { kind: "sum", operator: "+" },
  dashless: 'strings.ReplaceAll($&, "-", "")',
};

export const language = languageOf(table);
