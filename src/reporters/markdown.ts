import type { FileFindings, Skipped } from "../engine/report.ts";
import { findingMessage, sentence } from "../rules/messages.ts";
import { escapeHtml } from "./escape.ts";
import { gradeOf, placedIn, type PlacedFinding } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { amount, countsLine, targetLine } from "./sentences.ts";
import { summarize } from "./summary.ts";
import { printable } from "./terminal.ts";

/** For a pull request's comment or an issue: the counts, then a folded section for each file. */
export const markdown: Reporter = {
  render(outcome) {
    const { report } = outcome;
    const head = [
      "## gadget-migrate",
      `**${countsLine(summarize(outcome))}**`,
      targetLine(report, (path) => codeSpan(path)),
    ];
    const sections = [...report.files.map(section), ...skippedSections(report.skipped)];
    return `${[...head, ...fitting(sections)].join("\n\n")}\n`;
  },
};

/** A part of the report that is folded. */
interface Section {
  /** HTML. */
  readonly title: string;
  readonly blocks: readonly string[];
  /** What the blocks are. */
  readonly noun: string;
}

/** GitHub refuses a comment of more than 65,536 characters. */
const LONGEST = 60_000;

/** As many blocks as a comment holds, from the first on, and how many it does not. */
function fitting(sections: readonly Section[]): readonly string[] {
  const texts: string[] = [];
  let room = LONGEST;
  for (const [i, { title, blocks, noun }] of sections.entries()) {
    const lengths = blocks.map((block) => block.length + 2);
    let used = title.length + FOLD.length;
    const cut = lengths.findIndex((length) => (used += length) > room);
    if (cut < 0) {
      texts.push(folded(title, blocks));
      room -= used;
      continue;
    }
    const left = `${amount(blocks.length - cut, `more ${noun}`)} left out here.`;
    if (cut > 0) texts.push(folded(title, [...blocks.slice(0, cut), left]));
    const unseen = sections.length - i - (cut > 0 ? 1 : 0);
    const what = unseen === 0 ? "The report is" : `${amount(unseen, "more section")} left out: the report is`;
    texts.push(`${what} too long for a comment.`);
    break;
  }
  return texts;
}

function section(entry: FileFindings): Section {
  const title = `<code>${escapeHtml(printable(entry.file.path))}</code>: ${amount(entry.findings.length, "finding")}`;
  return { title, blocks: placedIn(entry).map(item), noun: "finding" };
}

function item({ finding, start }: PlacedFinding): string {
  const { severity, ruleId, notes } = finding;
  const head = `Line ${start.line}: **${severity}** ${codeSpan(ruleId)} (${gradeOf(finding)}): ${prose(findingMessage(finding))}`;
  const list = notes.map((note) => {
    const [first = "", ...code] = sentence(note).split("\n");
    const block = code.length === 0 ? "" : `\n\n${fenced("sh", code.map(printable).join("\n"))}\n`;
    return `- ${`${prose(first)}${block}`.replaceAll("\n", "\n  ")}`;
  });
  return [head, changeOf(finding), ...(list.length > 0 ? [list.join("\n")] : [])].join("\n\n");
}

function changeOf({ before, after, fix }: PlacedFinding["finding"]): string {
  const sign = fix === null ? "# to start from: " : "+ ";
  const lines = [...signed("- ", before), ...(after === null ? [] : signed(sign, after))];
  return fenced("diff", lines.join("\n"));
}

function signed(sign: string, text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).map((line) => sign + printable(line));
}

function skippedSections(skipped: readonly Skipped[]): readonly Section[] {
  if (skipped.length === 0) return [];
  const blocks = skipped.map(({ path, reason }) => `- ${codeSpan(path)}: ${prose(reason)}`);
  return [{ title: `${amount(skipped.length, "file")} skipped`, blocks, noun: "file" }];
}

const FOLD = "<details><summary></summary></details>\n\n\n\n\n";

function folded(title: string, blocks: readonly string[]): string {
  return ["<details>", `<summary>${title}</summary>`, "", blocks.join("\n\n"), "", "</details>"].join("\n");
}

/** The shortest fence that nothing in the text can close. */
function fenced(info: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [fence + info, text, fence].join("\n");
}

/** Any text as code. */
export function codeSpan(text: string): string {
  const shown = printable(text);
  const ticks = "`".repeat(longestRun(shown) + 1);
  const pad = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return ticks + pad + shown + pad + ticks;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

/** Our sentences with code in backquotes: what stands outside of those, a file's text perhaps, has no meaning to Markdown. */
function prose(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const parts = printable(line).split("`");
      // Code with backquotes of its own would shift what is code and what is not.
      const isClear = parts.length % 2 === 1 && parts.slice(1, -1).every((part) => part !== "");
      if (!isClear) return escapeMarkdown(parts.join("'"));
      return parts.map((part, i) => (i % 2 === 0 ? escapeMarkdown(part) : codeSpan(part))).join("");
    })
    .join("\n");
}

/** Any text as text: an at sign would call people by name, a number sign an issue. */
export function escapeMarkdown(text: string): string {
  return escapeHtml(text)
    .replace(/[\\*_[\]~|]/g, (mark) => `\\${mark}`)
    .replace(/[@#](?=\w)/g, "$&\u2060");
}
