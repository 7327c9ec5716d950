import { languageOf } from "../read.ts";
import type { LanguageTable, OutputRule } from "../table.ts";
import { PLATFORM_DISPLAYS, PLATFORM_FORMATS, PLATFORM_LISTS, PLATFORM_RUNS } from "./java.ts";

/** A step of a pipeline writes to the build's log unless its output is asked for. */
const STEP: OutputRule = { captured: /returnStdout\s*:\s*(?!false\b)/, stdout: "default" };

/** Groovy, and with it the pipelines of Jenkins and the builds of Gradle. */
export const table: LanguageTable = {
  id: "groovy",
  comments: { line: ["//"], block: [["/*", "*/"]] },
  literals: [
    { open: /'''/y, close: "'''", escapes: "refuse", isMultiline: true },
    { open: /"""/y, close: '"""', escapes: "refuse", isMultiline: true, interpolation: "dollar" },
    { open: /'/y, close: "'", escapes: "refuse" },
    { open: /"/y, close: '"', escapes: "refuse", interpolation: "dollar" },
  ],
  regexes: true,
  concat: ["+"],
  newlineEnds: true,
  blocks: "braces",
  listCalls: /^(?:List\.of|(?:Arrays\.)?asList)$/,
  bareCalls: /^(?:sh|bat|powershell|pwsh|echo|println|print|error|commandLine|args)$/,
  listTypes: PLATFORM_LISTS,
  formats: PLATFORM_FORMATS,
  runs: [
    { name: /^(?:(?:steps|script|this)\.)?sh$/, takes: "shell", key: /^script$/, output: STEP },
    {
      name: /^(?:(?:steps|script|this)\.)?(?:bat|powershell|pwsh)$/,
      takes: "shell",
      key: /^script$/,
      isForeign: true,
      output: STEP,
    },
    { name: /^commandLine$/, takes: "auto", output: "stdout" },
    ...PLATFORM_RUNS,
  ],
  displays: PLATFORM_DISPLAYS,
  appends: { add: "one", addAll: "all" },
  embed: { kind: "inside", open: '"', close: '"', interpolation: "dollar" },
};

export const language = languageOf(table);
