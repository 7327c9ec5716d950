import manifest from "../../package.json" with { type: "json" };
import type { FileSuppressions, Skipped, Suppression } from "../engine/report.ts";
import { findingMessage, sentence } from "../rules/messages.ts";
import { RULE_IDS, type RuleId, ruleOf } from "../rules/registry.ts";
import type { Severity } from "../rules/severity.ts";
import type { Position } from "../text/lines.ts";
import { gradeOf, placedIn, type PlacedFinding } from "./places.ts";
import type { Reporter } from "./reporter.ts";

/**
 * SARIF 2.1.0 (OASIS), in the shape that GitHub's code scanning takes: `results` is always there, URIs are relative to the
 * root of the repository, and each result has a fingerprint that stays when lines move.
 */
export const sarif: Reporter = {
  render({ report }) {
    const findings = report.files.flatMap(placedIn);
    const log = {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: { name: manifest.name, version: manifest.version, rules: RULE_IDS.map(descriptor) },
          },
          columnKind: "utf16CodeUnits",
          newlineSequences: ["\r\n", "\n", "\r"],
          originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository." } } },
          invocations: [
            {
              executionSuccessful: true,
              toolExecutionNotifications: report.skipped.map(notificationOf),
            },
          ],
          results: [
            ...findings.map((placed) => resultOf(placed)),
            ...report.suppressed.flatMap(suppressedIn),
          ],
          properties: { target: report.target.version },
        },
      ],
    };
    return `${JSON.stringify(log, null, 2)}\n`;
  },
};

const ROOT = "%SRCROOT%";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const satisfies Readonly<
  Record<Severity, string>
>;

function descriptor(id: RuleId): unknown {
  const { what, why, fix, severity, isOn } = ruleOf(id);
  return {
    id,
    shortDescription: { text: plain(what) },
    fullDescription: { text: plain(`${what} ${why}`) },
    help: { text: plain(`${why}\n\n${fix}`), markdown: `${why}\n\n${fix}` },
    defaultConfiguration: { enabled: isOn, level: LEVELS[severity === "by-target" ? "error" : severity] },
  };
}

function suppressedIn({ file, suppressions }: FileSuppressions): readonly unknown[] {
  const placed = placedIn({ file, findings: suppressions.map(({ finding }) => finding) });
  return placed.map((one, i) => resultOf(one, suppressions[i]));
}

function resultOf(placed: PlacedFinding, suppression?: Suppression): unknown {
  const { finding, path, start, end, fingerprint } = placed;
  return {
    ruleId: finding.ruleId,
    ruleIndex: RULE_IDS.indexOf(finding.ruleId),
    level: LEVELS[finding.severity],
    message: { text: messageOf(placed) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(path),
          region: { ...region(start, end), snippet: { text: finding.before } },
        },
      },
    ],
    // GitHub takes the first, and would make one of the lines around the place itself.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, "gadgetMigrate/v1": fingerprint },
    ...(finding.fix === null ? {} : { fixes: [fixOf(placed, finding.fix.edits)] }),
    ...(suppression === undefined ? {} : { suppressions: [suppressionOf(suppression)] }),
    properties: { grade: gradeOf(finding), gadget: finding.gadget, image: finding.image },
  };
}

function suppressionOf({ by, reason }: Suppression): unknown {
  return {
    kind: by === "comment" ? "inSource" : "external",
    status: "accepted",
    ...(reason === null ? {} : { justification: reason }),
  };
}

/** GitHub shows the message alone: what the command becomes and what to check stand in it. */
function messageOf({ finding }: PlacedFinding): string {
  const { after, fix, notes } = finding;
  const becomes =
    after === null ? [] : [`${fix === null ? "To start from" : `New (${fix.grade} fix)`}: ${after}`];
  return [findingMessage(finding), ...becomes, ...notes.map(sentence)].join("\n");
}

interface PlacedEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function fixOf({ finding, path, lines }: PlacedFinding, edits: readonly PlacedEdit[]): unknown {
  return {
    description: { text: `The ${gradeOf(finding)} fix: ${finding.after ?? ""}` },
    artifactChanges: [
      {
        artifactLocation: artifact(path),
        replacements: edits.map(({ start, end, text }) => ({
          deletedRegion: region(lines.position(start), lines.position(end)),
          insertedContent: { text },
        })),
      },
    ],
  };
}

function notificationOf({ path, reason }: Skipped): unknown {
  return {
    level: "warning",
    message: { text: reason },
    locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
  };
}

function artifact(path: string): object {
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: ROOT };
}

function region(start: Position, end: Position): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** Our sentences use backquotes, which plain text has no need of. */
function plain(text: string): string {
  return text.replaceAll("`", "'");
}
