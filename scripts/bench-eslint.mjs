// How long ESLint's rules take for a file that holds none of the words: `node scripts/bench-eslint.mjs`.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import plugin from "../dist/eslint.mjs";

const text = readFileSync(new URL("../src/languages/shell/walk.ts", import.meta.url), "utf8").replaceAll(
  /gadget/gi,
  "widget",
);
const rules = Object.values(plugin.rules);
const times = [];
for (let i = 0; i < 2000; i++) {
  const context = {
    sourceCode: { text: `${text}//${i}` },
    filename: "a.ts",
    physicalFilename: "a.ts",
    cwd: "/",
  };
  const start = performance.now();
  for (const rule of rules) rule.create(context);
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const median = times[times.length >> 1] ?? 0;
console.log(`${rules.length} rules, ${text.length} characters: median ${median.toFixed(4)} ms a file`);
