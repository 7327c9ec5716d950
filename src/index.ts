import { chooseTarget, givenTarget, parseTarget } from "./engine/target.ts";
import { evidenceIn } from "./engine/evidence.ts";
import type { Report, Skipped, SourceFile, Target } from "./engine/report.ts";
import { scan as scanFiles } from "./engine/scan.ts";
import type { Explanation } from "./explain/explain.ts";
import { loadKnowledge } from "./knowledge/load.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import type { Finding } from "./rules/finding.ts";
import { applyEdits } from "./text/edits.ts";

export type { Evidence, FileFindings, Report, Skipped, SourceFile, Target } from "./engine/report.ts";
export type { Explanation } from "./explain/explain.ts";
export type { Finding, Fix } from "./rules/finding.ts";
export { findingMessage, sentence } from "./rules/messages.ts";
export type { RuleId } from "./rules/registry.ts";
export type { Severity } from "./rules/severity.ts";
export type { Edit, Range } from "./text/edits.ts";
export type { Note } from "./translate/translation.ts";

/** How commands are rewritten; each is the command line's option of that name. */
export interface MigrationOptions {
  /** A known release (`v0.55.1`); by default the one that the files themselves speak of, else the newest known. */
  readonly target?: string | undefined;
  readonly imageStyle?: "short" | "full" | undefined;
  readonly registry?: string | undefined;
  readonly defaults?: "keep" | "new" | undefined;
  readonly form?: "run" | "announced" | undefined;
}

/**
 * Reports what a migration has to change in the given files. Reads and writes no disk.
 * @param files path (with `/`; its name tells the language) and text of each
 * @throws RangeError when `target` is no known release
 */
export async function scan(
  files: Iterable<SourceFile | Skipped>,
  options: MigrationOptions = {},
): Promise<Report> {
  const all = [...files];
  const texts = all.filter((file): file is SourceFile => "text" in file);
  return scanFiles(all, {
    ...options,
    target: (knowledge) => targetOf(options.target, texts, knowledge),
    filesWith: (marks) => texts.filter(({ text }) => [...marks].some((mark) => text.includes(mark))),
  });
}

/**
 * What becomes of one command line, as typed in a shell.
 * @returns its finding, with the new command in `after`; null when it works on the target as it is, or is no gadget command
 * @throws RangeError when `target` is no known release
 */
export async function translate(command: string, options: MigrationOptions = {}): Promise<Finding | null> {
  const report = await scan([{ path: "command.sh", text: command }], options);
  return report.files[0]?.findings[0] ?? null;
}

/**
 * What became of the built-in gadgets of a name: command, flags, columns, JSON and output modes, each with its state.
 * @param name a command (`trace open`), the words that several begin with (`advise`), an older name (`opensnoop`) or an image
 * @returns one for each gadget of that name; none where no release had such a gadget
 * @throws RangeError when `target` is no known release
 */
export async function explain(
  name: string,
  options: Pick<MigrationOptions, "target"> = {},
): Promise<readonly Explanation[]> {
  const [{ explain: explainGadget }, { findGadgets }] = await Promise.all([
    import("./explain/explain.ts"),
    import("./explain/find.ts"),
  ]);
  const knowledge = loadKnowledge();
  const { version } = targetOf(options.target, [], knowledge);
  const found = findGadgets(name, knowledge);
  return found.kind === "gadgets"
    ? found.gadgets.map((gadget) => explainGadget(gadget, version, knowledge))
    : [];
}

/**
 * A file's text with the fixes of its findings made: the safe ones, and with `unsafe` the others too.
 * @param findings of exactly this text
 */
export function applyFixes(text: string, findings: readonly Finding[], unsafe = false): string {
  const fixes = findings.flatMap(({ fix }) =>
    fix !== null && (unsafe || fix.grade === "safe") ? [fix] : [],
  );
  return applyEdits(
    text,
    fixes.flatMap(({ edits }) => edits),
  );
}

function targetOf(option: string | undefined, files: readonly SourceFile[], knowledge: Knowledge): Target {
  if (option === undefined)
    return chooseTarget(
      files.flatMap((file) => evidenceIn(file, knowledge)),
      knowledge,
    );
  const parsed = parseTarget(option, knowledge);
  if (parsed.ok) return givenTarget(parsed.tag);
  throw new RangeError(`${option} is not a known release; known are ${parsed.known.join(", ")}`);
}
