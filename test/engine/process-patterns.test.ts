import { describe, expect, test } from "vitest";
import { patternDoubt, processPatterns } from "../../src/engine/process-patterns.ts";
import { invocationsOf, read } from "../languages/shell/reading.ts";

const BEFORE = "kubectl gadget trace exec -n demo".split(" ").map((word) => [word]);
const AFTER = "kubectl gadget run trace_exec:v0.55.1 -n demo".split(" ").map((word) => [word]);

function doubtOf(script: string): string | null {
  const doubt = patternDoubt(BEFORE, AFTER, processPatterns(invocationsOf(script), read));
  return doubt?.args["line"] ?? null;
}

describe("a line that finds the old command only", () => {
  test.each([
    ['pkill -f "gadget trace exec"', "pkill -f 'gadget trace exec'"],
    ["sudo pgrep -u root -f 'gadget trace'", "sudo pgrep -u root -f 'gadget trace'"],
    ["pkill -f 'kubectl-gadget trace'", "pkill -f 'kubectl-gadget trace'"],
    ['pkill -INT -f "gadget trace $KIND"', 'pkill -INT -f "gadget trace $KIND"'],
    ["kill $(ps aux | grep '[g]adget trace exec' | awk '{print $2}')", "grep '[g]adget trace exec'"],
    ["ps ax | awk '/gadget trace/ {print $1}' | xargs kill", "awk '/gadget trace/ {print $1}'"],
    [`ssh host "sudo pkill -f 'trace exec'"`, "sudo pkill -f 'trace exec'"],
    [`trap 'pkill -f "trace exec"' EXIT`, "pkill -f 'trace exec'"],
  ])("%s", (script, line) => {
    expect(doubtOf(script)).toBe(line);
  });
});

test.each([
  "pkill -f kubectl-gadget",
  "pkill -f 'kubectl.gadget.*exec'",
  "pkill -f 'gadget (trace|run)'",
  "killall kubectl",
  "pkill -f 'gadget trace open'",
  "pkill -u root -9",
  "pgrep -f '(('",
  "grep 'gadget trace exec' notes.txt",
  "ps aux",
])("no doubt: %s", (script) => {
  expect(doubtOf(script)).toBeNull();
});
