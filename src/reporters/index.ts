import type { Reporter } from "./reporter.ts";

/** All formats by the name that `--format` takes; each is loaded when it is asked for. */
export const REPORTERS = {
  text: async () => (await import("./text.ts")).text,
  json: async () => (await import("./json.ts")).json,
  sarif: async () => (await import("./sarif.ts")).sarif,
  github: async () => (await import("./github.ts")).github,
  gitlab: async () => (await import("./gitlab.ts")).gitlab,
  junit: async () => (await import("./junit.ts")).junit,
  checkstyle: async () => (await import("./checkstyle.ts")).checkstyle,
  markdown: async () => (await import("./markdown.ts")).markdown,
  html: async () => (await import("./html/index.ts")).html,
  csv: async () => (await import("./csv.ts")).csv,
} as const satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type ReporterId = keyof typeof REPORTERS;

export const REPORTER_IDS = Object.keys(REPORTERS).filter(isReporterId);

export function isReporterId(id: string): id is ReporterId {
  return Object.hasOwn(REPORTERS, id);
}
