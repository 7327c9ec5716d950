import type { Report } from "../engine/report.ts";
import type { Summary } from "./summary.ts";
import { printable } from "./terminal.ts";

/** How many findings are left, by grade: `3 findings in 2 of 9 files: 1 safe, 1 unsafe, 1 manual.` */
export function countsLine(summary: Summary): string {
  const { files, filesWithFindings, findings, safe, unsafe, manual, skipped, ignored, baselined, fixed } =
    summary;
  const left = fixed > 0 ? " left" : "";
  const skips = [
    ...(ignored > 0 ? [`; ${ignored} ignored`] : []),
    ...(baselined > 0 ? [`; ${baselined} in the baseline`] : []),
    ...(skipped > 0 ? [`; ${skipped} skipped`] : []),
  ].join("");
  if (findings === 0) return `No findings${left} in ${amount(files, "file")}${skips}.`;
  const grades = `${safe} safe, ${unsafe} unsafe, ${manual} manual`;
  return `${amount(findings, "finding")}${left} in ${filesWithFindings} of ${amount(files, "file")}: ${grades}${skips}.`;
}

/**
 * Which release the commands must work on, and why that one.
 * @param show writes a path as the reader knows it
 */
export function targetLine({ target }: Pick<Report, "target">, show: (path: string) => string): string {
  const release = `Target ${target.version}`;
  if (target.source === "option") return `${release}, as given by --target.`;
  if (target.source === "configuration") return `${release}, as the configuration says.`;
  // The evidence that decides comes first; the JSON report has all of it.
  const [first] = target.evidence;
  const place =
    first === undefined
      ? null
      : `${show(first.path)}:${first.line} (${printable(first.what)} ${printable(first.version)})`;
  if (target.source === "evidence" && place !== null) return `${release}, found in ${place}.`;
  const why =
    place === null ? "nothing here names a release" : `${place} is none that commands can be written for`;
  return `${release}, the newest known release: ${why} (--target chooses).`;
}

/** `1 file`, `2 files`. */
export function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
