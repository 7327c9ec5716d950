import type { Evidence } from "../engine/report.ts";
import { LineIndex } from "../text/lines.ts";
import type { Finding } from "./finding.ts";

/**
 * Signs of releases that do not fit the one that counts most: the agent's before that of the command line tools, this before
 * tags of gadget images. Releases that differ in their patch number only fit each other.
 * @param evidence all there is, the one that counts most first
 * @param textOf the text of a file that findings may stand in; null for any other
 * @returns findings by path
 */
export function versionSkew(
  evidence: readonly Evidence[],
  textOf: (path: string) => string | null,
): ReadonlyMap<string, readonly Finding[]> {
  const [first] = evidence;
  const byPath = new Map<string, Finding[]>();
  for (const sign of evidence) {
    if (first === undefined || minorOf(sign.version) === minorOf(first.version)) continue;
    const text = textOf(sign.path);
    const finding = text === null ? null : findingOf(sign, first, text);
    if (finding !== null) byPath.set(sign.path, [...(byPath.get(sign.path) ?? []), finding]);
  }
  return byPath;
}

function findingOf(sign: Evidence, other: Evidence, text: string): Finding | null {
  const lines = new LineIndex(text);
  const start = text.indexOf(sign.version, lines.start(sign.line));
  if (start < 0) return null;
  const range = { start, end: start + sign.version.length };
  return {
    ruleId: "version-skew",
    message: {
      messageId: "version-skew",
      args: {
        what: sign.what,
        version: tagOf(sign.version),
        other: other.what,
        otherVersion: tagOf(other.version),
        place: `${other.path}:${other.line}`,
      },
    },
    severity: "info",
    range,
    gadget: null,
    image: null,
    before: sign.version,
    after: null,
    notes: [{ messageId: NOTE_OF[sign.kind], args: {} }],
    fix: null,
  };
}

const NOTE_OF: Readonly<Record<Evidence["kind"], string>> = {
  agent: "skewed-program",
  cli: "skewed-program",
  image: "skewed-image",
  library: "skewed-library",
};

/** `v0.45.1` and `0.45` are the same here. */
function minorOf(version: string): string {
  return version.replace(/^v/, "").split(".").slice(0, 2).join(".");
}

function tagOf(version: string): string {
  return `v${version.replace(/^v/, "")}`;
}
