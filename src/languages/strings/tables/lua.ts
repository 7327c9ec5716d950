import { languageOf } from "../read.ts";
import type { LanguageTable } from "../table.ts";

export const table: LanguageTable = {
  id: "lua",
  comments: {
    line: ["--"],
    block: [
      ["--[[", "]]"],
      ["--[=[", "]=]"],
      ["--[==[", "]==]"],
    ],
  },
  literals: [
    { open: /\[\[/y, close: "]]", escapes: "none", isMultiline: true },
    { open: /\[=\[/y, close: "]=]", escapes: "none", isMultiline: true },
    { open: /\[==\[/y, close: "]==]", escapes: "none", isMultiline: true },
    { open: /"/y, close: '"', escapes: "refuse" },
    { open: /'/y, close: "'", escapes: "refuse" },
  ],
  concat: [".."],
  newlineEnds: true,
  blocks: "indent",
  colonMethods: true,
  formats: [
    { kind: "call", name: /^string\.format$/, style: "percent" },
    { kind: "method", name: /^\.format$/, style: "percent" },
  ],
  runs: [
    { name: /^os\.execute$/, takes: "shell", output: "stdout" },
    { name: /^io\.popen$/, takes: "shell", output: "captured" },
    { name: /^vim\.(?:fn\.)?(?:system|systemlist|jobstart|termopen)$/, takes: "auto", output: "captured" },
  ],
  displays: /^(?:print|io\.write|error|vim\.notify)$/,
  embed: { kind: "sum", operator: ".." },
};

export const language = languageOf(table);
