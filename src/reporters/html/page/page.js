// @ts-check
/**
 * What the HTML report does in the browser. Text of the scanned repository reaches the page through `textContent` alone.
 * @typedef {import("../model.ts").PageModel} PageModel
 * @typedef {import("../model.ts").Row} Row
 * @typedef {"grade" | "severity" | "rule" | "gadget" | "language" | "owner"} Filter
 */

/** Rows that are shown before "Show more" is asked for: enough to read, few enough to be instant. */
const STEP = 100;

/** @type {unknown} */
const data = JSON.parse(byId("data", HTMLScriptElement).text);
const model = /** @type {PageModel} */ (data);
const form = byId("filters", HTMLFormElement);
const more = byId("more", HTMLButtonElement);
/** @type {readonly Filter[]} */
const filters = ["grade", "severity", "rule", "gadget", "language", "owner"];
/** Lower-case text of each row, made once: a search goes through thousands of them at every key. */
const haystacks = model.rows.map((row) =>
  [row.path, row.gadget, row.rule, row.message, row.before, row.after, ...row.notes].join("\n").toLowerCase(),
);
let sort = { key: "place", descending: false };
let shown = STEP;
/** @type {Set<string>} Fingerprints of the open findings. */
const open = new Set();

for (const name of filters) fillSelect(name);
for (const element of document.querySelectorAll("form input, form select")) {
  element.addEventListener("input", refresh);
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
});
form.addEventListener("reset", () => setTimeout(refresh));
for (const header of document.querySelectorAll("th button")) {
  header.addEventListener("click", () => {
    sortBy(header.getAttribute("data-key") ?? "place");
  });
}
for (const bar of document.querySelectorAll(".bar")) {
  bar.addEventListener("click", () => {
    toggleBar(bar);
  });
}
more.addEventListener("click", () => {
  shown += STEP * 5;
  render();
});
addEventListener("hashchange", followLink);
addEventListener("beforeprint", () => {
  shown = Infinity;
  for (const row of model.rows) open.add(row.id);
  render();
});
refresh();
followLink();

function refresh() {
  shown = STEP;
  render();
}

function render() {
  const rows = chosen();
  const visible = rows.slice(0, shown).flatMap(rowElements);
  byId("rows", HTMLElement).replaceChildren(...(visible.length > 0 ? visible : [emptyLine()]));
  byId("count", HTMLElement).textContent = `${rows.length} of ${model.rows.length} findings`;
  more.hidden = rows.length <= shown;
  for (const bar of document.querySelectorAll(".bar")) {
    const isChosen = select(bar.getAttribute("data-filter") ?? "").value === bar.getAttribute("data-value");
    bar.setAttribute("aria-pressed", String(isChosen));
  }
  for (const header of document.querySelectorAll("th[aria-sort]")) {
    const isSorted = header.querySelector("button")?.getAttribute("data-key") === sort.key;
    header.setAttribute("aria-sort", isSorted ? (sort.descending ? "descending" : "ascending") : "none");
  }
}

/** @returns {Row[]} what the filters let through, in order */
function chosen() {
  const needle = input("search").value.trim().toLowerCase();
  const wanted = filters
    .map((name) => ({ name, value: select(name).value }))
    .filter(({ value }) => value !== "");
  const rows = model.rows.filter(
    (row, i) =>
      (haystacks[i] ?? "").includes(needle) &&
      wanted.every(({ name, value }) => valuesOf(row, name).includes(value)),
  );
  const by = filters.find((name) => name === sort.key);
  if (by !== undefined) rows.sort((a, b) => compare(valuesOf(a, by)[0], valuesOf(b, by)[0]));
  return sort.descending ? rows.reverse() : rows;
}

/** @param {Row} row @param {Filter} name @returns {readonly string[]} */
function valuesOf(row, name) {
  const value = row[name];
  return typeof value === "string" ? [value] : value;
}

/** @param {string} [a] @param {string} [b] */
function compare(a = "", b = "") {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param {Row} row @returns {HTMLTableRowElement[]} */
function rowElements(row) {
  const place = element("button", {
    class: "place",
    type: "button",
    "aria-expanded": String(open.has(row.id)),
  });
  place.textContent = `${row.path}:${row.line}`;
  place.addEventListener("click", () => {
    if (!open.delete(row.id)) open.add(row.id);
    render();
    document.getElementById(`f-${row.id}`)?.querySelector("button")?.focus();
  });
  const cells = [place, row.severity, row.rule, row.gadget, row.grade].map((content, i) => {
    const cell = element("td", i === 4 ? { class: row.grade } : i === 0 ? {} : { class: "wide" });
    cell.append(content);
    return cell;
  });
  // What narrow screens have no columns for.
  const brief = element("span", { class: "brief" });
  brief.textContent = [row.gadget, row.rule, row.severity].filter((text) => text !== "").join(" · ");
  cells[0]?.append(brief);
  const line = element("tr", { id: `f-${row.id}` });
  line.append(...cells);
  return open.has(row.id) ? [line, detail(row)] : [line];
}

/** @returns {HTMLTableRowElement} */
function emptyLine() {
  const cell = element("td", { colspan: "5", class: "soft" });
  cell.textContent = "No finding has all of this; Reset shows all.";
  const line = element("tr", {});
  line.append(cell);
  return line;
}

/** @param {Row} row @returns {HTMLTableRowElement} */
function detail(row) {
  const cell = element("td", { colspan: "5" });
  cell.append(paragraph(row.message));
  const change = element("pre", {});
  change.append(
    ...lines("removed", "- ", row.before),
    ...lines(row.grade === "manual" ? "" : "added", sign(row), row.after),
  );
  cell.append(change);
  if (row.notes.length > 0) {
    const list = element("ul", {});
    for (const note of row.notes) {
      const item = element("li", {});
      item.append(...prose(note));
      list.append(item);
    }
    cell.append(list);
  }
  if (row.after !== "") cell.append(copyButton("Copy the new command", row.after));
  cell.append(copyButton("Copy a link", `${location.href.split("#")[0]}#f-${row.id}`));
  const line = element("tr", { class: "detail" });
  line.append(cell);
  return line;
}

/** @param {Row} row */
function sign(row) {
  return row.grade === "manual" ? "~ " : "+ ";
}

/** @param {string} kind @param {string} mark @param {string} text @returns {HTMLElement[]} */
function lines(kind, mark, text) {
  if (text === "") return [];
  return text.split(/\r\n|\n|\r/).map((part) => {
    const line = element("span", { class: kind });
    line.textContent = mark + part;
    return line;
  });
}

/** @param {string} text */
function paragraph(text) {
  const made = element("p", {});
  made.append(...prose(text));
  return made;
}

/** Our sentences have code in backquotes; where they do not pair up, a file's text has some of its own. @param {string} text @returns {(string | HTMLElement)[]} */
function prose(text) {
  const parts = text.split("`");
  if (parts.length % 2 === 0) return [text];
  return parts.map((part, i) => {
    if (i % 2 === 0) return part;
    const code = element("code", {});
    code.textContent = part;
    return code;
  });
}

/** @param {string} label @param {string} text */
function copyButton(label, text) {
  const button = element("button", { type: "button" });
  button.textContent = label;
  button.addEventListener("click", () => {
    void copy(text).then(() => {
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = label), 1500);
    });
  });
  return button;
}

/** A page from the disk may have no clipboard of the modern kind. @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element("textarea", {});
    area.value = text;
    document.body.append(area);
    area.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way where there is no modern clipboard
    document.execCommand("copy");
    area.remove();
  }
}

/** @param {string} key */
function sortBy(key) {
  sort = { key, descending: sort.key === key && !sort.descending };
  render();
}

/** @param {Element} bar */
function toggleBar(bar) {
  const filter = select(bar.getAttribute("data-filter") ?? "");
  const value = bar.getAttribute("data-value") ?? "";
  filter.value = filter.value === value ? "" : value;
  refresh();
}

/** Opens the finding that the address names. */
function followLink() {
  const id = location.hash.replace(/^#f-/, "");
  if (!model.rows.some((row) => row.id === id)) return;
  form.reset();
  open.add(id);
  shown = Infinity;
  render();
  const line = document.getElementById(`f-${id}`);
  line?.scrollIntoView({ block: "center" });
  line?.querySelector("button")?.focus();
}

/** @param {Filter} name */
function fillSelect(name) {
  const values = [...new Set(model.rows.flatMap((row) => valuesOf(row, name)))]
    .filter((value) => value !== "")
    .sort(compare);
  for (const value of values) {
    const choice = element("option", { value });
    choice.textContent = value;
    select(name).append(choice);
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Record<string, string>} attributes
 * @returns {HTMLElementTagNameMap[K]}
 */
function element(tag, attributes) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/**
 * @template {HTMLElement} T
 * @param {string} id @param {new () => T} kind
 * @returns {T}
 */
function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

/** @param {string} id */
function select(id) {
  return byId(id, HTMLSelectElement);
}

/** @param {string} id */
function input(id) {
  return byId(id, HTMLInputElement);
}
