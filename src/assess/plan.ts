import type { Evidence, Report, Target } from "../engine/report.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { NOBODY, pageModel, type Row } from "../reporters/html/model.ts";
import type { NextStep } from "../reporters/reporter.ts";
import { summarize, type Summary } from "../reporters/summary.ts";
import { classOf, EFFORT, EFFORT_CLASSES, type EffortClass, type MinutesByClass } from "./effort.ts";
import { standingOf, type Standing } from "./standing.ts";

/** The work that a repository is, before any of it is done. */
export interface Plan {
  readonly summary: Summary;
  readonly target: Target;
  readonly standing: Standing;
  /** An estimate: see `EFFORT`. */
  readonly minutes: number;
  /** Classes that there is something of. */
  readonly effort: readonly ClassShare[];
  /** By what the old command called; what calls none is named by its rule. */
  readonly gadgets: readonly Share[];
  readonly languages: readonly Share[];
  /** A finding whose file several own counts for each of them. Empty where CODEOWNERS gives none an owner. */
  readonly owners: readonly Share[];
  readonly steps: readonly NextStep[];
}

export interface ClassShare {
  readonly class: EffortClass;
  readonly what: string;
  readonly why: string;
  readonly first: number;
  readonly again: number;
  readonly count: number;
  /** How many of them say the same as one before. */
  readonly repeats: number;
  readonly minutes: number;
}

/** What one gadget, language or owner has. */
export interface Share {
  readonly name: string;
  readonly findings: number;
  readonly safe: number;
  readonly unsafe: number;
  readonly manual: number;
  readonly minutes: number;
}

export interface PlanContext {
  readonly ownersOf: (path: string) => readonly string[];
  /** Signs of the release in use, the weightiest first. */
  readonly evidence: readonly Evidence[];
  /** What differs from `EFFORT`. */
  readonly minutes: Partial<MinutesByClass>;
  readonly knowledge: Knowledge;
  readonly steps: readonly NextStep[];
}

export function planOf(report: Report, context: PlanContext): Plan {
  const minutes = { ...EFFORT, ...context.minutes };
  const works = worksOf(pageModel(report, context.ownersOf).rows, minutes);
  const effort = EFFORT_CLASSES.map((name) => classShare(name, works, report.skipped.length, minutes));
  return {
    summary: summarize({ report, fixed: [] }),
    target: report.target,
    standing: standingOf(context.evidence, context.knowledge),
    minutes: effort.reduce((sum, share) => sum + share.minutes, 0),
    effort: effort.filter(({ count }) => count > 0),
    gadgets: shares(works, ({ gadget, rule }) => [gadget === "" ? nameOf(rule) : gadget]),
    languages: shares(works, ({ language }) => [language === "" ? "other files" : language]),
    owners: works.every(({ row }) => row.owner.every((owner) => owner === NOBODY))
      ? []
      : shares(works, ({ owner }) => owner),
    steps: context.steps,
  };
}

/** What stands for the gadget of a finding that has none. */
function nameOf(rule: string): string {
  return rule === "builtin-gadget" ? "known only at run time" : rule;
}

/** A finding as work. */
interface Work {
  readonly row: Row;
  readonly class: EffortClass;
  readonly isRepeat: boolean;
  readonly minutes: number;
}

function worksOf(rows: readonly Row[], minutes: MinutesByClass): readonly Work[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const name = classOf(row);
    const subject = `${name} ${row.before.replace(/\s+/g, "")}`;
    const isRepeat = seen.has(subject);
    seen.add(subject);
    return { row, class: name, isRepeat, minutes: minutes[name][isRepeat ? "again" : "first"] };
  });
}

function classShare(
  name: EffortClass,
  works: readonly Work[],
  skipped: number,
  minutes: MinutesByClass,
): ClassShare {
  const { what, why } = EFFORT[name];
  const { first, again } = minutes[name];
  const base = { class: name, what, why, first, again };
  if (name === "skipped") return { ...base, count: skipped, repeats: 0, minutes: skipped * first };
  const own = works.filter((work) => work.class === name);
  const repeats = own.filter(({ isRepeat }) => isRepeat).length;
  return { ...base, count: own.length, repeats, minutes: sum(own) };
}

/** The largest first. */
function shares(works: readonly Work[], namesOf: (row: Row) => readonly string[]): readonly Share[] {
  const groups = new Map<string, Work[]>();
  for (const work of works) {
    for (const name of namesOf(work.row)) groups.set(name, [...(groups.get(name) ?? []), work]);
  }
  return Array.from(groups, ([name, group]) => ({
    name,
    findings: group.length,
    safe: graded(group, "safe"),
    unsafe: graded(group, "unsafe"),
    manual: graded(group, "manual"),
    minutes: sum(group),
  })).sort((a, b) => b.findings - a.findings || (a.name < b.name ? -1 : 1));
}

function graded(works: readonly Work[], grade: string): number {
  return works.filter(({ row }) => row.grade === grade).length;
}

function sum(works: readonly Work[]): number {
  return works.reduce((total, { minutes }) => total + minutes, 0);
}
