import type { FileFindings, Skipped } from "../engine/report.ts";
import type { Finding } from "../rules/finding.ts";
import { findingMessage, sentence } from "../rules/messages.ts";
import { LineIndex } from "../text/lines.ts";
import type { Outcome, ReportContext, Reporter } from "./reporter.ts";
import { amount, countsLine, targetLine } from "./sentences.ts";
import { summarize, type Summary } from "./summary.ts";
import { columns, printable } from "./terminal.ts";

/** For people: each finding with its place, its line, what it becomes and why, then the counts and what to type next. */
export const text: Reporter = {
  render(outcome, context) {
    const { report } = outcome;
    const told: Told = new Map();
    const blocks = [
      ...report.files.flatMap((file) => fileBlocks(file, told, context)),
      ...(report.skipped.length > 0 ? [skippedBlock(report.skipped, context)] : []),
      ...(context.isQuiet === true ? [] : [closing(outcome, context)]),
    ];
    return blocks.map((lines) => `${lines.join("\n")}\n`).join("\n");
  },
};

type Block = readonly string[];

/** Long notes that were printed, and with which finding: a hundred findings of one kind need them once. */
type Told = Map<string, string>;

/** Only the end of the report: counts, target, next steps. */
export function summaryText(outcome: Outcome, context: ReportContext): string {
  return `${closing(outcome, context).join("\n")}\n`;
}

function fileBlocks({ file, findings }: FileFindings, told: Told, context: ReportContext): readonly Block[] {
  const lines = new LineIndex(file.text);
  return findings.map((finding) => {
    const { line, column } = lines.position(finding.range.start);
    const shown = `${printable(context.showPath(file.path))}:${line}:${column}`;
    const place = context.link?.(file.path, shown) ?? shown;
    const excerpt = excerptOf(file.text, finding, lines);
    const notes = notesOf(finding, shown, told);
    return [heading(place, finding, context), ...body(excerpt, finding, notes, context)];
  });
}

function heading(place: string, finding: Finding, { paint }: ReportContext): string {
  const grade = finding.fix === null ? "manual" : `${finding.fix.grade} fix`;
  return [
    paint("path", place),
    paint(finding.severity, finding.severity),
    paint("rule", `${finding.ruleId}:`),
    printable(findingMessage(finding)),
    paint("faint", `[${grade}]`),
  ].join(" ");
}

/** The notes of a finding; where to find those that were printed before. */
function notesOf({ notes }: Finding, place: string, told: Told): readonly string[] {
  const texts = notes.map((note) => {
    const text = sentence(note);
    const before = text.length > LONG_NOTE ? told.get(text) : undefined;
    if (before === undefined) told.set(text, place);
    return before === undefined ? text : `As told at ${before}.`;
  });
  return [...new Set(texts)];
}

/** In code units; a shorter one is read as fast as where to find it. */
const LONG_NOTE = 120;

function body(
  excerpt: Excerpt,
  finding: Finding,
  notes: readonly string[],
  { paint }: ReportContext,
): readonly string[] {
  const number = String(excerpt.line);
  const gutter = " ".repeat(number.length);
  const bar = paint("faint", "|");
  const under = (mark: string, content: string): string => `  ${gutter} ${mark} ${content}`;
  return [
    `  ${paint("faint", number)} ${bar} ${excerpt.text}`,
    under(bar, excerpt.indent + paint("caret", excerpt.carets)),
    ...change(finding).map(([emphasis, mark, line]) => under(paint(emphasis, mark), paint(emphasis, line))),
    ...notes.flatMap((note) => {
      const [head = "", ...code] = note.split("\n");
      return [
        under(paint("faint", "="), printable(head)),
        ...code.map((line) => under(paint("faint", "~"), paint("faint", printable(line)))),
      ];
    }),
  ];
}

type ChangeLine = readonly [emphasis: "removed" | "added" | "faint", mark: string, line: string];

function change({ before, after, fix }: Finding): readonly ChangeLine[] {
  if (after === null) return [];
  if (fix === null) return printableLines(after).map((line) => ["faint", "~", line]);
  return [
    ...printableLines(before).map((line): ChangeLine => ["removed", "-", line]),
    ...printableLines(after).map((line): ChangeLine => ["added", "+", line]),
  ];
}

function printableLines(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).map(printable);
}

/** The source line of a finding with what points at its range: spaces, then carets, in columns of a terminal. */
interface Excerpt {
  readonly line: number;
  readonly text: string;
  readonly indent: string;
  readonly carets: string;
}

/** A line longer than this is shown in part, from a little before its finding. */
const LONGEST_LINE = 160;
const BEFORE_FINDING = 20;

function excerptOf(source: string, { range }: Finding, lines: LineIndex): Excerpt {
  const { line, column } = lines.position(range.start);
  const start = range.start - column + 1;
  const lineEnd = /[\r\n]/.exec(source.slice(range.start));
  const end = lineEnd === null ? source.length : range.start + lineEnd.index;
  const from = end - start > LONGEST_LINE ? Math.max(start, range.start - BEFORE_FINDING) : start;
  const to = Math.min(end, from + LONGEST_LINE);

  const ahead = (from > start ? "…" : "") + onOneLine(source.slice(from, range.start));
  const marked = onOneLine(source.slice(range.start, Math.max(range.start, Math.min(range.end, to))));
  const behind =
    onOneLine(source.slice(Math.max(range.start, Math.min(range.end, to)), to)) + (to < end ? "…" : "");
  return {
    line,
    text: (ahead + marked + behind).trimEnd(),
    indent: " ".repeat(columns(ahead)),
    carets: "^".repeat(Math.max(1, columns(marked.trimEnd()))),
  };
}

function onOneLine(text: string): string {
  return printable(text.replaceAll("\t", "    "));
}

function skippedBlock(skipped: readonly Skipped[], { paint, showPath }: ReportContext): Block {
  return skipped.map(
    ({ path, reason }) =>
      `${paint("path", printable(showPath(path)))} ${paint("warning", "skipped:")} ${printable(reason)}`,
  );
}

function closing(outcome: Outcome, context: ReportContext): Block {
  const summary = summarize(outcome);
  return [
    ...(summary.fixed > 0 ? [context.paint("strong", `Fixed ${fixedCounts(outcome)}.`)] : []),
    context.paint("strong", countsLine(summary)),
    targetLine(outcome.report, (path) => printable(context.showPath(path))),
    ...whatNext(summary, context),
  ];
}

function fixedCounts({ fixed }: Outcome): string {
  const findings = fixed.reduce((sum, file) => sum + file.findings.length, 0);
  return `${amount(findings, "finding")} in ${amount(fixed.length, "file")}`;
}

function whatNext(summary: Summary, { paint, nextSteps }: ReportContext): readonly string[] {
  const steps = nextSteps(summary).map(
    ({ command, effect }) => `  ${paint("strong", printable(command))}  ${effect}`,
  );
  if (steps.length > 0 || summary.manual === 0 || summary.safe + summary.unsafe > 0) return steps;
  return ["  What is left needs a person; the findings say why, and where to start."];
}
