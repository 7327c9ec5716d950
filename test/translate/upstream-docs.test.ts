import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { translate } from "../../src/translate/translate.ts";
import { validate } from "../../src/translate/validate.ts";
import type { CommandLine, Translation } from "../../src/translate/translation.ts";
import { lineOf, show } from "./lines.ts";

/*
 * Commands that upstream's own pages of v0.41.0 show (docs/gadgets/builtin, docs/reference/ig.md,
 * docs/gadgets/switching_to_image_based_gadgets.mdx), and what they become, read against the pages, gadget.yaml and
 * program.bpf.c of the images at v0.42.0 and v0.55.1 and the tracers of v0.41.0. One example of each kind of change.
 */

interface Becomes {
  readonly grade: "safe" | "unsafe" | "manual";
  /** Without the program's words; null: no image does it. */
  readonly now: string | null;
  readonly notes?: readonly string[];
}

interface Row {
  /** Page of v0.41.0. */
  readonly page: string;
  readonly old: string;
  readonly "v0.42.0": Becomes;
  readonly "v0.55.1": Becomes;
}

const safe = (now: string): Becomes => ({ grade: "safe", now });
const unsafe = (now: string, ...notes: readonly string[]): Becomes => ({ grade: "unsafe", now, notes });
const manual = (now: string | null, ...notes: readonly string[]): Becomes => ({
  grade: "manual",
  now,
  notes,
});

const ROWS: readonly Row[] = [
  {
    page: "builtin/trace/exec.md",
    old: "kubectl gadget trace exec --selector role=demo --node minikube-docker",
    "v0.42.0": safe(
      "run trace_exec:v0.42.0 --ignore-failed=false --selector role=demo --node minikube-docker",
    ),
    "v0.55.1": safe(
      "run trace_exec:v0.55.1 --ignore-failed=false --selector role=demo --node minikube-docker",
    ),
  },
  {
    page: "builtin/trace/exec.md",
    old: "ig trace exec -c test -o columns=comm,ret,upperlayer,pupperlayer",
    "v0.42.0": unsafe(
      "run trace_exec:v0.42.0 --ignore-failed=false -c test --fields=proc.comm,error_raw,upper_layer,pupper_layer",
      "column-differs",
    ),
    "v0.55.1": unsafe(
      "run trace_exec:v0.55.1 --ignore-failed=false -c test --fields=proc.comm,error_raw,upper_layer,pupper_layer",
      "column-differs",
    ),
  },
  {
    page: "builtin/trace/exec.md",
    old: "ig trace exec --paths",
    "v0.42.0": unsafe("run trace_exec:v0.42.0 --ignore-failed=false --paths", "flag-differs"),
    "v0.55.1": unsafe("run trace_exec:v0.55.1 --ignore-failed=false --paths", "flag-differs"),
  },
  {
    page: "switching_to_image_based_gadgets.mdx",
    old: "ig trace open -F 'path:/tmp/foo'",
    "v0.42.0": safe("run trace_open:v0.42.0 -F fname==/tmp/foo"),
    "v0.55.1": safe("run trace_open:v0.55.1 -F fname==/tmp/foo"),
  },
  {
    page: "switching_to_image_based_gadgets.mdx",
    old: "ig trace open -o columns=comm,path",
    "v0.42.0": safe("run trace_open:v0.42.0 --fields=proc.comm,fname"),
    "v0.55.1": safe("run trace_open:v0.55.1 --fields=proc.comm,fname"),
  },
  {
    page: "../reference/ig.md",
    old: "gadgetctl trace open --remote-address tcp://127.0.0.1:9999",
    "v0.42.0": safe("run trace_open:v0.42.0 --remote-address tcp://127.0.0.1:9999"),
    "v0.55.1": safe("run trace_open:v0.55.1 --remote-address tcp://127.0.0.1:9999"),
  },
  {
    // v0.43.0 brought --filter-expr; before, a filter took one port.
    page: "builtin/trace/bind.md",
    old: "kubectl gadget trace bind -i=false --pid 42 -P=4242,4343",
    "v0.42.0": unsafe("run trace_bind:v0.42.0 --ignore-errors=false --pid 42", "flag-dropped"),
    "v0.55.1": safe("run trace_bind:v0.55.1 --ignore-errors=false --pid 42 -E=addr.port in [4242, 4343]"),
  },
  {
    page: "builtin/trace/capabilities.md",
    old: "kubectl gadget trace capabilities --selector name=set-priority",
    "v0.42.0": safe("run trace_capabilities:v0.42.0 --audit-only --selector name=set-priority"),
    "v0.55.1": safe("run trace_capabilities:v0.55.1 --audit-only --selector name=set-priority"),
  },
  {
    page: "builtin/trace/dns.md",
    old: "kubectl gadget trace dns -n demo",
    "v0.42.0": safe("run trace_dns:v0.42.0 -n demo"),
    "v0.55.1": safe("run trace_dns:v0.55.1 -n demo"),
  },
  {
    // Milliseconds up to v0.48.1, microseconds from v0.49.0 on.
    page: "builtin/trace/fsslower.md",
    old: "kubectl gadget trace fsslower -f ext4 -m 1 -p mypod",
    "v0.42.0": safe("run trace_fsslower:v0.42.0 --filesystem=ext4 --min=1 -p mypod"),
    "v0.55.1": safe("run trace_fsslower:v0.55.1 --filesystem=ext4 --min=1000 -p mypod"),
  },
  {
    page: "builtin/trace/oomkill.md",
    old: "kubectl gadget trace oomkill -n oomkill-demo",
    "v0.42.0": safe("run trace_oomkill:v0.42.0 -n oomkill-demo"),
    "v0.55.1": safe("run trace_oomkill:v0.55.1 -n oomkill-demo"),
  },
  {
    page: "builtin/trace/tcpconnect.md",
    old: "kubectl gadget trace tcpconnect --podname mypod",
    "v0.42.0": unsafe("run trace_tcp:v0.42.0 --connect-only --podname mypod", "gadget-differs"),
    "v0.55.1": unsafe("run trace_tcp:v0.55.1 --connect-only --podname mypod", "gadget-differs"),
  },
  {
    page: "builtin/trace/tcpconnect.md",
    old: "kubectl gadget trace tcpconnect --latency",
    "v0.42.0": unsafe("run trace_tcp:v0.42.0 --connect-only", "flag-dropped", "gadget-differs"),
    "v0.55.1": unsafe("run trace_tcp:v0.55.1 --connect-only", "flag-dropped", "gadget-differs"),
  },
  {
    page: "builtin/trace/tcpdrop.md",
    old: "kubectl gadget trace tcpdrop -o yaml",
    "v0.42.0": unsafe("run trace_tcpdrop:v0.42.0 -o yaml", "gadget-differs", "output-left-on-stdout"),
    "v0.55.1": unsafe("run trace_tcpdrop:v0.55.1 -o yaml", "gadget-differs", "output-left-on-stdout"),
  },
  {
    page: "builtin/trace/tcpretrans.md",
    old: "ig trace tcpretrans -r docker -c netem",
    "v0.42.0": unsafe("run trace_tcpretrans:v0.42.0 -r docker -c netem", "gadget-differs"),
    "v0.55.1": unsafe("run trace_tcpretrans:v0.55.1 -r docker -c netem", "gadget-differs"),
  },
  {
    page: "builtin/trace/network.md",
    old: "kubectl gadget trace network -n demo",
    "v0.42.0": manual(null, "gadget-manual"),
    "v0.55.1": manual(null, "gadget-manual"),
  },
  {
    page: "builtin/top/file.md",
    old: "kubectl gadget top file --interval 5",
    "v0.42.0": safe(
      "run top_file:v0.42.0 --sort=-reads,-writes,-rbytes_raw,-wbytes_raw --map-fetch-interval 5s",
    ),
    "v0.55.1": safe(
      "run top_file:v0.55.1 --sort=-reads,-writes,-rbytes_raw,-wbytes_raw --map-fetch-interval 5s",
    ),
  },
  {
    // The image counts gadgets only unless told otherwise, up to v0.48.1; then it is the other way round.
    page: "builtin/top/ebpf.md",
    old: "kubectl gadget top ebpf",
    "v0.42.0": unsafe("run bpfstats:v0.42.0 --all --sort=-runtime_raw,-runcount", "gadget-differs"),
    "v0.55.1": unsafe("run bpfstats:v0.55.1 --sort=-runtime_raw,-runcount", "gadget-differs"),
  },
  {
    page: "builtin/profile/cpu.md",
    old: "kubectl gadget profile cpu --timeout 5 --podname random -K",
    "v0.42.0": unsafe(
      "run profile_cpu:v0.42.0 --map-fetch-interval=0 --timeout 5 --podname random --kernel-stacks-only",
      "gadget-differs",
    ),
    "v0.55.1": unsafe(
      "run profile_cpu:v0.55.1 --map-fetch-interval=0 --timeout 5 --podname random --kernel-stacks-only",
      "gadget-differs",
    ),
  },
  {
    page: "builtin/profile/block-io.md",
    old: "kubectl gadget profile block-io --node worker-node",
    "v0.42.0": unsafe("run profile_blockio:v0.42.0 --node worker-node", "gadget-differs"),
    "v0.55.1": unsafe("run profile_blockio:v0.55.1 --node worker-node", "gadget-differs"),
  },
  {
    page: "builtin/profile/tcprtt.md",
    old: "ig profile tcprtt --raddr 1.1.1.1",
    "v0.42.0": unsafe("run profile_tcprtt:v0.42.0", "flag-dropped", "gadget-differs"),
    "v0.55.1": unsafe("run profile_tcprtt:v0.55.1", "flag-dropped", "gadget-differs"),
  },
  {
    page: "builtin/snapshot/process.md",
    old: "kubectl gadget snapshot process -n demo",
    "v0.42.0": safe("run snapshot_process:v0.42.0 -n demo"),
    "v0.55.1": safe("run snapshot_process:v0.55.1 -n demo"),
  },
  {
    page: "builtin/snapshot/socket.md",
    old: "kubectl gadget snapshot socket -n test-socketcollector",
    "v0.42.0": unsafe("run snapshot_socket:v0.42.0 -n test-socketcollector", "gadget-differs"),
    "v0.55.1": unsafe("run snapshot_socket:v0.55.1 -n test-socketcollector", "gadget-differs"),
  },
  {
    page: "builtin/audit/seccomp.md",
    old: "kubectl gadget audit seccomp -o columns=k8s.namespace,k8s.podname,syscall,code",
    "v0.42.0": unsafe(
      "run audit_seccomp:v0.42.0 --fields=k8s.namespace,k8s.podName,syscall,code",
      "column-differs",
      "column-differs",
    ),
    "v0.55.1": unsafe(
      "run audit_seccomp:v0.55.1 --fields=k8s.namespace,k8s.podName,syscall,code",
      "column-differs",
      "column-differs",
    ),
  },
  {
    page: "builtin/advise/seccomp-profile.md",
    old: "kubectl gadget advise seccomp-profile start -n seccomp-demo -p hello-python",
    "v0.42.0": unsafe("run advise_seccomp:v0.42.0 -n seccomp-demo -p hello-python", "gadget-differs"),
    "v0.55.1": unsafe("run advise_seccomp:v0.55.1 -n seccomp-demo -p hello-python", "gadget-differs"),
  },
  {
    page: "builtin/advise/network-policy.md",
    old: "kubectl gadget advise network-policy monitor -n demo --output ./networktrace.log",
    "v0.42.0": manual(
      "run advise_networkpolicy:v0.42.0 -n demo",
      "gadget-manual",
      "workflow-sequence",
      "flag-dropped",
    ),
    "v0.55.1": manual(
      "run advise_networkpolicy:v0.55.1 -n demo",
      "gadget-manual",
      "workflow-sequence",
      "flag-dropped",
    ),
  },
  {
    page: "builtin/traceloop.md",
    old: "ig traceloop -c test-traceloop --syscall-filters openat,write",
    "v0.42.0": safe("run traceloop:v0.42.0 -c test-traceloop --syscall-filters openat,write"),
    "v0.55.1": safe("run traceloop:v0.55.1 -c test-traceloop --syscall-filters openat,write"),
  },
];

const knowledge = loadKnowledge();

describe.each(["v0.42.0", "v0.55.1"] as const)("upstream's examples of v0.41.0 at %s", (target) => {
  test.each(ROWS)("$page: $old", ({ old, [target]: expected }) => {
    const line = { ...lineOf(old), document: { lines: [], at: 0 } };
    const result = translate(
      line,
      { target, tag: [target], imageStyle: "short", defaults: "keep" },
      knowledge,
    );
    expect(summary(result, line)).toEqual({ notes: [], ...expected });
    if (result.state !== "rewrite") return;
    const words = result.words.map((word) => ("keep" in word ? (line.words[word.keep] ?? []) : word.write));
    expect(validate(words, line.programWords, line.program, target, knowledge)).toEqual([]);
  });
});

function summary(result: Translation, line: CommandLine): Becomes | null {
  if (result.state === "fine") return null;
  const words = result.state === "rewrite" ? result.words : result.nearest;
  return {
    grade: result.state === "rewrite" ? result.grade : "manual",
    now: show(words, line)?.replace(/^(?:kubectl gadget|ig|gadgetctl) /, "") ?? null,
    notes: result.notes.map(({ messageId }) => messageId),
  };
}
