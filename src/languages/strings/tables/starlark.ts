import { languageOf } from "../read.ts";
import type { LanguageTable } from "../table.ts";
import { table as python } from "./python.ts";

/** Python without its processes: Bazel, Tilt and the like run commands in ways of their own. */
export const table: LanguageTable = {
  ...python,
  id: "starlark",
  literals: python.literals.filter(({ interpolation }) => interpolation === undefined),
  runs: [
    { name: /^local$/, takes: "auto", key: /^command$/, output: "captured" },
    { name: /^local_resource$/, takes: "auto", skip: 1, key: /^cmd$/, output: "stdout" },
    { name: /(?:^|\.)run_shell$/, takes: "shell", key: /^command$/, output: "captured" },
    { name: /(?:^|\.)execute$/, takes: "list", key: /^arguments$/, output: "captured" },
  ],
  displays: /^(?:print|fail|warn)$/,
  embed: { kind: "sum", operator: "+" },
};

export const language = languageOf(table);
