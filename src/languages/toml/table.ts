import type { LanguageTable, LiteralRule } from "../strings/table.ts";

/** Quotes of one kind, which are literal or have escapes; three of them hold several lines. */
const LITERALS: readonly LiteralRule[] = ["'''", '"""', "'", '"'].map((quote) => ({
  open: new RegExp(quote, "y"),
  close: quote,
  escapes: quote.startsWith("'") ? "none" : "refuse",
  isMultiline: quote.length > 1,
}));

/** The keys of tasks in mise, cargo-make, poe, pdm, taskipy, whose text a shell reads. */
const TASK = /(?:^|\.)(?:run|script|scripts|commands|shell|sh|cmd|command|exec|tasks\.[\w-]+)$/;

export const table: LanguageTable = {
  id: "toml",
  comments: { line: ["#"], block: [] },
  literals: LITERALS,
  concat: [],
  newlineEnds: true,
  isPlainData: true,
  blocks: "braces",
  formats: [],
  runs: [
    { name: TASK, isSetting: true, takes: "shell", output: "stdout" },
    {
      name: /(?:^|\.)(?:run|script|scripts|commands)$/,
      isSetting: true,
      takes: "scripts",
      output: "stdout",
    },
    { name: /(?:^|\.)(?:cmd|command|entrypoint|exec)$/, isSetting: true, takes: "list", output: "stdout" },
  ],
  displays: /^$/,
  embed: null,
};
