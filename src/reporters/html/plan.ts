import type { Plan, Share } from "../../assess/plan.ts";
import { duration, ESTIMATE, milestoneText, otherLine, standingLine } from "../../assess/sentences.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { escapeAttribute, escapeHtml } from "../escape.ts";
import { countsLine, targetLine } from "../sentences.ts";
import { printable } from "../terminal.ts";
import style from "./page/page.css?raw";
import { timeline } from "./timeline.ts";

/** The plan as one file that works from the disk, without scripts; paths are relative to the project's root. */
export function planHtml(plan: Plan, knowledge: Knowledge): string {
  return `${[
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    "<title>gadget-migrate plan</title>",
    `<style>${style}${OWN_STYLE}</style>`,
    "</head>",
    "<body>",
    "<header>",
    "<h1>Migration plan</h1>",
    `<p>${text(countsLine(plan.summary))}<br>`,
    `<span class="soft">${text(targetLine(plan, same))}</span></p>`,
    "</header>",
    "<main>",
    ...deadline(plan, knowledge),
    ...effort(plan),
    ...shares("gadget", plan.gadgets),
    ...shares("language", plan.languages),
    ...shares("owner", plan.owners),
    ...steps(plan),
    ...(plan.summary.findings + plan.summary.skipped === 0 ? [NOTHING] : []),
    "</main>",
    "</body>",
    "</html>",
  ].join("\n")}\n`;
}

const NOTHING = '<p class="done">There is nothing to do.</p>';

const OWN_STYLE = `
main section { margin: 1rem 0; }
tr td:first-child { min-width: 7.5rem; }
tr td:nth-child(2):not(.figure) { min-width: 9rem; }
details summary { cursor: pointer; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; }
`;

function deadline(
  { standing, summary, target }: Plan,
  { releases, milestones }: Knowledge,
): readonly string[] {
  if (summary.findings === 0) return [];
  const here = standing.inUse?.version ?? target.version;
  const isKnown = releases.some(({ tag }) => tag === here);
  return [
    section("Deadline", [
      `<p>${text(standingLine(standing, same))}</p>`,
      ...(isKnown ? [timeline(here, { known: releases, ...milestones })] : []),
      table(
        "Releases that matter",
        ["Release", "Date", "What"],
        standing.milestones.map((one) => [one.tag, one.date, milestoneText(one)]),
      ),
      others(standing.others.map((other) => text(otherLine(other, same)))),
    ]),
  ];
}

/** @param items HTML */
function others(items: readonly string[]): string {
  if (items.length <= MOST_OTHERS) return list("ul", items);
  return `<details><summary>${items.length} other releases are named too</summary>${list("ul", items)}</details>`;
}

const MOST_OTHERS = 4;

function effort({ effort: classes, minutes }: Plan): readonly string[] {
  if (classes.length === 0) return [];
  const rows = classes.map((one) => [
    one.what,
    one.why,
    ...[one.count, one.repeats, one.first, one.again].map(String),
    duration(one.minutes),
  ]);
  return [
    section(`Work: about ${duration(minutes)}`, [
      table(
        "Work by class",
        ["Class", "What it takes", "Count", "Repeats", "Minutes", "For a repeat", "Time"],
        rows,
        2,
      ),
      `<p class="soft">${text(ESTIMATE)}</p>`,
    ]),
  ];
}

function shares(what: string, all: readonly Share[]): readonly string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ name, findings, safe, unsafe, manual, minutes }) => [
    name,
    ...[findings, safe, unsafe, manual].map(String),
    duration(minutes),
  ]);
  return [
    section(`By ${what}`, [table(`By ${what}`, [what, "all", "safe", "unsafe", "manual", "time"], rows, 1)]),
  ];
}

function steps({ steps: all }: Plan): readonly string[] {
  if (all.length === 0) return [];
  const items = all.map(({ command, effect }) => `<code>${text(command)}</code> ${text(effect)}`);
  return [section("Next steps", [list("ol", items)])];
}

function section(title: string, content: readonly string[]): string {
  return `<section class="panel"><h2>${text(title)}</h2>\n${content.join("\n")}\n</section>`;
}

/** @param texts how many of the columns are no figures */
function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  texts: number = head.length,
): string {
  const figure = (i: number): string => (i < texts ? "" : ' class="figure"');
  const cells = (tag: string, values: readonly string[], more = ""): string =>
    `<tr>${values.map((value, i) => `<${tag}${more}${figure(i)}>${text(value)}</${tag}>`).join("")}</tr>`;
  return [
    `<div class="scroll" tabindex="0" role="region" aria-label="${escapeAttribute(title)}">`,
    `<table><thead>${cells("th", head, ' scope="col"')}</thead>`,
    `<tbody>${rows.map((row) => cells("td", row)).join("\n")}</tbody></table></div>`,
  ].join("\n");
}

/** @param items HTML */
function list(tag: "ul" | "ol", items: readonly string[]): string {
  return items.length === 0 ? "" : `<${tag}>${items.map((item) => `<li>${item}</li>`).join("\n")}</${tag}>`;
}

function text(content: string): string {
  return escapeHtml(printable(content));
}

function same(path: string): string {
  return path;
}
