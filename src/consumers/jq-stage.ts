import { constantOf, display, literal, type Value } from "../commands/command.ts";
import { parseJq } from "../jq/parser.ts";
import { applyEdits, type Edit } from "../text/edits.ts";
import type { Note } from "../translate/translation.ts";
import { follow } from "./follow/follow.ts";
import { readJqCall } from "./jq-command.ts";
import type { PathTable } from "./json-paths.ts";
import { programText, withText } from "./program-text.ts";
import type { Shapes } from "./shapes.ts";

/** What a reader gets from the command before it. */
export interface JsonInput {
  /** One value after the other. */
  readonly values: Shapes;
  /** Whether each value stands on a line of its own. */
  readonly onLines: boolean;
  /** True: what was one value each is now an array of them, so that `.[]` must come first. */
  readonly wrapped: boolean;
}

/** What becomes of a call of jq, by the indexes of its own words. */
export interface JqStage {
  readonly word: number | null;
  /** Of the word's text, see `programText`. */
  readonly edits: readonly Edit[];
  readonly value: Value;
  readonly doubts: readonly Note[];
  readonly output: Shapes;
  readonly printsOmitted: boolean;
}

/** Follows JSON through a call of jq; null where it reads something else, or nobody can tell what it does. */
export function followJq(words: readonly Value[], input: JsonInput, table: PathTable): JqStage | null {
  const call = readJqCall(words);
  if (call === null || call.files.length > 0) return null;
  const written = call.program === null ? ["."] : (words[call.program] ?? []);
  const constant = constantOf(written);
  const value = constant === null ? written : [constant];
  const program = parseJq(programText(value));
  if (program === null) return null;
  const roots = rootsOf(call, input);
  if (roots === null) return null;
  const followed = follow(program, { ...roots, testsOutput: call.testsOutput }, table);
  const prefix = prefixOf(call, input);
  const doubts = [...followed.doubts, ...(prefix === null ? [SHAPE_CHANGED] : [])];
  const edits = [
    ...(prefix === null || prefix === "" ? [] : [{ start: 0, end: 0, text: prefix }]),
    ...followed.edits,
  ];
  if (constant !== null) {
    const after = applyEdits(constant, edits);
    const args = { word: display(written), before: constant, after };
    const messageId = after === constant ? "jq-constant-stays" : "jq-constant-changes";
    return { ...followed, word: null, edits: [], value, doubts: [{ messageId, args }, ...doubts] };
  }
  return {
    word: call.program,
    edits,
    value: withText(value, applyEdits(programText(value), edits)),
    doubts,
    output: followed.output,
    printsOmitted: followed.printsOmitted,
  };
}

const SHAPE_CHANGED: Note = { messageId: "json-wrapped", args: {} };

/** What must stand before the program where a value each became an array of them; null: nothing helps. */
function prefixOf(
  { slurp, nullInput, rawInput, program }: NonNullable<ReturnType<typeof readJqCall>>,
  { wrapped }: JsonInput,
): string | null {
  if (!wrapped) return "";
  return slurp || nullInput || rawInput || program === null ? null : ".[] | ";
}

/** The values that the program starts with; null where that is text of more than one value. */
function rootsOf(
  { slurp, nullInput, rawInput }: NonNullable<ReturnType<typeof readJqCall>>,
  { values, onLines }: JsonInput,
): { readonly first: Shapes; readonly inputs: Shapes } | null {
  if (rawInput && (slurp || !onLines)) return null;
  const inputs: Shapes = rawInput ? [{ kind: "text", of: values }] : values;
  if (slurp) return { first: [{ kind: "array", of: inputs }], inputs: [] };
  return nullInput ? { first: [{ kind: "other" }], inputs } : { first: inputs, inputs };
}

/** Whether a word of a later command looks for the null that a value was before. */
export function looksForNull(stages: readonly (readonly Value[])[]): boolean {
  return stages.some((words) => words.some((word) => /\bnull\b/.test(literal(word) ?? display(word))));
}
