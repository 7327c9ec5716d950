import { compareReleases } from "../../knowledge/releases.ts";
import type { ReleaseDates } from "../reporter.ts";

/**
 * An SVG line of the releases that matter: deprecation, removal, the newest, and where this repository stands.
 * @param target the release that the repository works with
 */
export function timeline(target: string, { known, deprecated, removed }: ReleaseDates): string {
  const newest = known.at(-1)?.tag ?? target;
  const marks = new Map<string, string>([
    [deprecated, "deprecated"],
    [removed, "removed"],
    [newest, "newest"],
  ]);
  marks.set(target, [marks.get(target), "this repository"].filter((text) => text !== undefined).join(", "));
  const from = known.findIndex(({ tag }) => tag === earliest([...marks.keys()]));
  const span = known.slice(Math.max(0, from - 1));
  const points = span.map(({ tag, date }, i) =>
    point(tag, date, i, span.length, marks.get(tag), tag === target),
  );
  const described = Array.from(marks, ([tag, text]) => `${tag}: ${text}`).join("; ");
  return [
    '<div class="scroll" tabindex="0" role="region" aria-label="Time line of the releases">',
    `<svg class="timeline" viewBox="0 0 ${WIDTH} 96" role="img" aria-label="${described}">`,
    `<line x1="${MARGIN}" y1="48" x2="${WIDTH - MARGIN}" y2="48"/>`,
    ...points,
    "</svg>",
    "</div>",
  ].join("\n");
}

const WIDTH = 1000;
const MARGIN = 70;

function earliest(tags: readonly string[]): string {
  return [...tags].sort(compareReleases)[0] ?? "";
}

function point(
  tag: string,
  date: string,
  index: number,
  count: number,
  mark: string | undefined,
  isHere: boolean,
): string {
  const x = count < 2 ? WIDTH / 2 : MARGIN + (index * (WIDTH - 2 * MARGIN)) / (count - 1);
  const dot = `<circle cx="${x.toFixed(1)}" cy="48" r="${mark === undefined ? 3 : 7}"${isHere ? ' class="here"' : ""}><title>${tag} (${date})</title></circle>`;
  if (mark === undefined) return dot;
  const text = (y: number, content: string): string =>
    `<text x="${x.toFixed(1)}" y="${y}" text-anchor="middle">${content}</text>`;
  return dot + text(26, tag) + text(74, mark) + text(90, date);
}
