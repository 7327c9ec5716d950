import { languageOf } from "../read.ts";
import type { LanguageTable } from "../table.ts";

/** HCL, as Terraform, Packer and Nomad have it. */
export const table: LanguageTable = {
  id: "terraform",
  comments: { line: ["#", "//"], block: [["/*", "*/"]] },
  literals: [{ open: /"/y, close: '"', escapes: "refuse", interpolation: "dollar-braces" }],
  heredocs: {
    open: /<<-?(?<tag>[A-Za-z_][\w-]*)(?=[ \t]*\r?\n)/y,
    bodies: { "": { escapes: "none", interpolation: "dollar-braces" } },
  },
  concat: [],
  newlineEnds: true,
  blocks: "braces",
  isSettings: true,
  formats: [{ kind: "call", name: /^format$/, style: "percent" }],
  runs: [
    { name: /^command$/, isSetting: true, within: /"local-exec"\s*$/, takes: "shell", output: "stdout" },
    {
      name: /^inline$/,
      isSetting: true,
      within: /"(?:remote-exec|shell)"\s*$/,
      takes: "scripts",
      output: "stdout",
    },
    { name: /^program$/, isSetting: true, within: /"external"/, takes: "list", output: "captured" },
  ],
  displays: /^$/,
  embed: { kind: "inside", open: '"', close: '"', interpolation: "dollar-braces" },
};

export const language = languageOf(table);
