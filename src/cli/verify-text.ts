import type { Running } from "../knowledge/lookup.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Output } from "../verify/events.ts";
import { isBad, type FieldResult, type Verification } from "../verify/verify.ts";
import { printable } from "../reporters/terminal.ts";
import { listed, textTable, wrap, type TextRow } from "./tables.ts";

/** All that a comparison has to tell. */
export interface Compared {
  readonly gadget: Gadget;
  readonly running: Running;
  readonly before: Output;
  readonly after: Output;
  /** What printed each side, or the file that holds it. */
  readonly names: { readonly old: string; readonly new: string };
  readonly verification: Verification;
}

/**
 * The comparison for people; ends with a newline.
 * @param debug whether to show each pair of events
 */
export function verificationText(compared: Compared, debug: boolean): string {
  const { gadget, running, verification } = compared;
  const blocks = [
    [`${gadget.command} and ${running.image.name}:${running.release}`, ...eventLines(compared)],
    verification.fields.length === 0 ? [] : fieldTable(verification.fields),
    debug ? pairLines(compared) : [],
    wrap(conclusion(verification), 0),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.map(printable).join("\n")}\n`)
    .join("\n");
}

/** The same as JSON. */
export function verificationJson(compared: Compared, debug: boolean): string {
  const { gadget, running, before, after, names, verification } = compared;
  const { consistent, events, keys, fields } = verification;
  const side = (output: Output, name: string): object => ({
    name,
    format: output.format,
    unread: output.unread,
  });
  const content = {
    version: 1,
    gadget: gadget.command,
    image: `${running.image.name}:${running.release}`,
    consistent,
    old: side(before, names.old),
    new: side(after, names.new),
    events,
    keys,
    fields,
    ...(debug ? { pairs: pairsOf(compared) } : {}),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function eventLines({ names, before, after, verification }: Compared): readonly string[] {
  const { events, keys } = verification;
  const how =
    keys.length === 0 ? "by how much they are alike" : `by ${listed(keys.map((key) => `\`${key}\``))}`;
  const unread = [
    { name: names.old, lines: before.unread },
    { name: names.new, lines: after.unread },
  ].filter(({ lines }) => lines.length > 0);
  return [
    ...wrap(`Old: ${count(events.old, "event")} of ${names.old}, as ${before.format}.`, 2),
    ...wrap(`New: ${count(events.new, "event")} of ${names.new}, as ${after.format}.`, 2),
    ...wrap(
      `Matched: ${events.matched}, ${how}; ${events.onlyOld.length} only old, ${events.onlyNew.length} only new.`,
      2,
    ),
    ...unread.flatMap(({ name, lines }) =>
      wrap(
        `Not an event: ${count(lines.length, "line")} of ${name}; the first: ${(lines[0] ?? "").slice(0, 200)}`,
        2,
      ),
    ),
  ];
}

function fieldTable(fields: readonly FieldResult[]): readonly string[] {
  const rows = fields.map((field): TextRow => {
    const { old, new: now, note, example } = field;
    const isShown = field.state === "different" || field.state === "changed" || field.state === "missing";
    const values = isShown && example !== null ? [`${json(example.old)} became ${json(example.new)}`] : [];
    const isNoted = note !== null && field.state !== "equal";
    return {
      cells: [old ?? "-", now ?? "-", stateText(field)],
      below: [...values, ...(isNoted ? [note] : [])],
    };
  });
  return textTable(["OLD", "NEW", "VALUES"], rows);
}

const STATES: Readonly<Record<FieldResult["state"], string>> = {
  equal: "equal",
  mapped: "equal after mapping",
  changed: "equal, in another type or unit",
  different: "different",
  missing: "missing",
  none: "has no equal",
  unknown: "no release had this",
  extra: "new",
};

function stateText({ state, events }: FieldResult): string {
  const all = Object.values(events).reduce((sum, one) => sum + one, 0);
  if (state !== "different" && state !== "missing") return STATES[state];
  return `${STATES[state]} in ${events[state] ?? 0} of ${count(all, "event")}`;
}

function conclusion({ consistent, fields, events }: Verification): string {
  if (events.matched === 0) {
    return events.old + events.new === 0
      ? "Not consistent: neither side has an event, so nothing was compared."
      : "Not consistent: no event of one side is on the other.";
  }
  const mapped = fields.filter(({ old, new: now }) => old !== null && now !== null);
  const bad = fields.filter(({ state }) => isBad(state));
  if (consistent) return `Consistent: all ${count(mapped.length, "mapped field")} are equal.`;
  const reasons = [
    ...(bad.length === 0
      ? []
      : [
          `${bad.length} of ${count(mapped.length, "mapped field")} ${bad.length === 1 ? "is" : "are"} not equal`,
        ]),
    ...(events.onlyOld.length === 0 ? [] : [`${count(events.onlyOld.length, "event")} only old`]),
    ...(events.onlyNew.length === 0 ? [] : [`${count(events.onlyNew.length, "event")} only new`]),
  ];
  return `Not consistent: ${listed(reasons)}.`;
}

function pairLines(compared: Compared): readonly string[] {
  return pairsOf(compared).flatMap(({ old, new: now }) => [
    ...(old === null ? [] : [`- ${json(old)}`]),
    ...(now === null ? [] : [`+ ${json(now)}`]),
    "",
  ]);
}

/** Matched events, then those that only one side has. */
function pairsOf({
  before,
  after,
  verification,
}: Compared): readonly { readonly old: unknown; readonly new: unknown }[] {
  const { pairs, events } = verification;
  return [
    ...pairs.map(([i, j]) => ({ old: before.events[i] ?? null, new: after.events[j] ?? null })),
    ...events.onlyOld.map((i) => ({ old: before.events[i] ?? null, new: null })),
    ...events.onlyNew.map((j) => ({ old: null, new: after.events[j] ?? null })),
  ];
}

function json(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
