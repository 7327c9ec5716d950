import { checkstyle } from "./checkstyle.ts";
import { csv } from "./csv.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { html } from "./html/index.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { Reporter } from "./reporter.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** All formats by the name that `--format` takes. */
export const REPORTERS = {
  text,
  json,
  sarif,
  github,
  gitlab,
  junit,
  checkstyle,
  markdown,
  html,
  csv,
} as const satisfies Readonly<Record<string, Reporter>>;

export type ReporterId = keyof typeof REPORTERS;

export const REPORTER_IDS = Object.keys(REPORTERS).filter(isReporterId);

export function isReporterId(id: string): id is ReporterId {
  return Object.hasOwn(REPORTERS, id);
}
