import { describe, expect, test } from "vitest";
import type { OutputUse } from "../../../src/commands/command.ts";
import { commandOf, shown } from "./reading.ts";

/** `| jq . | head` and then `> out.json` (`read` when the file names it again), `$()`, `/dev/null` or nothing. */
function useOf(script: string, name = "ig"): string {
  const { pipe, sink } = commandOf(script, name).output;
  const stages = pipe.map((words) => `| ${words.map((word) => shown(word.value)).join(" ")}`);
  return [...stages, ...sinkText(sink)].join(" ");
}

function sinkText(sink: OutputUse["sink"]): readonly string[] {
  switch (sink.kind) {
    case "stdout":
      return [];
    case "callers":
      return ["callers"];
    case "captured":
      return ["$()"];
    case "discarded":
      return ["/dev/null"];
    case "file":
      return [`> ${shown(sink.path)}${sink.readHere ? " read" : ""}`];
  }
}

describe("what becomes of the output", () => {
  test.each([
    ["nothing", "ig", ""],
    ["a pipe", "ig | jq -r '.a b' | head -3", "| jq -r [.a b] | head -3"],
    ["errors too", "ig |& grep x", "| grep x"],
    ["time and negation", "! time -p ig | jq .", "| jq ."],
    ["a substitution", "x=$(ig)", "$()"],
    ["a pipe in a substitution", 'echo "$(ig | jq .x)"', "| jq .x $()"],
    ["backquotes", "x=`ig | head`", "| head $()"],
    ["a process substitution", "diff <(ig) b", "$()"],
    ["a here-string", "cat <<< $(ig)", "| cat"],
    ["a here-string in quotes", 'read -r a b <<< "$(ig)"', "| read -r a b"],
    ["a here-string with more in it", 'read -r a b <<< "x $(ig)"', "$()"],
    ["a loop over a process substitution", "while read -r a; do :; done < <(ig)", "| while read -r a"],
    ["a test", "[[ $(ig) == x ]]", "$()"],
    ["a condition", "if ig | grep -q x; then :; fi", "| grep -q x"],
    ["a background job", "ig &", ""],
    ["a file", "ig > out.json", "> out.json"],
    ["appending", "ig >> a/b.txt", "> a/b.txt"],
    ["a variable", 'ig > "$OUT"', "> <$OUT>"],
    ["both outputs", "ig &> out", "> out"],
    ["the null device", "ig > /dev/null 2>&1", "/dev/null"],
    ["both to the null device", "ig &>/dev/null", "/dev/null"],
    ["errors only", "ig 2> err", ""],
    ["errors to the output", "ig 2>&1 | jq .", "| jq ."],
    ["to the errors", "ig >&2 | jq .", ""],
    ["closed", "ig >&-", "/dev/null"],
    ["the terminal", "ig > /dev/tty", ""],
    ["the last redirect counts", "ig > a > b", "> b"],
    ["a redirect before the pipe", "ig > a | jq .", "> a"],
    ["a redirect behind the pipe", "ig | jq . > a", "| jq . > a"],
    ["a redirect in the middle", "ig | jq . > a | cat", "| jq . > a"],
    ["a reader in a redirect", "ig > >(jq .)", "| jq ."],
    ["a reader in an argument", "ig | tee >(jq .x) | head", "| tee <>(jq .x)> | jq .x | head"],
    ["a loop", "for i in 1; do ig; done | jq .", "| jq ."],
    ["a loop with a file", "while true; do ig | head; done > out", "| head > out"],
    ["a group", "{ echo a; ig; } 2>&1 | grep x", "| grep x"],
    ["a subshell", "(cd x && ig) > /dev/null", "/dev/null"],
    ["a case", "case $1 in a) ig ;; esac | jq .", "| jq ."],
    ["a loop that reads", "ig | while read -r a b; do echo $a; done", "| while read -r a b"],
    ["a loop that reads with IFS", "ig | while IFS=, read -r a; do :; done", "| while read -r a"],
    ["a group of one that reads", "ig | { jq .x | head; }", "| jq .x | head"],
    ["a group that reads", "ig | { head -1; jq .x; }", "| {"],
    ["a condition that reads", "ig | if read x; then echo; fi", "| if"],
    ["what follows exec", "exec > log 2>&1\nig", "> log"],
    ["what follows exec to a reader", "exec > >(tee log)\nig | head", "| head | tee log"],
    ["another descriptor", "exec 3> log\nig", ""],
  ])("%s", (_, script, use) => {
    expect(useOf(script)).toBe(use);
  });

  test.each([
    ["of a shell", "bash <<EOF | jq .\nig\nEOF", "| jq ."],
    ["of a shell with a file", "ssh host <<EOF > out\nig\nEOF", "> out"],
    ["that is piped into a shell", "cat <<EOF | ssh host bash | jq .\nig | head\nEOF", "| head | jq ."],
    ["that becomes a file", "cat > x.sh <<EOF\nig\nEOF", ""],
    ["that becomes a file by tee", "cat <<EOF | tee x.sh | wc -l\nig\nEOF", ""],
  ])("scripts in here-documents: %s", (_, script, use) => {
    expect(useOf(script)).toBe(use);
  });

  test.each([
    ["a call that is piped", "f() { ig; }\nf | jq .", "| jq ."],
    ["a call in a substitution", "function f { ig; }\nx=$(f)", "$()"],
    ["a call of a caller", "f() { ig; }\ng() { f; }\ng > /dev/null", "/dev/null"],
    ["a redirect of the function", "f() { ig; } > out\nf", "> out"],
    ["no call", "f() { ig; }", "callers"],
    ["no call, and a file", "f() { ig > /dev/null; }", "/dev/null"],
    ["calls that agree", "f() { ig; }\nf\nf", ""],
    ["a call that is thrown away", "f() { ig; }\nf >/dev/null\nf | jq .", "| jq ."],
    ["calls that differ", "f() { ig; }\nf\nf | jq .", "$()"],
    ["two readers", "f() { ig; }\nf | jq .a\nf | jq .b", "$()"],
    ["two functions of one name", "if x; then f() { ig; }; else f() { ls; }; fi\nf | jq .", "| jq ."],
    ["a function that calls itself", "f() { ig; f; }\nf | jq .", "| jq ."],
  ])("functions: %s", (_, script, use) => {
    expect(useOf(script)).toBe(use);
  });

  test.each([
    ["read by a command", "ig > out.json\njq . out.json", true],
    ["read by a path from elsewhere", "ig > out.json\njq . ./a/out.json", true],
    ["read as input", "ig > out.json\nwc -l < out.json", true],
    ["read in quotes", "ig > ./out.json\npython -c 'open(\"out.json\")'", true],
    ["read through a variable", 'OUT=/tmp/x\nig > $OUT\njq . "${OUT}"', true],
    ["read by its path, written through a variable", "OUT=/tmp/x\nig > $OUT\njq . /tmp/x", true],
    ["read in the same line", "ig > a.txt; cat a.txt", true],
    ["written by tee and read", "ig | tee a.txt; cat a.txt", true],
    ["only written", "ig > out.json\nig >> out.json\nls | tee out.json", false],
    ["only removed", "ig > out.json\nrm -f out.json", false],
    ["only shown", 'ig > out.json\necho "see out.json"', false],
    ["only in a comment", "# writes out.json\nig > out.json", false],
    ["only set", "OUT=a.json\nig > $OUT", false],
    ["part of another path", "ig > out.json\njq . my-out.json out.json.bak", false],
    ["another variable", "ig > $OUT\njq . $OUTER", false],
  ])("a file that is %s", (_, script, read) => {
    const { sink } = commandOf(script, "ig").output;
    expect(sink).toMatchObject({ kind: "file", readHere: read });
  });
});

describe("what becomes of the output of a function that something else calls", () => {
  test.each([
    ["timeout 5 f | jq .", "| jq ."],
    ["sudo -E env A=1 f > out", "> out"],
    ["export -f f", "$()"],
    ["declare -fx f", "$()"],
    ["bash -c f | jq .", "| jq ."],
    ["ls | xargs -I{} bash -c 'f {}' | jq .", "| jq ."],
    ["ssh host 'f; f' | jq .", "| jq ."],
    ['eval "f 1" | jq .', "| jq ."],
    ["retry f | jq .", "| jq ."],
    ["f; time f | jq .", "$()"],
    ["f; timeout 1 f", ""],
    ["f; trap f EXIT", ""],
    ["f; echo f | jq .", ""],
    ["f; grep f file | jq .", ""],
    ["f; export f=1", ""],
  ])("%s", (script, expected) => {
    expect(useOf(`f() { ig; }\n${script}\n`)).toBe(expected);
  });
});
