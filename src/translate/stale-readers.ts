import type { Value } from "../commands/command.ts";
import { shownLine } from "../commands/shown.ts";
import { followJq } from "../consumers/jq-stage.ts";
import { builtinPaths, imagePaths, type FoundPath, type PathTable } from "../consumers/json-paths.ts";
import { EVENT, holdsEvents, type Shapes } from "../consumers/shapes.ts";
import { printedSources, type Running } from "../knowledge/lookup.ts";
import { readsPaths, stageDoubt, unwrapped } from "./stages.ts";
import type { LineOutput, ReaderFinding } from "./translation.ts";

/**
 * Programs of jq behind a command that runs an image already, which still read what the JSON of the built-in gadget had: the
 * other half of a migration.
 * @param modes that `-o` may have
 */
export function staleReaders(
  output: LineOutput,
  modes: readonly string[],
  running: Running,
): readonly ReaderFinding[] {
  const [source, more] = printedSources(running);
  if (source === undefined || more !== undefined || modes.length === 0) return [];
  if (!modes.every((mode) => /^(?:json|yaml)/.test(mode))) return [];
  const table = staleTable(running);
  if (table === null) return [];
  const isArray = source.source.kind === "array" && !modes.includes("yaml");
  const values: Shapes = isArray ? [{ kind: "array", of: [EVENT] }] : [EVENT];
  const flows = [output.pipe, ...(output.later ?? [])];
  return flows.flatMap((pipe, at) => {
    const found = readPipe(pipe, values, modes, table, running);
    return at === 0 ? found : found.map((one) => inFlow(one, at - 1));
  });
}

function readPipe(
  pipe: readonly (readonly Value[])[],
  first: Shapes,
  modes: readonly string[],
  table: PathTable,
  { knowledge, image }: Running,
): readonly ReaderFinding[] {
  const findings: ReaderFinding[] = [];
  let values = first;
  let onLines = modes.every((mode) => mode === "json");
  for (const [stage, all] of pipe.entries()) {
    const { words, skipped, name } = unwrapped(all, knowledge.wrappers);
    if (!readsPaths(name, modes, knowledge)) {
      if (stageDoubt(all, true, knowledge) === "passes") continue;
      break;
    }
    const followed = followJq(words, { values, onLines, wrapped: false }, table);
    if (followed === null) break;
    const notes = followed.doubts.filter(({ messageId }) => STALE.has(messageId));
    if (
      followed.edits.length > 0 ||
      notes.some(({ messageId }) => /^(?:json-gone|jq-constant-changes)$/.test(messageId))
    ) {
      const message = {
        messageId: "output-names-stale",
        args: { command: shownLine(all), image: image.name },
      };
      const change =
        followed.word === null || followed.edits.length === 0
          ? {}
          : {
              change: { stage, word: followed.word + skipped, edits: followed.edits, value: followed.value },
            };
      findings.push({ stage, message, notes, ...change });
    }
    if (!holdsEvents(followed.output)) break;
    values = followed.output;
    onLines = false;
  }
  return findings;
}

/** What is said of a path that the image does not have; that values were left out says nothing, for all were. */
const STALE: ReadonlySet<string> = new Set([
  "json-gone",
  "json-differs",
  "jq-constant-changes",
  "jq-two-meanings",
]);

function inFlow(finding: ReaderFinding, flow: number): ReaderFinding {
  const { change } = finding;
  return { ...finding, flow, ...(change === undefined ? {} : { change: { ...change, flow } }) };
}

/** Paths of the image stay; of others, the built-in gadgets that it took the place of tell where they are. */
function staleTable(running: Running): PathTable | null {
  const { knowledge, image } = running;
  const gadgets = knowledge.gadgets.filter(({ to }) => to.some((row) => row.image === image.name));
  if (gadgets.length === 0) return null;
  const now = imagePaths(running);
  const old = gadgets.map((gadget) => builtinPaths(gadget, running));
  const find = (path: readonly string[]): FoundPath | null => {
    const stays = now.find(path);
    if (stays !== null) return stays;
    const found = old
      .flatMap((table) => table.find(path) ?? [])
      .find(({ to }) => to !== null || path.length > 0);
    return found === undefined ? null : { ...found, omitted: false };
  };
  return { find, nearest: () => null, names: now.names };
}
