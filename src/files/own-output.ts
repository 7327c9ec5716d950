/**
 * Whether a text is one that this program wrote: a baseline, or a report in JSON, SARIF or HTML. What it names was found in other
 * files: nothing in it is to be changed, and the releases in it are no sign of what a project uses.
 */
export function isOwnOutput(text: string): boolean {
  const head = text.slice(0, HEAD);
  return SIGNS.some((sign) => sign.test(head));
}

/** Enough for what every such text begins with; in UTF-16 code units. */
const HEAD = 1024;

/** Formatters may have been at them: blanks count for nothing. */
const SIGNS: readonly RegExp[] = [
  // A baseline.
  /^\uFEFF?\s*\{\s*"version":\s*1,\s*"findings":\s*\[\s*\{\s*"path":\s*"[^"]+",\s*"rule":\s*"/,
  // The JSON report.
  /^\uFEFF?\s*\{\s*"version":\s*1,\s*"target":\s*\{\s*"version":\s*"v[\d.]+",\s*"source":\s*"/,
  // SARIF.
  /^\uFEFF?\s*\{\s*"\$schema":\s*"[^"]*sarif[^"]*",[^]*?"driver":\s*\{\s*"name":\s*"gadget-migrate"/,
  // The HTML report, and the plan.
  /^\uFEFF?\s*<!doctype html>[^]*?<title>gadget-migrate (?:report|plan)<\/title>/i,
];
