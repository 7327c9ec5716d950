import { languageOf } from "../read.ts";
import type { LanguageTable } from "../table.ts";

export const table: LanguageTable = {
  id: "php",
  comments: {
    line: ["//", "#"],
    block: [["/*", "*/"]],
    // What stands outside of the tags is no program; a page that begins with one is read from its first tag on.
    regions: /\?>[^]*?(?:<\?(?:php\b|=)|(?![^]))|(?<![^\uFEFF])[^]*?(?:<\?(?:php\b|=)|(?![^]))/y,
  },
  literals: [
    { open: /"/y, close: '"', escapes: "keep", isMultiline: true, interpolation: "php" },
    { open: /'/y, close: "'", escapes: "quote", isMultiline: true },
    { open: /`/y, close: "`", escapes: "keep", isMultiline: true, interpolation: "php", runs: "shell" },
  ],
  heredocs: {
    open: /<<<[ \t]*(?<quote>["']?)(?<tag>[A-Za-z_]\w*)\k<quote>(?=\r?\n)/y,
    bodies: {
      "": { escapes: "keep", interpolation: "php" },
      '"': { escapes: "keep", interpolation: "php" },
      "'": { escapes: "none" },
    },
  },
  concat: ["."],
  newlineEnds: false,
  blocks: "braces",
  listCalls: /^array$/,
  formats: [{ kind: "call", name: /^\\?sprintf$/, style: "percent" }],
  runs: [
    { name: /^\\?(?:exec|shell_exec|popen)$/, takes: "shell", output: "captured" },
    { name: /^\\?(?:system|passthru)$/, takes: "shell", output: "stdout" },
    { name: /^\\?proc_open$/, takes: "shell", output: "captured" },
    { name: /^\\?proc_open$/, takes: "list", output: "captured" },
    { name: /(?:^|\\)Process$/, takes: "list", output: "captured" },
    { name: /Process::fromShellCommandline$/, takes: "shell", output: "captured" },
  ],
  displays:
    /^\\?(?:printf|print_r|error_log|die|exit)$|(?:^|->)(?:debug|info|warning|error|writeln|line|comment)$/,
  embed: { kind: "sum", operator: "." },
};

export const language = languageOf(table);
