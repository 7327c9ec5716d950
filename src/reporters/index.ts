import { json } from "./json.ts";
import type { Reporter } from "./reporter.ts";
import { text } from "./text.ts";

/** All formats by the name that `--format` takes. */
export const REPORTERS = { text, json } as const satisfies Readonly<Record<string, Reporter>>;

export type ReporterId = keyof typeof REPORTERS;

export const REPORTER_IDS = Object.keys(REPORTERS).filter(isReporterId);

export function isReporterId(id: string): id is ReporterId {
  return Object.hasOwn(REPORTERS, id);
}
