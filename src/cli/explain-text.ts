import { compareReleases } from "../knowledge/releases.ts";
import type { Explanation } from "../explain/explain.ts";
import type { ProgramSpan } from "../explain/entry.ts";
import { countStates, type Counts } from "../explain/matrix.ts";
import { mergedFields, mergedFlags, type MergedRow } from "../explain/merge.ts";
import { listed, textTable, wrap, type TextRow } from "./tables.ts";

type Block = readonly string[];

/**
 * What changed for one command, for people: at most `WIDTH` columns wide, ends with a newline.
 * @param programFlags the flags of the programs that had it
 * @param sources whether each row says where it was read from
 */
export function explanationText(
  explanation: Explanation,
  programFlags: Explanation["flags"],
  sources: boolean,
): string {
  const blocks: readonly Block[] = [
    [explanation.command, ...history(explanation)],
    becomes(explanation, sources),
    flagBlock(explanation, sources),
    programFlagBlock(programFlags, sources),
    fieldBlock(explanation, sources),
    outputBlock(explanation),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function history({ command, programs, olderNames, positionals }: Explanation): Block {
  const had = programs.map(({ words, ...span }) => `${withoutEnd(words, command)} from ${spanText(span)}`);
  const older = olderNames.map(({ words, ...span }) => `\`${words}\`, from ${spanText(span)}`);
  const spans = [...new Set(positionals.map(spanText))];
  const words = spans.map((span) => {
    const names = positionals.filter((one) => spanText(one) === span).map(({ name }) => name);
    return `${listed(names)}, from ${span}`;
  });
  return [
    ...wrap(`A built-in gadget of ${listed(had)}.`, 2),
    ...(older.length === 0 ? [] : wrap(`Before that it was called ${listed(older)}.`, 2)),
    ...(words.length === 0 ? [] : wrap(`It read words behind its name: ${listed(words)}.`, 2)),
  ];
}

function withoutEnd(words: string, command: string): string {
  return words.slice(0, -command.length - 1);
}

function spanText({ since, until }: Pick<ProgramSpan, "since" | "until">): string {
  if (until === null) return `${since} on`;
  return since === until ? `${since} only` : `${since} to ${until}`;
}

const STATE_TEXTS = {
  same: "does the same",
  equal: "does the same in another way",
  differs: "does nearly the same",
  none: "",
} as const;

function becomes({ becomes: row, target }: Explanation, sources: boolean): Block {
  const source = sources ? wrap(`Source: ${row.source}.`, 2) : [];
  const note = row.note === undefined ? [] : wrap(row.note, 2);
  if (row.image === null) {
    const instead =
      row.instead.length === 0 ? [] : ["  In its place:", ...row.instead.flatMap((line) => wrap(line, 2))];
    return [`At ${target} no image does this (state: none).`, ...note, ...instead, ...source];
  }
  const image = `the image ${row.image}${row.imageSince === null ? "" : `, published since ${row.imageSince}`}`;
  const head = row.manual
    ? `At ${target} a person must rebuild it with ${image} (state: ${row.state}).`
    : `At ${target} ${image}, ${STATE_TEXTS[row.state]} (state: ${row.state}).`;
  const commands = [...new Set(row.commands.map(({ words }) => words))];
  return [
    ...wrap(head, 2, 0),
    ...note,
    ...(commands.length === 0 ? [] : [row.manual ? "  Start from:" : "  The new command:"]),
    ...commands.flatMap((words) => wrap(words, 6, 4)),
    ...(row.add ?? []).flatMap((flag) =>
      wrap(`${flagText(flag)} is always added: it makes the image this gadget.`, 4, 2),
    ),
    ...(row.defaults ?? []).flatMap((flag) => {
      const unless =
        flag.unless === undefined ? "" : ` Not with ${listed(flag.unless.map((name) => `--${name}`))}.`;
      return wrap(`${flagText(flag)} restores a default: ${flag.note}${unless}`, 4, 2);
    }),
    ...source,
  ];
}

function flagText({ flag, value }: { readonly flag: string; readonly value: string }): string {
  return value === "true" ? `--${flag}` : `--${flag}=${value}`;
}

function flagBlock({ flags, programs }: Explanation, sources: boolean): Block {
  const rows = mergedFlags(flags);
  if (rows.length === 0) return ["It had no flags of its own."];
  const last = newest(programs);
  const lasting = programs.filter(({ until }) => until === last).map(({ program }) => program);
  return [
    `Flags: ${countsText(rows)}`,
    ...rowsTable(
      ["Old", "New", "State", "Releases"],
      rows.map((row) => {
        const where = lasting.every((id) => row.programs.includes(id)) ? "" : ` (${row.programs.join(", ")})`;
        const releases = row.until === last ? `since ${row.since}` : spanText(row);
        return textRow([row.name + where, row.now ?? missing(row), row.state, releases], row, sources);
      }),
    ),
  ];
}

/** Those that stayed, in a sentence for each program; the others, in a table. */
function programFlagBlock(flags: Explanation["flags"], sources: boolean): Block {
  const rows = mergedFlags(flags);
  const isPlain = (row: MergedRow): boolean => row.state === "same" && row.sentences.length === 0;
  const plain = rows.filter(isPlain).map(({ name }) => name.replace(/, /, " or "));
  const changed = rows.filter((row) => !isPlain(row));
  return [
    `Flags of the programs, before or behind any command: ${countsText(rows)}`,
    ...wrap(`Same: ${listed(plain)}.`, 4, 2),
    ...(changed.length === 0
      ? []
      : rowsTable(
          ["Old", "New", "State", "Releases"],
          changed.map((row) =>
            textRow(
              [`${row.name} (${row.programs.join(", ")})`, row.now ?? missing(row), row.state, spanText(row)],
              row,
              sources,
            ),
          ),
        )),
  ];
}

function fieldBlock(explanation: Explanation, sources: boolean): Block {
  const rows = mergedFields(explanation);
  if (rows.length === 0) return ["It had no columns."];
  const last = newest(explanation.programs);
  const own = rows.filter(({ common }) => !common);
  const shared = rows.filter(({ common }) => common);
  const table = (list: readonly MergedRow[]): Block =>
    rowsTable(
      ["Column", "JSON", "Field", "State", "Until"],
      list.map((row) => {
        const where = row.programs.length === 0 ? "" : ` (${row.programs.join(", ")})`;
        const [name, json] = [row.name === "" ? "(none)" : row.name + where, listed(row.json)];
        const ended = row.until === last ? "" : (row.until ?? "");
        const cells = [name, json === "" ? "(none)" : json, row.now ?? missing(row), row.state, ended];
        return textRow(cells, row, sources);
      }),
    );
  return [
    ...(own.length === 0 ? [] : [`Columns and JSON: ${countsText(own)}`, ...table(own)]),
    ...(own.length === 0 || shared.length === 0 ? [] : [""]),
    ...(shared.length === 0
      ? []
      : [`Columns and JSON of all gadgets that know containers: ${countsText(shared)}`, ...table(shared)]),
  ];
}

function outputBlock({ outputs }: Explanation): Block {
  return [
    "Output:",
    ...rowsTable(
      ["Old mode", "New mode", "State"],
      outputs.map(({ mode, isDefault, to }) => ({
        cells: [isDefault ? `${mode} (default)` : mode, to.mode ?? "(none)", to.state],
        below: to.note === undefined ? [] : [to.note],
      })),
    ),
  ];
}

/** A table in which rows one after the other that say the same say it once. */
function rowsTable(head: readonly string[], rows: readonly TextRow[]): readonly string[] {
  const text = ({ below }: TextRow): string => below.join("\n");
  const runs: TextRow[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    if (run !== undefined && first !== undefined && text(first) === text(row)) run.push(row);
    else runs.push([row]);
  }
  return textTable(
    head,
    runs.flatMap((run) => {
      const [first = "", ...others] = run[0]?.below ?? [];
      if (run.length === 1 || first === "") return run;
      const all = `${run.length === 2 ? "Both" : `All ${String(run.length)}`}: ${first}`;
      return run.map(({ cells }, i) => ({ cells, below: i === run.length - 1 ? [all, ...others] : [] }));
    }),
  );
}

function textRow(
  cells: readonly string[],
  { sentences, source }: Pick<MergedRow, "sentences" | "source">,
  sources: boolean,
): TextRow {
  const below = sentences.length === 0 ? [] : [sentences.join(" ")];
  return { cells, below: sources ? [...below, `Source: ${source}.`] : below };
}

function missing({ state }: MergedRow): string {
  return state === "none" ? "(none)" : "(not needed)";
}

function countsText(rows: readonly MergedRow[]): string {
  return shownCounts(countStates(rows));
}

/** `12 same, 1 differs`; states that no row has are left out. */
function shownCounts(counts: Counts): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.length === 0 ? "none." : `${parts.map(([state, count]) => `${count} ${state}`).join(", ")}.`;
}

/** The last release that had the command. */
function newest(programs: Explanation["programs"]): string | null {
  return (
    programs
      .flatMap(({ until }) => until ?? [])
      .sort(compareReleases)
      .at(-1) ?? null
  );
}
