import { describe, expect, test } from "vitest";
import { shownLine } from "../../src/commands/shown.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { translateMetric, type MetricSpec } from "../../src/translate/translate-metric.ts";

const knowledge = loadKnowledge();

interface Row {
  readonly command: string;
  readonly spec?: Partial<MetricSpec>;
  readonly target?: string;
  /** Null: nothing to start from. */
  readonly words: string | null;
  readonly notes: readonly string[];
}

const rows: readonly Row[] = [
  {
    command: "trace exec",
    spec: { labels: ["k8s.namespace", "comm"], selector: [["comm:cat"], ["namespace:shop"]] },
    words:
      "kubectl gadget run trace_exec:v0.55.1 --ignore-failed=false --filter proc.comm==cat --namespace shop --detach --name calls --annotate=exec:metrics.collect=true,exec:metrics.implicit-counter.name=calls,exec.k8s.namespace:metrics.type=key,exec.k8s.namespace:metrics.name=k8s.namespace,exec.proc.comm:metrics.type=key,exec.proc.comm:metrics.name=comm --otel-metrics-name=exec:all",
    notes: ["metric-detached"],
  },
  {
    command: "trace exec",
    spec: { labels: ["k8s.namespace", "comm"] },
    target: "v0.46.0",
    words:
      "kubectl gadget run trace_exec:v0.46.0 --ignore-failed=false --all-namespaces --detach --name calls --annotate=exec:metrics.collect=true,exec:metrics.implicit-counter.name=calls,exec.k8s.namespace:metrics.type=key,exec.proc.comm:metrics.type=key --otel-metrics-name=exec:all",
    notes: ["metric-label-name", "metric-detached"],
  },
  {
    command: "trace open",
    spec: { selector: [["pod:web-0"], ["container:nginx"], ["namespace:!kube-system"], ["comm:~a,b"]] },
    words:
      "kubectl gadget run trace_open:v0.55.1 --all-namespaces --podname web-0 --containername nginx --filter 'k8s.namespace!=kube-system,proc.comm~a\\,b' --detach --name calls --annotate=open:metrics.collect=true,open:metrics.implicit-counter.name=calls --otel-metrics-name=open:all",
    notes: ["metric-detached"],
  },
  {
    command: "trace dns",
    spec: { type: "histogram", field: "latency" },
    target: "v0.42.0",
    words:
      "kubectl gadget run trace_dns:v0.42.0 --all-namespaces --detach --name calls --annotate=dns:metrics.collect=true,dns.latency_ns_raw:metrics.type=histogram --otel-metrics-name=dns:all",
    notes: ["metric-named-after-field", "metric-boundaries", "metric-detached"],
  },
  {
    command: "trace fsslower",
    spec: { field: "bytes", labels: ["nothing", "T"] },
    words:
      "kubectl gadget run trace_fsslower:v0.55.1 --min=10000 --all-namespaces --detach --name calls --annotate=malloc:metrics.collect=true,malloc.size:metrics.type=counter,malloc.size:metrics.name=calls,malloc.op:metrics.type=key,malloc.op:metrics.name=T --otel-metrics-name=malloc:all",
    notes: ["column-unknown", "column-differs", "metric-detached"],
  },
  { command: "snapshot process", spec: { type: "gauge" }, words: null, notes: ["metric-gauge"] },
  { command: "trace network", words: null, notes: ["gadget-manual"] },
  {
    command: "audit seccomp",
    spec: { scope: null, name: null },
    words:
      "kubectl gadget run audit_seccomp:v0.55.1 --all-namespaces --detach --name NAME --annotate=seccomp:metrics.collect=true,seccomp:metrics.implicit-counter.name=NAME --otel-metrics-name=seccomp:METRICS_NAME",
    notes: ["metric-detached"],
  },
];

describe("a metric of a built-in gadget", () => {
  test.each(rows)("$command, $spec", ({ command, spec = {}, target = "v0.55.1", words, notes }) => {
    const gadget = knowledge.gadgets.find((known) => known.command === command);
    if (gadget === undefined) throw new Error(`no gadget ${command}`);
    const metric = {
      scope: ["all"],
      name: ["calls"],
      type: "counter",
      field: null,
      labels: [],
      selector: [],
    };
    const options = { target, imageStyle: "short", defaults: "keep" } as const;
    const translation = translateMetric(gadget, { ...metric, ...spec }, options, knowledge);
    expect(translation?.words == null ? null : shownLine(translation.words)).toBe(words);
    expect(translation?.notes.map(({ messageId }) => messageId)).toEqual(notes);
    expect(translation?.message.args["gadget"]).toBe(command);
  });
});
