import { statSync } from "node:fs";
import { languageOfName } from "../languages/detect.ts";
import type { Outcome } from "../reporters/reporter.ts";
import { amount } from "../reporters/sentences.ts";
import type { Scope } from "./gather.ts";
import { PHASES, type Watch } from "./watch.ts";

/**
 * What `--stats` prints: files of each stage, what the search for words spared, time of each phase.
 * @param watch the run, at its end
 */
export function statsText({ report, fixed }: Outcome, scope: Scope, watch: Watch): string {
  const { files, telling, root } = scope;
  const named = files.all.filter((path) => languageOfName(path) !== null);
  const withFindings = new Set(
    [...report.files, ...report.suppressed, ...fixed].map(({ file }) => file.path),
  );
  const total = [...watch.times.values()].reduce((sum, time) => sum + time, 0);
  const phases = PHASES.flatMap((phase) => {
    const time = watch.times.get(phase);
    return time === undefined ? [] : [`${phase} ${milliseconds(time)}`];
  });
  const stages = [
    `${files.length} found`,
    `${named.length} with the name of a language that is read`,
    `${telling.length} with a word of ours`,
    `${watch.parsed} parsed`,
    `${withFindings.size} with findings`,
    ...(fixed.length > 0 ? [`${fixed.length} fixed`] : []),
  ];
  return [
    `Files: ${stages.join(", ")}.`,
    `Spared: ${spared(named, root, watch)}`,
    `Time: ${phases.join(", ")}; ${milliseconds(total)} in all.`,
    "",
  ].join("\n");
}

/** What parsing the rest would have taken, by what it took for each byte here. */
function spared(named: readonly string[], root: string, { parsed, units, times }: Watch): string {
  const bytes = named.reduce((sum, path) => sum + sizeOf(`${root}/${path}`), 0);
  const rest = Math.max(0, named.length - parsed);
  const size = `${(Math.max(0, bytes - units) / 1_000_000).toFixed(1)} MB`;
  const share = units === 0 ? null : (times.get("parse") ?? 0) * (Math.max(0, bytes - units) / units);
  const guess =
    share === null || rest === 0 ? "" : `; parsing them would take about ${milliseconds(share)} more`;
  return `${amount(rest, "file")} (${size}) not parsed, since nothing in them can be found${guess}.`;
}

function sizeOf(absolute: string): number {
  return statSync(absolute, { throwIfNoEntry: false })?.size ?? 0;
}

function milliseconds(time: number): string {
  return time < 10_000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(1)} s`;
}
