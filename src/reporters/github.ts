import type { Severity } from "../rules/severity.ts";
import { findingMessage, sentence } from "../rules/messages.ts";
import { gradeOf, placedIn, type PlacedFinding } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { printable } from "./terminal.ts";

/** Workflow commands of GitHub Actions, which become annotations: one line for each finding and each skipped file. */
export const github: Reporter = {
  render({ report }) {
    const lines = [
      ...report.files.flatMap(placedIn).map(annotation),
      ...report.skipped.map(({ path, reason }) =>
        command("warning", { file: path, title: "skipped" }, reason),
      ),
    ];
    return lines.map((line) => `${line}\n`).join("");
  },
};

const COMMANDS = { error: "error", warning: "warning", info: "notice" } as const satisfies Readonly<
  Record<Severity, string>
>;

function annotation({ finding, path, start, end }: PlacedFinding): string {
  const { severity, ruleId, after, notes } = finding;
  const properties = {
    file: path,
    line: String(start.line),
    endLine: String(end.line),
    // GitHub refuses columns of a range over several lines.
    ...(start.line === end.line ? { col: String(start.column), endColumn: String(end.column) } : {}),
    title: `${ruleId} [${gradeOf(finding)}]`,
  };
  const sign = finding.fix === null ? "~" : "+";
  const lines = [
    findingMessage(finding),
    ...(after === null ? [] : [`${sign} ${after}`]),
    ...notes.map((note) => `= ${sentence(note)}`),
  ];
  return command(COMMANDS[severity], properties, lines.join("\n"));
}

/** A file must not be able to say a command of its own, so nothing in it reaches the runner unescaped. */
function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const written = Object.entries(properties).map(
    ([key, value]) => `${key}=${escaped(printable(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`,
  );
  const lines = message.split("\n").map(printable);
  return `::${name} ${written.join(",")}::${escaped(lines.join("\n"))}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
