import type { Reading } from "../commands/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Part } from "../languages/registry.ts";
import type { CheckedFile, CheckSettings, FileCheck } from "../rules/check.ts";
import type { Finding } from "../rules/finding.ts";
import { applyEdits, overlaps, type Edit } from "../text/edits.ts";
import type { Document } from "./analyse.ts";

/** A document whose parts can be told, each once, in its own text and in a changed one. */
export interface CheckedDocument extends Document, Pick<CheckedFile, "codeOf"> {
  readonly path: string;
  readonly partsOf: (text: string) => readonly Part[];
}

/**
 * What the checks find in one document, besides what is known of its commands. Each fix is proven: with it made, the document
 * is read as well as before, and the check finds less.
 * @param known findings of the document's commands: a check repeats none of them, and edits nothing that their fixes edit
 */
export function runChecks(
  checks: readonly FileCheck[],
  document: CheckedDocument,
  known: readonly Finding[],
  settings: CheckSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  const taken = known.flatMap(({ fix }) => fix?.edits ?? []);
  const problems = document.readText(document.text).problems.length;
  const parts = document.partsOf(document.text);
  return checks.flatMap((check) => {
    const find = (text: string): readonly Finding[] => {
      const reading = (): Reading => document.readText(text);
      return check(
        {
          path: document.path,
          text,
          parts: text === document.text ? parts : document.partsOf(text),
          codeOf: document.codeOf,
          reading,
          known,
        },
        settings,
        knowledge,
      );
    };
    const all = find(document.text);
    const free = all
      .filter((finding) => !isKnown(finding, known))
      .map((finding) => withoutClash(finding, taken));
    const isProven = (findings: readonly Finding[]): boolean => {
      const text = applyEdits(
        document.text,
        findings.flatMap(({ fix }) => fix?.edits ?? []),
      );
      const isRead = document.readText(text).problems.length <= problems;
      return isRead && find(text).length <= all.length - findings.length;
    };
    const fixed = free.filter(({ fix }) => fix !== null);
    if (fixed.length === 0 || isProven(fixed)) return free;
    return free.map((finding) =>
      finding.fix === null || isProven([finding]) ? finding : withoutFix(finding, "cannot-write-here"),
    );
  });
}

/** A fix that edits what another one edits goes; else its edits are taken. */
function withoutClash(finding: Finding, taken: Edit[]): Finding {
  const edits = finding.fix?.edits ?? [];
  if (edits.some((edit) => taken.some((other) => overlaps(edit, other))))
    return withoutFix(finding, "fix-clashes");
  taken.push(...edits);
  return finding;
}

/**
 * Whether a command's finding says the same of the same place, or its fix takes the place away; or it is one that cannot run as it
 * is and that a person must write anew, with all that is in it.
 */
function isKnown({ ruleId, range }: Finding, known: readonly Finding[]): boolean {
  const isRewritten = ({ fix, severity, range: other }: Finding): boolean =>
    fix === null && severity === "error" && other.start <= range.start && range.end <= other.end;
  const isGone = ({ start, end }: Edit): boolean => start <= range.start && range.end <= end;
  return known.some(
    (other) =>
      (other.ruleId === ruleId && overlaps(other.range, range)) ||
      isRewritten(other) ||
      other.fix?.edits.some(isGone) === true,
  );
}

function withoutFix(finding: Finding, messageId: "cannot-write-here" | "fix-clashes"): Finding {
  return { ...finding, fix: null, notes: [{ messageId, args: {} }, ...finding.notes] };
}
