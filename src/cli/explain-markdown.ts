import type { Explanation } from "../explain/explain.ts";
import { mergedFields, mergedFlags } from "../explain/merge.ts";
import { code, listed, markdownTable } from "./tables.ts";

/** What changed for one command, as Markdown with the source of each row; ends with a newline. */
export function explanationMarkdown(explanation: Explanation, programFlags: Explanation["flags"]): string {
  const { command, target, programs, olderNames, becomes, outputs } = explanation;
  const fields = mergedFields(explanation);
  const older = olderNames.map(({ words, since, until }) => `${code(words)} (${since} to ${until ?? "now"})`);
  const lines = [
    `# ${command}`,
    "",
    ...markdownTable(
      ["Old command", "Since", "Until", `At ${target}`],
      programs.map(({ program, words, since, until }) => {
        const now = becomes.commands.find((one) => one.program === program)?.words ?? null;
        return [
          code(words),
          since,
          until ?? "",
          becomes.manual && now !== null ? `start from ${code(now)}` : code(now),
        ];
      }),
    ),
    "",
    ...(older.length === 0 ? [] : [`Before that it was called ${listed(older)}.`, ""]),
    `State: ${becomes.state}. Image: ${becomes.image === null ? "none" : `${code(becomes.image)}${since(becomes.imageSince)}`}. Source: ${becomes.source}.`,
    "",
    ...(becomes.note === undefined ? [] : [becomes.note, ""]),
    ...(becomes.instead.length === 0 ? [] : ["```sh", ...becomes.instead, "```", ""]),
    ...(becomes.add ?? []).map(
      ({ flag, value }) => `- \`--${flag}=${value}\` is always added: it makes the image this gadget.`,
    ),
    ...(becomes.defaults ?? []).map(
      ({ flag, value, note }) => `- \`--${flag}=${value}\` restores a default: ${note}`,
    ),
    ...((becomes.add ?? becomes.defaults) === undefined ? [] : [""]),
    ...section("Flags", flagLines(explanation.flags)),
    ...section("Flags of the programs", flagLines(programFlags)),
    ...section(
      "Columns and JSON",
      fields.length === 0
        ? []
        : markdownTable(
            ["Column", "JSON", "Field", "State", "Releases", "Note", "Source"],
            fields.map((row) => [
              code(row.name) + (row.programs.length === 0 ? "" : ` (${row.programs.join(", ")})`),
              row.json.map(code).join(", "),
              code(row.now),
              row.state,
              `${row.since} to ${row.until ?? "now"}`,
              row.sentences.join(" "),
              row.source,
            ]),
          ),
    ),
    ...section(
      "Output",
      markdownTable(
        ["Old mode", "New mode", "State", "Note"],
        outputs.map(({ mode, isDefault, to }) => [
          isDefault ? `${code(mode)} (default)` : code(mode),
          code(to.mode),
          to.state,
          to.note ?? "",
        ]),
      ),
    ),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines, ""];
}

function flagLines(flags: Explanation["flags"]): readonly string[] {
  if (flags.length === 0) return [];
  return markdownTable(
    ["Old", "New", "State", "Programs", "Releases", "Note", "Source"],
    mergedFlags(flags).map((row) => [
      code(row.name),
      code(row.now),
      row.state,
      row.programs.join(", "),
      `${row.since} to ${row.until ?? "now"}`,
      row.sentences.join(" "),
      row.source,
    ]),
  );
}

function since(release: string | null): string {
  return release === null ? "" : `, published since ${release}`;
}
