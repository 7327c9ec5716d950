import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Value } from "../../src/commands/command.ts";
import { flagsOf, type KnownFlag } from "../../src/knowledge/lookup.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import type { Image } from "../../src/knowledge/image.ts";
import { compareReleases, within } from "../../src/knowledge/releases.ts";
import type { ProgramId } from "../../src/translate/translation.ts";
import { validate } from "../../src/translate/validate.ts";
import { runs } from "../support/property-runs.ts";

const knowledge = loadKnowledge();
const PROGRAMS: readonly ProgramId[] = ["kubectl-gadget", "ig", "gadgetctl"];
const RELEASES = [
  "v0.36.0",
  "v0.37.0",
  "v0.38.1",
  "v0.39.0",
  "v0.41.2",
  "v0.42.0",
  "v0.43.0",
  "v0.44.1",
].concat(["v0.45.0", "v0.47.0", "v0.48.1", "v0.49.0", "v0.50.1", "v0.51.0", "v0.53.2", "v0.54.1", "v0.55.1"]);

/** Blanks between words, `$X` one unknown word, `$X*` any number of them. */
function words(line: string): readonly Value[] {
  return line.split(" ").map((word) =>
    word
      .split(/(\$\w+\*?)/)
      .filter((part) => part !== "")
      .map((part) =>
        part.startsWith("$")
          ? { code: part.replace("*", ""), words: part.endsWith("*") ? ("any" as const) : ("one" as const) }
          : part,
      ),
  );
}

/** Faults as `id: word: args that matter`; the program is told by the first words. */
function faults(line: string, release: string): readonly string[] {
  const [program, count]: [ProgramId, number] = line.startsWith("kubectl gadget ")
    ? ["kubectl-gadget", 2]
    : line.startsWith("gadgetctl ")
      ? ["gadgetctl", 1]
      : ["ig", line.startsWith("ig ") ? 1 : 0];
  const values = words(line);
  return validate(values, count, program, release, knowledge).map(({ messageId, word, args }) => {
    const { flag, field, expected, nearest, since, until, allowed, value } = args;
    const said = [flag, field, value, expected, allowed, since, until, nearest].filter(
      (arg) => arg !== undefined,
    );
    return [messageId, word ?? "-", said.filter((arg) => arg !== "").join(" ")].join(" ").trim();
  });
}

describe("a command that the target runs has no fault", () => {
  test.each([
    ["v0.42.0", "kubectl gadget run trace_exec:v0.42.0 -n demo"],
    ["v0.42.0", "kubectl gadget run trace_exec:v0.42.0 -A --ignore-failed=false -o json"],
    ["v0.42.0", "kubectl gadget --context prod run trace_exec:v0.42.0 --podname p"],
    ["v0.42.0", "kubectl gadget -n demo run trace_exec:v0.42.0"],
    ["v0.42.0", "kubectl gadget run -n demo -t 5 trace_exec:v0.42.0"],
    ["v0.42.0", "kubectl gadget run --filter proc.comm==cat trace_exec:v0.42.0"],
    ["v0.42.0", "kubectl gadget run ghcr.io/inspektor-gadget/gadget/trace_exec@sha256:0123 -c c"],
    ["v0.42.0", "kubectl gadget run $REGISTRY/trace_exec:$TAG -l a=b,c=d"],
    ["v0.42.0", "kubectl gadget run docker.io/me/other:latest --whatever 5"],
    ["v0.42.0", "kubectl gadget run $IMAGE --whatever 5"],
    ["v0.42.0", "kubectl gadget run trace_exec:v0.42.0 $ARGS*"],
    ["v0.42.0", "kubectl gadget run trace_exec:v0.42.0 -n $NS --filter proc.comm==$COMM,proc.pid>1"],
    ["v0.42.0", "run top_file:v0.42.0 --host --sort -rbytes_raw --max-entries 20 --map-fetch-interval 5s"],
    ["v0.42.0", "ig run trace_open:v0.42.0 --fields=-proc.tid,+TIMESTAMP"],
    [
      "v0.42.0",
      "ig run trace_open:v0.42.0 --filter exec:proc.comm~^(cat|ls)$,error_raw!=0".replace("exec:", "open:"),
    ],
    ["v0.43.0", "ig run trace_open:v0.43.0 -F proc.comm!~x\\,y --filter.open error_raw!=0"],
    ["v0.43.0", "ig run traceloop:v0.43.0 --filter.traceloop k8s.podName==p"],
    ["v0.42.0", "ig run traceloop:v0.42.0 -o traceloop:json,containers:none"],
    ["v0.55.1", "kubectl gadget run top_file:v0.55.1 --fields combined-file:proc.comm -o combined-file:json"],
    ["v0.55.1", "ig run tcpdump:v0.55.1 -o pcap-ng --iface eth0"],
    ["v0.55.1", "ig run profile_tcprtt:v0.55.1 -o histogram"],
    ["v0.55.1", "kubectl gadget run -f manifest.yaml --detach"],
  ])("%s: %s", (release, line) => {
    expect(faults(line, release)).toEqual([]);
  });
});

describe("faults name the word", () => {
  test.each([
    ["v0.42.0", "kubectl gadget trace exec", ["not-run 2"]],
    ["v0.42.0", "kubectl gadget run", ["no-image -"]],
    ["v0.42.0", "ig run trace_exec:v0.42.0 -f x.yaml", ["image-and-manifest 3"]],
    ["v0.42.0", "ig run -f x.yaml --paths", ["unknown-flag 4 --paths"]],
    ["v0.42.0", "ig run trace_exce:v0.42.0", ["unknown-image 2 trace_exec"]],
    ["v0.42.0", "ig run tcpdump:v0.42.0", ["image-not-at 2 v0.45.0"]],
    ["v0.42.0", "ig run trace_tcpconnect:v0.42.0", ["image-not-at 2 v0.36.0 v0.36.1"]],
    ["v0.42.0", "ig run advise_networkpolicy:v0.42.0", ["image-not-on 2"]],
    [
      "v0.42.0",
      "ig run trace_exec:v0.42.0 --ignore-faild",
      ["unknown-flag 3 --ignore-faild --ignore-failed"],
    ],
    ["v0.42.0", "kubectl gadget run trace_exec:v0.42.0 --host", ["unknown-flag 4 --host"]],
    ["v0.42.0", "kubectl gadget run profile_blockio:v0.42.0 -p pod", ["unknown-flag 4 -p"]],
    ["v0.55.1", "ig run bpfstats:v0.55.1 --all", ["flag-not-at 3 --all v0.40.0 v0.48.1"]],
    // What a name was before: of the built-in gadget, at another release, or without what stands before it.
    ["v0.42.0", "ig run top_file:v0.42.0 --max-rows 5", ["unknown-flag 3 --max-rows --max-entries"]],
    ["v0.42.0", "ig run top_file:v0.42.0 -m 5", ["unknown-flag 3 -m --max-entries"]],
    ["v0.42.0", "ig run trace_open:v0.42.0 -F path~/etc", ["unknown-field 4 filter path fname"]],
    ["v0.42.0", "ig run trace_oomkill:v0.42.0 --fields fpid", ["unknown-field 4 fields fpid fprocess.pid"]],
    ["v0.42.0", "ig run trace_exec:v0.42.0 --fields commm", ["unknown-field 4 fields commm proc.comm"]],
    ["v0.42.0", "ig run snapshot_process:v0.42.0 --fields proc.pid", ["unknown-field 4 fields proc.pid pid"]],
    ["v0.42.0", "kubectl gadget run trace_exec:v0.42.0 --node-name w", ["unknown-flag 4 --node-name --node"]],
    // To take away what is hidden does nothing; another case takes nothing away either, where something was meant.
    ["v0.42.0", "ig run trace_exec:v0.42.0 --fields=-proc.creds.uid", []],
    [
      "v0.42.0",
      "ig run trace_exec:v0.42.0 --fields=-PROC.COMM",
      ["unknown-field 3 fields PROC.COMM proc.comm"],
    ],
    ["v0.42.0", "ig run trace_open:v0.42.0 --paths", ["flag-not-at 3 --paths v0.47.0"]],
    ["v0.43.0", "ig run traceloop:v0.43.0 --filter x==y", ["flag-not-at 3 --filter v0.36.0 v0.42.0"]],
    ["v0.42.0", "ig run trace_exec:v0.42.0 -t", ["missing-value 3 timeout"]],
    [
      "v0.42.0",
      "ig run trace_exec:v0.42.0 -t 5s",
      ["bad-value 4 timeout 5s int -9223372036854775808, 9223372036854775807"],
    ],
    ["v0.42.0", "ig run trace_exec:v0.42.0 --pid -1", ["bad-value 4 pid -1 uint 0, 4294967295"]],
    ["v0.42.0", "ig run trace_exec:v0.42.0 --paths=yes", ["bad-value 3 paths yes bool"]],
    ["v0.42.0", "ig run trace_exec:v0.42.0 --paths false", ["stray-word 4"]],
    [
      "v0.42.0",
      "ig run trace_exec:v0.42.0 --pull often",
      ["bad-value 4 pull often one-of always, missing, never"],
    ],
    [
      "v0.42.0",
      "ig run top_file:v0.42.0 --map-fetch-interval 5",
      ["bad-value 4 map-fetch-interval 5 duration"],
    ],
    [
      "v0.42.0",
      "ig run trace_exec:v0.42.0 -F a==b -F proc.pid==1",
      ["unknown-field 4 filter a", "repeated-flag 3 filter"],
    ],
    [
      "v0.42.0",
      "ig run trace_exec:v0.42.0 -o columns=comm",
      ["bad-value 4 output columns=comm one-of columns, json, jsonpretty, yaml, none"],
    ],
    [
      "v0.36.0",
      "ig run trace_exec:v0.36.0 -o none",
      ["bad-value 4 output none one-of columns, json, jsonpretty, yaml"],
    ],
    ["v0.55.1", "ig run profile_tcprtt:v0.55.1 -o json", ["bad-value 4 output json one-of histogram"]],
    [
      "v0.42.0",
      "kubectl gadget run top_file:v0.42.0 -o file:json",
      ["bad-value 5 output file data-source combined-file"],
    ],
    [
      "v0.42.0",
      "ig run trace_exec:v0.42.0 --fields proc.comn",
      ["unknown-field 4 fields proc.comn proc.comm"],
    ],
    ["v0.42.0", "ig run trace_exec:v0.42.0 --fields=-comm", ["unknown-field 3 fields comm proc.comm"]],
    ["v0.42.0", "ig run trace_exec:v0.42.0 -F comm==cat", ["unknown-field 4 filter comm proc.comm"]],
    [
      "v0.42.0",
      "ig run trace_exec:v0.42.0 -F proc.pid~1",
      ["bad-value 4 filter ~ operator =, ==, !=, <, <=, >, >="],
    ],
    ["v0.42.0", "ig run trace_exec:v0.42.0 -F proc.pid==x", ["bad-value 4 filter x uint 0, 4294967295"]],
    ["v0.42.0", "ig run trace_exec:v0.42.0 -F proc.comm", ["bad-value 4 filter proc.comm filter-rule"]],
    ["v0.42.0", "ig run trace_exec:v0.42.0 -F proc.comm~(", ["bad-value 4 filter ( regular-expression"]],
    ["v0.42.0", "ig run trace_tcp:v0.42.0 -F src==1", ["bad-value 4 filter src plain-field"]],
    [
      "v0.43.0",
      "ig run trace_exec:v0.43.0 -F exec:proc.pid==1",
      ["unknown-field 4 filter exec:proc.pid proc.pid"],
    ],
    ["v0.42.0", "ig run top_file:v0.42.0 --sort rbyte", ["unknown-field 4 sort rbyte rbytes"]],
    ["v0.42.0", "ig run top_file:v0.42.0 --sort other:reads", ["bad-value 4 sort other data-source file"]],
    [
      "v0.42.0",
      "ig run advise_seccomp:v0.42.0 --sort syscalls",
      ["bad-value 4 sort advise array-data-source"],
    ],
  ])("%s: %s", (release, line, expected) => {
    expect(faults(line, release)).toEqual(expected);
  });
});

describe("run looks at its words before it knows the image's flags", () => {
  test.each([
    ["a bare flag takes the image", "kubectl gadget run -A trace_exec:v0.42.0", ["misread-word 4"]],
    ["also a long one", "ig run --paths trace_exec:v0.42.0", ["misread-word 3"]],
    [
      "letters behind an unknown one are flags (-s)",
      "kubectl gadget run trace_exec:v0.42.0 -ojson",
      ["misread-word 4"],
    ],
    ["... but not where there is no such flag", "ig run trace_open:v0.42.0 -ocolumns", []],
    [
      "a value that looks like a flag is one",
      "ig run trace_exec:v0.42.0 --fields -timestamp",
      ["misread-word 4"],
    ],
    ["--sort is spared", "ig run top_file:v0.42.0 --sort -reads", []],
  ])("%s: %s", (_, line, expected) => {
    expect(faults(line, "v0.42.0")).toEqual(expected);
  });
});

function sampleValue(flag: KnownFlag, { outputs }: Image): string {
  if ("syntax" in flag && flag.syntax === "output") return outputs[0] ?? "";
  if (flag.values !== undefined) return flag.values.at(-1) ?? "";
  return flag.default === "" && flag.type.includes("int") ? "1" : flag.default;
}

describe.each(PROGRAMS)("every image takes all of its flags on %s", (program) => {
  test.each(RELEASES)("at %s", (release) => {
    const images = knowledge.images.filter(
      (image) => within(image, release) && image.programs.includes(program),
    );
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      const flags = flagsOf({ knowledge, image, program, release }).filter(({ name }) => name !== "file");
      const values = new Map(flags.map((flag) => [`--${flag.name}`, sampleValue(flag, image)]));
      const uses = [...values].map(([name, value]) => [`${name}=${value}`]);
      const line = [["run"], [`${image.name}:${release}`], ...uses];
      expect(validate(line, 0, program, release, knowledge), image.name).toEqual([]);
    }
  });
});

test("it never throws", () => {
  const part = fc.oneof(
    fc.constantFrom(
      "run",
      "trace_exec:v0.42.0",
      "--filter",
      "-F",
      "-o",
      "--fields",
      "--sort",
      "-A",
      "-n",
      "--",
      "-",
      "",
    ),
    fc.constantFrom(
      "proc.comm==x",
      "+a,-b",
      "a:b;c:d",
      "json",
      "@file",
      "\\",
      ",",
      "~(",
      "99999999999999999999",
    ),
    fc.string(),
  );
  const dynamic = fc.record({ code: fc.string(), words: fc.constantFrom("one" as const, "any" as const) });
  const word = fc.array(fc.oneof(part, dynamic), { maxLength: 3 });
  const line = fc.tuple(
    fc.constantFrom(...knowledge.images.map(({ name }) => name)),
    fc.array(word, { maxLength: 8 }),
  );
  fc.assert(
    fc.property(
      line,
      fc.constantFrom(...PROGRAMS),
      fc.constantFrom(...RELEASES),
      ([image, more], program, release) => {
        for (const fault of validate([["run"], [image], ...more], 0, program, release, knowledge)) {
          expect(fault.word).toSatisfy((index: number | null) => index === null || index < more.length + 2);
        }
        validate(more, 0, program, release, knowledge);
      },
    ),
    { numRuns: runs(500) },
  );
});

test("the releases of the tables are covered", () => {
  expect([...RELEASES].sort(compareReleases)).toEqual(RELEASES);
});
