import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { display } from "../../src/commands/command.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { translate } from "../../src/translate/translate.ts";
import type { Translation } from "../../src/translate/translation.ts";
import { lineOf } from "../translate/lines.ts";
import { runs } from "../support/property-runs.ts";

const EXEC = "kubectl gadget trace exec -o json";
const OPEN = "kubectl gadget trace open -o json";
const PROCESSES = "ig snapshot process -o json";

/** What becomes of a command whose output goes to calls of jq, each a list of words. */
function run(
  command: string,
  stages: readonly (readonly string[])[],
  sink: "stdout" | "captured" = "stdout",
): Translation {
  const pipe = stages.map((words) => words.map((word) => [word]));
  const options = { target: "v0.55.1", tag: ["v0.55.1"], imageStyle: "short", defaults: "keep" } as const;
  return translate(lineOf(command, { output: { pipe, sink } }), options, loadKnowledge());
}

/** Grade, the first jq program as it becomes, and the ids of what is doubted. */
function outcome(command: string, program: string, flags: readonly string[] = []): string {
  const result = run(command, [["jq", ...flags, program]]);
  if (result.state !== "rewrite") return result.state;
  const [reader] = result.readers ?? [];
  const notes = result.notes.map((note) => note.messageId);
  return [result.grade, reader === undefined ? program : display(reader.value), ...notes].join(" | ");
}

describe("paths of events are rewritten, and nothing else", () => {
  test.each([
    [EXEC, "select(.pid == 1) | .comm", "select(.proc.pid == 1) | .proc.comm"],
    [EXEC, '."pid", .["comm"], .["k8s"]["podName"]', '.proc.pid, .["proc"]["comm"], .["k8s"]["podName"]'],
    [EXEC, "{pid, comm, n: 1}", "{pid: .proc.pid, comm: .proc.comm, n: 1}"],
    [EXEC, '{"pid"} | .pid', '{"pid": .proc.pid} | .pid'],
    [EXEC, "{a: .pid} | .a, .b", "{a: .proc.pid} | .a, .b"],
    [EXEC, "{e: .} | .e.pid", "{e: .} | .e.proc.pid"],
    [EXEC, "[.pid, .ppid] | @tsv", "[.proc.pid, .proc.parent.pid] | @tsv"],
    [EXEC, '"\\(.pid): \\(.comm)"', '"\\(.proc.pid): \\(.proc.comm)"'],
    [EXEC, '@text "\\(.pid)"', '@text "\\(.proc.pid)"'],
    [EXEC, ". as $e | $e.pid", ". as $e | $e.proc.pid"],
    [EXEC, ".pid as $p | {pid: $p, $p}", ".proc.pid as $p | {pid: $p, $p}"],
    [EXEC, ". as {$pid, comm: $c} | [$pid, $c]", ". as {proc: {pid: $pid}, proc: {comm: $c}} | [$pid, $c]"],
    [EXEC, "def f: .pid; f", "def f: .proc.pid; f"],
    [EXEC, "def f(g): g | tostring; f(.pid)", "def f(g): g | tostring; f(.proc.pid)"],
    [EXEC, "if .pid > 5 then .comm else empty end", "if .proc.pid > 5 then .proc.comm else empty end"],
    [EXEC, ".pid? , .k8s?.podName", ".proc.pid? , .k8s?.podName"],
    [EXEC, ".k8s | .podName", ".k8s | .podName"],
    [EXEC, "del(.pid) | .comm", "del(.proc.pid) | .proc.comm"],
    [EXEC, ". + {x: .pid} | .x, .comm", ". + {x: .proc.pid} | .x, .proc.comm"],
    [EXEC, ".x = .pid | .x, .comm", ".x = .proc.pid | .x, .proc.comm"],
    [EXEC, 'select(.comm | test("^a")) | .pid', 'select(.proc.comm | test("^a")) | .proc.pid'],
    [EXEC, 'select(.comm | IN("a", "b"))', 'select(.proc.comm | IN("a", "b"))'],
    [EXEC, "select(.ret == -2) | .pid", "select(.error_raw == 2) | .proc.pid"],
    [EXEC, "select(5 > .ret) | .pid", "select(-5 < .error_raw) | .proc.pid"],
    [EXEC, "select(.ret < 5) | .pid", "select(.error_raw > -5) | .proc.pid"],
    [EXEC, ".pid # .comm", ".proc.pid # .comm"],
    [EXEC, "tojson | fromjson | .pid", "tojson | fromjson | .proc.pid"],
    [
      EXEC,
      '$ENV.pid, env.pid, ("x" | {pid: 1}).pid, .pid',
      '$ENV.pid, env.pid, ("x" | {pid: 1}).pid, .proc.pid',
    ],
    [OPEN, "select(.err == 2) | .path", "select(.error_raw == 2) | .fname"],
    [PROCESSES, ".[].uid", ".[].creds.uid"],
    [PROCESSES, ".[0].uid, (.[1:3] | .[] | .gid)", ".[0].creds.uid, (.[1:3] | .[] | .creds.gid)"],
    [PROCESSES, "map(.uid) | unique", "map(.creds.uid) | unique"],
    [
      PROCESSES,
      "group_by(.uid) | map({uid: .[0].uid, n: length})",
      "group_by(.creds.uid) | map({uid: .[0].creds.uid, n: length})",
    ],
    [PROCESSES, "sort_by(.uid) | last | .gid", "sort_by(.creds.uid) | last | .creds.gid"],
    [
      PROCESSES,
      "reduce .[] as $p ({}; .[$p.comm] += $p.uid)",
      "reduce .[] as $p ({}; .[$p.comm] += $p.creds.uid)",
    ],
    [PROCESSES, "any(.[]; .uid == 0)", "any(.[]; .creds.uid == 0)"],
    [PROCESSES, "length", "length"],
  ])("%s | jq '%s'", (command, program, after) => {
    expect(outcome(command, program)).toBe(`safe | ${after}`);
  });

  test.each([
    [["-n"], "[inputs | .pid] | length", "[inputs | .proc.pid] | length"],
    [["-s"], "map(.pid)", "map(.proc.pid)"],
    [["-R"], "fromjson? | .pid", "fromjson? | .proc.pid"],
    [["-nR"], "inputs | fromjson | .pid", "inputs | fromjson | .proc.pid"],
    [["-rc", "--arg", "n", "demo"], "select(.comm == $n) | .pid", "select(.proc.comm == $n) | .proc.pid"],
    [["--unbuffered", "-S", "--indent", "4"], ".pid", ".proc.pid"],
  ])("jq %s '%s'", (flags, program, after) => {
    expect(outcome(EXEC, program, flags)).toBe(`safe | ${after}`);
  });
});

describe("what changes, or cannot be followed, is said", () => {
  test.each([
    [EXEC, '.args | join(" ")', '.args | join(" ")', "json-differs"],
    [EXEC, "select(-2 > .ret) | .pid", "select(2 < .error_raw) | .proc.pid", "json-null-before"],
    [EXEC, "select(.ret != 0) | .pid", "select(.error_raw != 0) | .proc.pid", "json-null-before"],
    [EXEC, ".ret", ".error_raw", "json-differs"],
    [EXEC, "select(.cwd) | .pid", "select(.cwd) | .proc.pid", "json-null-before"],
    [EXEC, '.cwd // "none"', '.cwd // "none"', "json-null-before"],
    [EXEC, 'has("cwd")', 'has("cwd")', "json-null-before"],
    [EXEC, 'has("cwd")', 'has("cwd")', "json-null-before"],
    [EXEC, 'select(.type == "normal") | .pid', 'select(.type == "normal") | .proc.pid', "json-gone"],
    [EXEC, ".proc.pid", ".proc.pid", "json-unknown"],
    [EXEC, "keys, .pid", "keys, .proc.pid", "jq-whole-event"],
    [EXEC, "to_entries[] | .value", "to_entries[] | .value", "jq-whole-event"],
    [EXEC, ".[] | strings", ".[] | strings", "jq-whole-event"],
    [EXEC, ".. | .pid?", ".. | .pid?", "jq-whole-event"],
    [EXEC, "tostring | length", "tostring | length", "jq-whole-event"],
    [EXEC, "def f: .pid; f, ({pid: 1} | f)", "def f: .pid; f, ({pid: 1} | f)", "jq-two-meanings"],
    [EXEC, "def f: .k8s | f; f", "def f: .k8s | f; f", "json-unknown | jq-not-followed"],
    [EXEC, ".k8s.podLabels.app", ".k8s.podLabels.app", "json-differs"],
  ])("%s | jq '%s'", (command, program, after, note) => {
    expect(outcome(command, program)).toBe(`unsafe | ${after} | ${note}`);
  });

  test.each([
    [["-f", "p.jq"]],
    [[".pid", "other.json"]],
    [["--stream", ".pid"]],
    [[".pid |"]],
    [["-Rs", 'split("\\n")']],
    [["-e", ".cwd"]],
  ])("jq %s is not safe", (words) => {
    expect(run(EXEC, [["jq", ...words]])).toMatchObject({ grade: "unsafe" });
  });
});

describe("readers behind jq", () => {
  test("read the program's own text", () => {
    expect(
      run(
        EXEC,
        [
          ["jq", "-r", ".comm"],
          ["awk", "{print $1}"],
        ],
        "captured",
      ),
    ).toMatchObject({ grade: "safe" });
  });
  test("whole events go on to the next one", () => {
    const result = run(EXEC, [
      ["jq", "-c", "select(.pid == 1)"],
      ["jq", ".comm"],
    ]);
    expect(result).toMatchObject({
      grade: "safe",
      readers: [{ stage: 0 }, { stage: 1, value: [".proc.comm"] }],
    });
    expect(run(EXEC, [["jq", "-c", "select(.pid == 1)"], ["./x"]])).toMatchObject({ grade: "unsafe" });
    expect(run(EXEC, [["jq", "-c", "."]], "captured")).toMatchObject({ grade: "unsafe" });
  });
  test("what was built before is the program's own", () => {
    const result = run(EXEC, [
      ["jq", "-c", "{e: ., pid}"],
      ["sudo", "jq", ".pid, .e.pid"],
    ]);
    expect(result).toMatchObject({
      grade: "safe",
      readers: [{ stage: 0 }, { stage: 1, word: 2, value: [".pid, .e.proc.pid"] }],
    });
  });
  test("that look for null find none", () => {
    expect(
      run(EXEC, [
        ["jq", "-r", ".cwd"],
        ["grep", "-v", "null"],
      ]),
    ).toMatchObject({ grade: "unsafe" });
  });
  test("that are no jq, or get no JSON, are as unsafe as ever", () => {
    expect(
      run(EXEC, [
        ["grep", "x"],
        ["jq", ".pid"],
      ]),
    ).toMatchObject({ grade: "unsafe", readers: [{ stage: 1 }] });
    expect(run("kubectl gadget trace exec", [["jq", ".pid"]])).toMatchObject({
      grade: "unsafe",
      readers: [],
    });
  });
});

test("one event at a time that became arrays is taken apart", () => {
  expect(outcome("kubectl gadget profile cpu -o json --timeout 5", ".comm, .pid")).toMatch(
    /^unsafe \| \.\[\] \| \.proc\.comm, \.proc\.pid \| /,
  );
});

describe("properties", () => {
  const piece = fc.constantFrom(
    ".", ".pid", ".comm", ".ret", ".k8s", ".podName", ".args", "|", ",", "select(", "map(", "[", "]", "{", "}", "(", ")",
    "pid", ":", "==", "!=", "-2", "0", '"a"', '"\\(', "//", "has(", "and", "not", "$x", " as ", "def f: ", "; ", "f", "?", "if ",
    " then ", " else ", " end", "reduce ", "..", "[]", "keys", "tojson", "fromjson", "=", "|=", "+",
  ); // prettier-ignore
  test("no program makes it throw, and what is rewritten is still a program that stays as it is", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const program = pieces.join(" ");
        const result = run(EXEC, [["jq", program]]);
        if (result.state !== "rewrite") throw new Error(result.state);
        if ((result.readers ?? []).length === 0) return;
        const after = display(result.readers?.[0]?.value ?? []);
        expect(after.replace(/[^|,]/g, "").length).toBeGreaterThanOrEqual(
          program.replace(/[^|,]/g, "").length,
        );
      }),
      { numRuns: runs(1000) },
    );
  });
});
