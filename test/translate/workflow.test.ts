import { expect, test } from "vitest";
import { scan } from "../../src/engine/scan.ts";
import { sentence } from "../../src/rules/messages.ts";

/** What a script's steps are told to do instead, each different text once. */
function instead(path: string, text: string, target = "v0.55.1"): Promise<readonly string[]> {
  return notesOf(path, text, "workflow-", target);
}

async function notesOf(
  path: string,
  text: string,
  id: string,
  target = "v0.55.1",
): Promise<readonly string[]> {
  const { files } = await scan([{ path, text }], {
    target: () => ({ version: target, source: "option", evidence: [] }),
  });
  const notes = files.flatMap(({ findings }) => findings.flatMap((finding) => finding.notes));
  return [...new Set(notes.filter(({ messageId }) => messageId.startsWith(id)).map(sentence))];
}

function recorded(...lines: readonly string[]): string {
  return ["In place of all commands of this workflow:", ...lines.map((line) => `    ${line}`)].join("\n");
}

const BUSY = ["recorder=$!", "# here: what is to be recorded"];
const KILL = 'kill "$recorder"; wait "$recorder"';

test.each([
  [
    "the namespaces and files of the script",
    `kubectl gadget advise network-policy monitor -n demo,prod --output ./trace.log
kubectl gadget advise network-policy report --input trace.log > policies.yaml`,
    [
      recorded(
        "kubectl gadget run advise_networkpolicy:v0.55.1 -n demo,prod > policies.yaml &",
        ...BUSY,
        KILL,
      ),
    ],
  ],
  [
    "words that stood for a namespace and a pod",
    "kubectl gadget traceloop pod demo web-0 2",
    [recorded("kubectl gadget run traceloop:v0.55.1 -n demo -p web-0 &", ...BUSY, KILL)],
  ],
  [
    "the recording of the same file, not the nearest",
    `kubectl gadget advise network-policy monitor -n one --output one.json
kubectl gadget advise network-policy monitor -n two --output two.json
kubectl gadget advise network-policy report --input one.json --output one.yaml
kubectl gadget advise network-policy report --input two.json --output two.yaml`,
    ["one", "two"].map((name) =>
      recorded(`kubectl gadget run advise_networkpolicy:v0.55.1 -n ${name} > ${name}.yaml &`, ...BUSY, KILL),
    ),
  ],
  [
    "a time limit ends it",
    `kubectl gadget advise network-policy monitor --timeout 30 --output t
kubectl gadget advise network-policy report --input t --output p.yaml`,
    [
      recorded(
        "kubectl gadget run advise_networkpolicy:v0.55.1 --timeout 30 > p.yaml &",
        ...BUSY,
        'wait "$recorder"',
      ),
    ],
  ],
  [
    "the id in a variable is gone, the result is made what it was",
    `id=$(kubectl gadget advise seccomp-profile start -n "$ns" -p web)
kubectl gadget advise seccomp-profile stop "$id" > "$ns.json"`,
    [
      recorded(
        'kubectl gadget run advise_seccomp:v0.55.1 -n "$ns" -p web > "$ns.json" &',
        ...BUSY,
        KILL,
        "sed -i '/^\\/\\//d' \"$ns.json\"",
      ),
    ],
  ],
  [
    "what the pipe does is done with the result; the other steps are removed",
    `kubectl gadget traceloop start
kubectl gadget traceloop list
kubectl gadget traceloop show b4ad4b1cbfe6 | grep -c openat > opens
kubectl gadget traceloop stop`,
    [
      recorded(
        "result=$(mktemp)",
        "kubectl gadget run traceloop:v0.55.1 --all-namespaces --filter.traceloop 'runtime.containerId~^b4ad4b1cbfe6' > \"$result\" &",
        ...BUSY,
        KILL,
        'grep -c openat < "$result" > opens',
      ),
      "Remove it: `kubectl gadget run traceloop:v0.55.1 --all-namespaces --filter.traceloop 'runtime.containerId~^b4ad4b1cbfe6'` is the whole workflow, from start to end.",
    ],
  ],
  [
    "what was two commands before it became one, and its output the last of many",
    `id=$(kubectl gadget profile block-io start --node worker-1)
kubectl gadget profile block-io list
kubectl gadget profile block-io stop $id > latencies.txt`,
    [
      recorded(
        "kubectl gadget run profile_blockio:v0.55.1 --node worker-1 > latencies.txt &",
        ...BUSY,
        KILL,
        "sed -i -n '/^latency$/h;//!H;${x;p;}' latencies.txt",
      ),
      "Remove it: `kubectl gadget run profile_blockio:v0.55.1 --node worker-1` is the whole workflow, from start to end.",
    ],
  ],
  ["a start alone is rewritten", "kubectl gadget traceloop start", []],
  [
    "two starts are two recordings",
    "kubectl gadget traceloop start\nkubectl gadget traceloop start --node a",
    [],
  ],
])("%s", async (_, text, expected) => {
  expect(await instead("record.sh", text)).toEqual(expected);
});

test("before v0.42.0 the image is told to print once", async () => {
  const text =
    "kubectl gadget advise network-policy monitor --output t\nkubectl gadget advise network-policy report --input t";
  expect(await instead("record.sh", text, "v0.41.2")).toEqual([
    recorded("kubectl gadget run advise_networkpolicy:v0.41.2 --map-fetch-interval=0 &", ...BUSY, KILL),
  ]);
});

test.each([
  [
    "metrics of images",
    "kubectl gadget prometheus --metrics-config @metrics.yaml --node worker-1",
    [
      "# once: the agent then serves all metrics on port 2224 of its pods (2223 before)",
      "kubectl gadget deploy --otel-metrics-listen=true",
      "# for each metric of metrics.yaml:",
      "kubectl gadget run IMAGE:v0.55.1 --all-namespaces --node worker-1 --detach --name NAME --annotate=DS:metrics.collect=true,DS:metrics.implicit-counter.name=NAME,DS.FIELD:metrics.type=key --otel-metrics-name=DS:METRICS_NAME",
    ],
  ],
  [
    "metrics of a host, at its address",
    'sudo ig prometheus --config @"$CONFIG" --metrics-listen-address 127.0.0.1:9100',
    [
      "# once, as root: it then serves all metrics, on port 2224 where no address is given (2223 before)",
      "ig daemon --otel-metrics-listen=true --otel-metrics-listen-address=127.0.0.1:9100 &",
      '# for each metric of "$CONFIG":',
      "gadgetctl run IMAGE:v0.55.1 --detach --name NAME --annotate=DS:metrics.collect=true,DS:metrics.implicit-counter.name=NAME,DS.FIELD:metrics.type=key --otel-metrics-name=DS:METRICS_NAME",
    ],
  ],
  [
    "a script with its text, its node and its time limit",
    `kubectl gadget script -e 'kprobe:do_nanosleep { printf("%d", pid); }' --node worker-1 --timeout 5`,
    [
      `kubectl debug node/worker-1 -it --profile=sysadmin --image=busybox -- chroot /host timeout -s INT 5 bpftrace -e 'kprobe:do_nanosleep { printf("%d", pid); }'`,
    ],
  ],
  [
    "a script on all nodes",
    'kubectl gadget script --program "$PROGRAM"',
    [
      "# for each NODE of `kubectl get nodes`:",
      'kubectl debug node/NODE -it --profile=sysadmin --image=busybox -- chroot /host bpftrace -e "$PROGRAM"',
    ],
  ],
  [
    "a program that becomes an image, with the words that stay",
    "ig run --prog @a.bpf.o --definition=@a.yaml -c web -o json",
    [
      "# in the folder with the source of a.bpf.o (program.bpf.c); this writes gadget.yaml, in the form that takes the place of a.yaml:",
      "sudo ig image build --update-metadata -t REGISTRY/NAME:TAG .",
      "sudo ig image push REGISTRY/NAME:TAG",
      "ig run REGISTRY/NAME:TAG --verify-image=false -c web -o json",
    ],
  ],
])("%s, with what the command says", async (_, text, lines) => {
  expect(await notesOf("run.sh", text, "commands-instead")).toEqual([
    ["In its place:", ...lines.map((line) => `    ${line}`)].join("\n"),
  ]);
});
