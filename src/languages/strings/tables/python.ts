import { languageOf } from "../read.ts";
import type { LanguageTable, LiteralRule, OutputRule } from "../table.ts";

/** Quotes with the prefixes that a literal may have; three quotes first. */
const LITERALS: readonly LiteralRule[] = ["'''", '"""', "'", '"'].flatMap((quote): readonly LiteralRule[] => {
  const prefixed = (prefix: string): RegExp => new RegExp(`(?:${prefix})${quote}`, "iy");
  const shape = { close: quote, isMultiline: quote.length > 1 };
  return [
    { ...shape, open: prefixed("[ft]"), escapes: "keep", interpolation: "braces" },
    { ...shape, open: prefixed("r[ft]|[ft]r"), escapes: "raw", interpolation: "braces" },
    { ...shape, open: prefixed("r|rb|br"), escapes: "raw" },
    { ...shape, open: prefixed("[bu]?"), escapes: "keep" },
  ];
});

/** Without an option, a process writes where the program does. */
const PROCESS: OutputRule = {
  captured:
    /capture_output\s*=\s*(?!False\b)|(?:^|[(,\s])\*\*|stdout\s*=\s*(?!None\b|sys\.stdout\b|(?:\w+\.)*DEVNULL\b)/,
  discarded: /stdout\s*=\s*(?:\w+\.)*DEVNULL\b/,
  stdout: "default",
};

export const table: LanguageTable = {
  id: "python",
  comments: { line: ["#"], block: [] },
  literals: LITERALS,
  concat: ["+"],
  isAdjacent: true,
  newlineEnds: true,
  blocks: "indent",
  tuples: true,
  formats: [
    { kind: "operator", name: /^%$/, style: "percent" },
    { kind: "method", name: /^\.format$/, style: "braces" },
  ],
  runs: [
    { name: /(?:^|\.)os\.system$|^system$/, takes: "shell", output: "stdout" },
    { name: /(?:^|\.)os\.popen$|^popen$/, takes: "shell", output: "captured" },
    { name: /(?:^|\.)(?:subprocess\.)?(?:getoutput|getstatusoutput)$/, takes: "shell", output: "captured" },
    {
      name: /(?:^|\.)(?:subprocess\.)?check_output$/,
      takes: "list",
      key: /^args$/,
      shellFlag: /^shell\s*=\s*True$/,
      output: "captured",
    },
    {
      name: /^(?:subprocess|sp)\.(?:run|call|check_call|Popen)$|^(?:Popen|check_call)$/,
      takes: "list",
      key: /^args$/,
      shellFlag: /^shell\s*=\s*True$/,
      output: PROCESS,
    },
    { name: /(?:^|\.)create_subprocess_shell$/, takes: "shell", key: /^cmd$/, output: PROCESS },
    { name: /(?:^|\.)create_subprocess_exec$/, takes: "words", output: PROCESS },
    { name: /(?:^|\.)os\.(?:execv(?:p|e|pe)?|posix_spawnp?)$/, takes: "list", skip: 1, output: "stdout" },
    { name: /(?:^|\.)os\.execl(?:p|e|pe)?$/, takes: "words", skip: 1, output: "stdout" },
    { name: /(?:^|\.)os\.spawnv(?:p|e|pe)?$/, takes: "list", skip: 2, output: "stdout" },
    { name: /(?:^|\.)os\.spawnl(?:p|e|pe)?$/, takes: "words", skip: 2, output: "stdout" },
    { name: /^pexpect\.(?:spawn|run)$/, takes: "shell", output: "captured" },
    { name: /^(?:c|ctx|context|conn|connection)\.(?:run|sudo|local)$/, takes: "shell", output: "captured" },
  ],
  displays:
    /^(?:print|click\.echo|typer\.echo|sys\.(?:stdout|stderr)\.write)$|(?:^|\.)(?:debug|info|warning|warn|error|critical|exception)$/,
  appends: { append: "one", extend: "all" },
  embed: { kind: "inside", open: 'f"', close: '"', interpolation: "braces" },
  dashless: "$&.replace('-', '')",
};

export const language = languageOf(table);
