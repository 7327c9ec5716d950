import { shownLine } from "../../commands/shown.ts";
import { at, mappingsIn, textAt, valueAt, type Datum, type Mapping } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import type { Value } from "../../commands/command.ts";
import { literal } from "../../commands/command.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { translateMetric } from "../../translate/translate-metric.ts";
import type { CheckedFile, CheckSettings } from "../check.ts";
import type { Finding } from "../finding.ts";
import { severityAt } from "../severity-at.ts";

/** The metrics that the configuration of `prometheus` makes of built-in gadgets, each with the command that does it today. */
export function metricsConfigs(
  file: CheckedFile,
  settings: CheckSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  const found = new Map<number, Finding>();
  for (const datum of manifestsIn(file.parts, SIGN)) {
    for (const config of mappingsIn(datum)) {
      for (const metric of metricsOf(config)) {
        const finding = findingOf(metric, config, file, settings, knowledge);
        if (finding !== null && !found.has(finding.range.start)) found.set(finding.range.start, finding);
      }
    }
  }
  return [...found.values()];
}

const SIGN = /metrics_name/;

/** What a mapping lists as metrics, if it is such a configuration. */
function metricsOf(config: Mapping): readonly Mapping[] {
  const metrics = at(config, "metrics");
  if (config.fields.get("metrics_name") === undefined || metrics?.kind !== "sequence") return [];
  return metrics.items.filter((item): item is Mapping => item.kind === "mapping");
}

function findingOf(
  metric: Mapping,
  config: Mapping,
  { text }: Pick<CheckedFile, "text">,
  settings: CheckSettings,
  knowledge: Knowledge,
): Finding | null {
  const command = `${textAt(metric, "category") ?? ""} ${textAt(metric, "gadget") ?? ""}`;
  const gadget = knowledge.gadgets.find((known) => known.command === command);
  if (gadget === undefined) return null;
  const spec = {
    scope: valueAt(config, "metrics_name"),
    name: valueAt(metric, "name"),
    type: textAt(metric, "type"),
    field: textAt(metric, "field"),
    labels: itemsAt(metric, "labels").flatMap((label) => literal(label) ?? []),
    selector: itemsAt(metric, "selector"),
  };
  const translation = translateMetric(gadget, spec, settings, knowledge);
  if (translation === null) return null;
  const { start, end } = metric.place;
  const before = text.slice(start, end).trimEnd();
  return {
    ruleId: "builtin-gadget",
    message: translation.message,
    severity: severityAt("builtin-gadget", settings.target, knowledge),
    range: { start, end: start + before.length },
    gadget: command,
    image: translation.image,
    before,
    after: translation.words === null ? null : shownLine(translation.words),
    notes: translation.notes,
    fix: null,
  };
}

function itemsAt(datum: Datum, key: string): readonly Value[] {
  const list = at(datum, key);
  if (list?.kind !== "sequence") return [];
  return list.items.flatMap((item) => (item.kind === "scalar" && item.value.length > 0 ? [item.value] : []));
}
