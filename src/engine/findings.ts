import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Finding } from "../rules/finding.ts";
import { isRuleId, type RuleId, ruleOf } from "../rules/registry.ts";
import { faultsOf, ignoredBy } from "../suppress/suppress.ts";
import { analyse, type AnalyseOptions } from "./analyse.ts";
import { fingerprints } from "./fingerprint.ts";
import type { Suppression } from "./report.ts";
import { runChecks } from "./run-checks.ts";
import { type FileSettings, isOn, judged } from "./settings.ts";
import type { Survey } from "./survey.ts";

/** What is reported at all: where something is named here, only that. */
export interface Selection {
  /** Rules, those among them too that are off. */
  readonly rules?: ReadonlySet<RuleId> | undefined;
  readonly isAboutGadget?: ((finding: Finding) => boolean) | undefined;
  /** Files, by their path of the report; the others are read all the same, for what they tell of these. */
  readonly isInFile?: ((path: string) => boolean) | undefined;
}

/** What holds for all files of a run. */
export interface RunSettings extends Pick<AnalyseOptions, "target" | "isRead" | "digestOf"> {
  readonly selection?: Selection | undefined;
  /** Whether comments that ignore findings must say why. */
  readonly requireReason?: boolean | undefined;
  /** Fingerprints of findings that are known and not reported. */
  readonly baseline?: ReadonlySet<string> | undefined;
  /** Whether the rest of the repository is known, so that rules that need it report. */
  readonly isWhole: boolean;
  /** Whether a file is part of a module of Go; none is when absent. */
  readonly isOwnModule?: ((path: string, module: string) => boolean) | undefined;
  /** What is found in a file by looking at others too. */
  readonly besides?: ((path: string) => readonly Finding[]) | undefined;
}

/** What one file has to report, sorted by place, and what is known but not reported. */
export interface Found {
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
}

/** All of one file. No fix changes a command whose finding is not reported. */
export function findingsOf(survey: Survey, run: RunSettings, own: FileSettings, knowledge: Knowledge): Found {
  const found = new Search(survey, run, own, knowledge).look(() => false);
  const { baseline } = run;
  if (baseline === undefined || !found.findings.some(isIn(baseline))) return found;
  const known = new Set(found.findings.filter(isIn(baseline)).map(placeKey));
  // Again, since the fixes of what is left must not reach what is known.
  const again = new Search(survey, run, own, knowledge).look((finding) => known.has(placeKey(finding)));
  return {
    findings: again.findings.filter((finding) => !known.has(placeKey(finding))),
    suppressions: [
      ...again.suppressions,
      ...again.findings
        .filter((finding) => known.has(placeKey(finding)))
        .map((finding) => ({ finding, by: "baseline" as const, reason: null })),
    ],
  };
}

function isIn(baseline: ReadonlySet<string>): (finding: Finding) => boolean {
  return ({ fingerprint }) => fingerprint !== undefined && baseline.has(fingerprint);
}

function placeKey({ ruleId, range }: Finding): string {
  return `${ruleId} ${range.start} ${range.end}`;
}

class Search {
  constructor(
    private readonly survey: Survey,
    private readonly run: RunSettings,
    private readonly own: FileSettings,
    private readonly knowledge: Knowledge,
  ) {}

  /** @param isKnown of what is reported, what no fix may change */
  look(isKnown: (finding: Finding) => boolean): Found {
    const { directives, file } = this.survey;
    const found = this.#all(isKnown);
    const ignored = (finding: Finding): boolean => ignoredBy(finding, directives) !== undefined;
    const faults = this.#faults(found);
    const reported = [...found, ...faults].sort((a, b) => a.range.start - b.range.start);
    const left = reported.filter((finding) => !ignored(finding));
    // Those that are left come first, so that a comment on another one leaves them their fingerprints.
    const all = printed(file.path, [...left, ...reported.filter(ignored)]);
    const suppressions = all.slice(left.length).map((finding) => ({
      finding: { ...finding, fix: null },
      by: "comment" as const,
      reason: ignoredBy(finding, directives)?.reason ?? null,
    }));
    return { findings: all.slice(0, left.length), suppressions };
  }

  #all(isKnown: (finding: Finding) => boolean): readonly Finding[] {
    const { file, document, reading, commands, checks, directives } = this.survey;
    const { imageStyle = "short", registry, defaults = "keep", form } = this.own;
    const mayFix = (finding: Finding): boolean =>
      this.#judged(finding) !== null && ignoredBy(finding, directives) === undefined && !isKnown(finding);
    const settings: AnalyseOptions = { ...this.run, imageStyle, registry, defaults, form, mayFix };
    const known = analyse(document, reading, settings, this.knowledge, commands);
    const isOwnModule = (module: string): boolean => this.run.isOwnModule?.(file.path, module) === true;
    const more =
      checks.length === 0
        ? []
        : runChecks(checks, document, known, { ...settings, isOwnModule }, this.knowledge);
    const besides = this.run.besides?.(this.survey.file.path) ?? [];
    return [...known, ...more, ...besides].flatMap((finding) => this.#judged(finding) ?? []);
  }

  #judged(finding: Finding): Finding | null {
    return selected(finding, this.run, this.own);
  }

  /** What is wrong with the comments themselves. Where less is looked for, that one is of no use cannot be told. */
  #faults(findings: readonly Finding[]): readonly Finding[] {
    const { directives } = this.survey;
    const { selection, requireReason = false, isWhole } = this.run;
    if (directives.length === 0 || selection?.rules !== undefined || selection?.isAboutGadget !== undefined)
      return [];
    const isLookedFor = (rule: string): boolean =>
      isRuleId(rule) && isOn(rule, this.own) && (isWhole || ruleOf(rule).needsRepository !== true);
    return faultsOf(directives, findings, { isLookedFor, requireReason }).flatMap(
      (finding) => judged(finding, this.own) ?? [],
    );
  }
}

function selected(finding: Finding, { selection = {} }: RunSettings, own: FileSettings): Finding | null {
  const { rules, isAboutGadget } = selection;
  if (rules !== undefined && !rules.has(finding.ruleId)) return null;
  if (isAboutGadget?.(finding) === false) return null;
  return judged(finding, own, rules !== undefined);
}

/** The findings of a file with their fingerprints. */
function printed(path: string, findings: readonly Finding[]): readonly Finding[] {
  const prints = fingerprints(path, findings);
  return findings.map((finding, i) => ({ ...finding, fingerprint: prints[i] ?? "" }));
}
