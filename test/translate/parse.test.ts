import { describe, expect, test } from "vitest";
import { display } from "../../src/commands/command.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { parseLine } from "../../src/translate/parse.ts";
import type { CommandLine } from "../../src/translate/translation.ts";
import { lineOf } from "./lines.ts";

const knowledge = loadKnowledge();

/** What is read from a line: the gadget, its words' indexes, flags as `name=value` with the release that brought them. */
function read(line: CommandLine): unknown {
  const parsed = parseLine(line, knowledge);
  if (parsed.kind !== "gadget") return parsed.kind;
  return {
    gadget: parsed.gadget.id,
    path: parsed.path,
    flags: parsed.uses.map(({ spec, name, value }) => {
      const since = spec?.row?.since ?? "never";
      return `${spec?.name ?? name}${value === null ? "" : `=${display(value)}`} ${since}`;
    }),
  };
}

describe("the newest release that accepts the whole line decides what its flags mean", () => {
  test.each([
    ["kubectl gadget trace bind -t 5", ["timeout=5 v0.14.0"]],
    ["kubectl gadget snapshot process -t", ["threads v0.3.0"]],
    ["kubectl gadget trace fsslower -t ext4", ["type=ext4 v0.5.0"]],
    ["kubectl gadget trace fsslower -t 5", ["timeout=5 v0.14.0"]],
    ["kubectl gadget trace fsslower -f xfs -m 3", ["filesystem=xfs v0.27.0", "min=3 v0.5.0"]],
    ["kubectl gadget trace signal -f", ["failed-only v0.5.0"]],
    ["kubectl gadget top tcp -f 4 -m 5", ["family=4 v0.14.0", "max-rows=5 v0.14.0"]],
    ["kubectl gadget top tcp -r 5", ["max-rows=5 v0.8.0"]],
    ["ig top tcp -r docker", ["runtimes=docker v0.14.0"]],
    ["kubectl gadget profile tcprtt -mb", ["milliseconds v0.17.0", "byladdr v0.17.0"]],
    ["kubectl gadget trace bind --json", ["json v0.3.0"]],
    // no release had both: each has its newest meaning
    [
      "kubectl gadget trace exec --cwd --paths -o json",
      ["cwd v0.19.0", "paths v0.27.0", "output=json v0.14.0"],
    ],
  ])("%s", (text, flags) => {
    expect(read(lineOf(text))).toMatchObject({ flags });
  });
});

describe("the command words are found as cobra finds them", () => {
  test.each([
    ["kubectl gadget trace bind", "trace-bind", [2, 3]],
    ["kubectl gadget -p web trace bind", "trace-bind", [4, 5]],
    ["kubectl gadget --context x trace --token=y bind -A", "trace-bind", [4, 6]],
    ["kubectl gadget -v trace -v bind", "trace-bind", [3, 5]],
    ["kubectl gadget --insecure-skip-tls-verify trace bind", "trace-bind", [3, 4]],
    ["ig --auto-mount-filesystems trace bind", "trace-bind", [2, 3]],
    ["kubectl gadget $OPTIONS trace bind", "trace-bind", [3, 4]],
    ["kubectl gadget advise network-policy monitor", "advise-network-policy-monitor", [2, 3, 4]],
    ["kubectl gadget network-policy monitor", "advise-network-policy-monitor", [2, 3]],
    ["kubectl gadget biolatency start", "profile-block-io-start", [2, 3]],
    ["kubectl gadget profile block-io stop pJcuvSXl1zLTK26X", "profile-block-io-stop", [2, 3, 4]],
    // one command since
    ["kubectl gadget profile block-io --node a", "profile-block-io", [2, 3]],
    ["kubectl gadget profile block-io $OPTIONS", "profile-block-io", [2, 3]],
    ["kubectl gadget traceloop start", "traceloop-start", [2, 3]],
    ["ig traceloop", "traceloop", [1]],
    ["local-gadget advise seccomp-profile", "advise-seccomp-profile", [1, 2]],
    ["trace bind", "trace-bind", [0, 1]],
    // a leaf before it was a category
    ["kubectl gadget profile -K", "profile-cpu", [2]],
  ])("%s", (text, gadget, path) => {
    expect(read(lineOf(text))).toMatchObject({ gadget, path });
  });
});

describe("what is no gadget", () => {
  test.each([
    ["kubectl gadget", "other"],
    ["kubectl gadget deploy", "other"],
    ["kubectl gadget -n demo run trace_bind:v0.55.1", "other"],
    ["kubectl gadget trace", "category"],
    ["kubectl gadget profile", "category"],
    ["kubectl gadget profile --follow -o columns=a", "category"],
    ["kubectl gadget traceloop", "category"],
    ["kubectl gadget advise network-policy", "category"],
    ["kubectl gadget trace -h", "help"],
    ["kubectl gadget trace bind -h", "help"],
    ["kubectl gadget help trace", "help"],
    ["kubectl gadget --help", "other"],
    ["kubectl gadget trace nothing", "unknown-gadget"],
    ["kubectl gadget nothing", "unknown-gadget"],
    ["kubectl gadget trace $GADGET", "dynamic-gadget"],
    ["kubectl gadget $GADGET bind", "dynamic-gadget"],
  ])("%s", (text, kind) => {
    expect(read(lineOf(text))).toBe(kind);
  });
});
