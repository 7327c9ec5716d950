import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { compareReleases } from "../knowledge/releases.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Programs that set TERM_PROGRAM, and from which version on they show OSC 8 links. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "iTerm.app": "3.1.0",
  WezTerm: "0.0.0",
  vscode: "1.72.0",
  ghostty: "0.0.0",
  Hyper: "0.0.0",
};

/**
 * Whether a terminal is at the other end that is known to show links (OSC 8); FORCE_HYPERLINK decides for any terminal (0:
 * none), and nothing does for what is none.
 */
export function wantsLinks(env: Environment, isTTY: boolean): boolean {
  if (!isTTY) return false;
  const force = env["FORCE_HYPERLINK"];
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (env["TERM"] === "dumb") return false;
  const since = PROGRAMS[env["TERM_PROGRAM"] ?? ""];
  if (since !== undefined) return isFrom(since, env["TERM_PROGRAM_VERSION"] ?? "");
  // The library of GNOME's terminals: 5000 is 0.50, which crashed on links before 0.50.1.
  return Number(env["VTE_VERSION"] ?? 0) > 5000;
}

/** A version without three numbers, such as WezTerm's dates, is new enough. */
function isFrom(since: string, version: string): boolean {
  const numbers = /^\d+\.\d+\.\d+/.exec(version)?.[0];
  return numbers === undefined ? since === "0.0.0" : compareReleases(numbers, since) >= 0;
}

/** What links a text to a file of the project, or leaves it as it is. @param root absolute */
export function linker(links: boolean, root: string): (path: string, text: string) => string {
  if (!links) return (_, text) => text;
  return (path, text) => {
    const url = pathToFileURL(resolve(root, path)).href;
    return `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
  };
}
