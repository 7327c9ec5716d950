import { escapeAttribute, escapeHtml } from "../escape.ts";
import type { Outcome, ReportContext, Reporter } from "../reporter.ts";
import { countsLine, targetLine } from "../sentences.ts";
import { summarize } from "../summary.ts";
import { printable } from "../terminal.ts";
import { countBy, NOBODY, pageModel, type Count, type PageModel } from "./model.ts";
import style from "./page/page.css?raw";
import script from "./page/page.js?raw";
import { timeline } from "./timeline.ts";

/** One file that works from the disk and asks the network for nothing: summary, time line, and a table to filter. */
export const html: Reporter = {
  render(outcome, context) {
    const model = pageModel(outcome.report, context.ownersOf);
    return [
      "<!doctype html>",
      '<html lang="en">',
      "<head>",
      '<meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
      "<title>gadget-migrate report</title>",
      `<style>${style}</style>`,
      "</head>",
      "<body>",
      header(outcome),
      panels(model, outcome, context),
      ...(model.rows.length === 0 ? [nothing(outcome)] : [FILTERS, TABLE]),
      skipped(outcome),
      ...(model.rows.length === 0 ? [] : scripts(model)),
      "</body>",
      "</html>",
      "",
    ].join("\n");
  },
};

function nothing({ report }: Outcome): string {
  const unread = report.skipped.length === 0 ? "" : " What was not read is listed below.";
  return `<p class="done">There is nothing to report.${unread}</p>`;
}

function scripts(model: PageModel): readonly string[] {
  return [
    `<script type="application/json" id="data">${inScript(JSON.stringify(model))}</script>`,
    `<script type="module">${script}</script>`,
  ];
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

function header(outcome: Outcome): string {
  return [
    "<header>",
    "<h1>gadget-migrate</h1>",
    `<p>${escapeHtml(countsLine(summarize(outcome)))}<br>`,
    `<span class="soft">${escapeHtml(targetLine(outcome.report, printable))}</span></p>`,
    "</header>",
  ].join("\n");
}

function panels(model: PageModel, outcome: Outcome, context: ReportContext): string {
  const { safe, unsafe, manual, skipped: skips } = summarize(outcome);
  const numbers = [
    ["safe", safe],
    ["unsafe", unsafe],
    ["manual", manual],
    ["skipped", skips],
  ] as const;
  const big = numbers.map(([name, count]) => `<div class="${name}"><b>${count}</b>${name}</div>`).join("");
  return [
    '<main><section class="panels" aria-label="Summary">',
    panel("Findings by grade", `<div class="numbers">${big}</div>`),
    ...(model.rows.length === 0
      ? []
      : [
          panel("Gadgets", bars("gadget", countBy(model, "gadget"))),
          panel("Languages", bars("language", countBy(model, "language"))),
          panel("Owners", owners(model)),
        ]),
    "</section>",
    `<section class="panel"><h2>Releases</h2>${timeline(outcome.report.target.version, context.releases())}</section>`,
  ].join("\n");
}

function owners(model: PageModel): string {
  const counts = countBy(model, "owner");
  return counts.every(({ value }) => value === NOBODY)
    ? '<span class="soft">CODEOWNERS names nobody for these files.</span>'
    : bars("owner", counts);
}

function panel(title: string, content: string): string {
  return `<div class="panel"><h2>${title}</h2>${content}</div>`;
}

/** So many values are shown as bars; all of them are in the filters. */
const MOST_BARS = 8;

/** A bar is a button that filters the table. */
function bars(filter: string, counts: readonly Count[]): string {
  const most = counts[0]?.count ?? 1;
  const shown = counts.slice(0, MOST_BARS).map(({ value, count }) => {
    const width = Math.max(2, Math.round((count / most) * 100));
    const shownValue = escapeHtml(printable(value));
    return (
      `<button type="button" class="bar" data-filter="${filter}" data-value="${escapeAttribute(value)}" aria-pressed="false">` +
      `<span>${shownValue}</span><i style="width:${width}%"></i><span>${count}</span></button>`
    );
  });
  return shown.length > 0 ? shown.join("\n") : '<span class="soft">none</span>';
}

const SELECTS = ["grade", "severity", "rule", "gadget", "language", "owner"];

const FILTERS = [
  '<form id="filters">',
  '<label>Search <input id="search" type="search" placeholder="path, command, note" autocomplete="off"></label>',
  ...SELECTS.map(
    (name) =>
      `<label>${name[0]?.toUpperCase() ?? ""}${name.slice(1)} <select id="${name}"><option value="">all</option></select></label>`,
  ),
  '<button type="reset">Reset</button>',
  '<span id="count" class="soft" role="status"></span>',
  "</form>",
].join("\n");

const COLUMNS = [
  ["place", "Place"],
  ["severity", "Severity"],
  ["rule", "Rule"],
  ["gadget", "Gadget"],
  ["grade", "Grade"],
] as const;

const TABLE = [
  "<table>",
  '<caption class="soft">A place opens what the command becomes, and what to check.</caption>',
  `<thead><tr>${COLUMNS.map(
    ([key, title], i) =>
      `<th scope="col" aria-sort="none"${i > 0 && key !== "grade" ? ' class="wide"' : ""}><button type="button" data-key="${key}">${title}</button></th>`,
  ).join("")}</tr></thead>`,
  '<tbody id="rows"></tbody>',
  "</table>",
  '<button type="button" id="more" class="more" hidden>Show more</button>',
].join("\n");

function skipped({ report }: Outcome): string {
  if (report.skipped.length === 0) return "</main>";
  const items = report.skipped.map(
    ({ path, reason }) =>
      `<li><code>${escapeHtml(printable(path))}</code>: ${escapeHtml(printable(reason))}</li>`,
  );
  return `<section><h2>Skipped</h2><ul>${items.join("\n")}</ul></section></main>`;
}

/** Nothing in the text can end the script element or be taken for a comment. */
function inScript(json: string): string {
  return json.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
