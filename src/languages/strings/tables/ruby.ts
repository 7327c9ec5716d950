import { languageOf } from "../read.ts";
import type { LanguageTable, LiteralRule } from "../table.ts";

const FILLED = { escapes: "drop", interpolation: "hash", isMultiline: true } as const;
const PLAIN = { escapes: "quote", isMultiline: true } as const;

/** `%w[...]` and its kind, with each pair of brackets. */
const PERCENT: readonly LiteralRule[] = (["()", "[]", "{}", "||", "!!"] as const).flatMap(
  (pair): readonly LiteralRule[] => {
    const close = pair.slice(1);
    const opened = (letter: string): RegExp => new RegExp(`%${letter}\\${pair.slice(0, 1)}`, "y");
    return [
      { ...FILLED, open: opened("x"), close, runs: "shell" },
      { ...PLAIN, open: opened("w"), close, isWords: true },
      { ...FILLED, open: opened("W"), close, isWords: true },
      { ...PLAIN, open: opened("q"), close },
      { ...FILLED, open: opened("Q"), close },
    ];
  },
);

export const table: LanguageTable = {
  id: "ruby",
  comments: { line: ["#"], block: [], regions: /^=begin\b[^]*?(?:^=end\b.*|(?![^]))|^__END__$[^]*/my },
  literals: [
    { ...FILLED, open: /"/y, close: '"' },
    { ...PLAIN, open: /'/y, close: "'" },
    { ...FILLED, open: /`/y, close: "`", runs: "shell" },
    ...PERCENT,
  ],
  heredocs: {
    open: /<<[~-]?(?<runs>(?=`))?(?<quote>["'`]?)(?<tag>[A-Za-z_]\w*)\k<quote>/y,
    bodies: {
      "": { escapes: "drop", interpolation: "hash" },
      '"': { escapes: "drop", interpolation: "hash" },
      "`": { escapes: "drop", interpolation: "hash" },
      "'": { escapes: "none" },
    },
  },
  regexes: true,
  concat: ["+"],
  isAdjacent: true,
  newlineEnds: true,
  blocks: "indent",
  bareCalls: /^(?:system|exec|spawn|sh|puts|print|warn|raise|abort|p)$/,
  formats: [
    { kind: "operator", name: /^%$/, style: "percent" },
    { kind: "call", name: /^(?:Kernel\.)?(?:format|sprintf)$/, style: "percent" },
  ],
  runs: [
    { name: /^(?:Kernel\.|Process\.)?(?:system|exec|spawn)$|^sh$/, takes: "auto", output: "stdout" },
    { name: /^(?:Open3\.\w+|IO\.popen|popen)$/, takes: "auto", output: "captured" },
  ],
  displays:
    /^(?:puts|print|p|warn|raise|abort|\$std(?:out|err)\.(?:puts|write|print))$|(?:^|\.)(?:debug|info|warn|error|fatal)$/,
  appends: { push: "one", append: "one", concat: "all" },
  embed: { kind: "inside", open: '"', close: '"', interpolation: "hash" },
  dashless: "$&.delete('-')",
};

export const language = languageOf(table);
