import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../src/text/edits.ts";
import { commandOf, invocationsOf, line } from "./reading.ts";

describe("constants", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["an assignment", "V=v1\nig", "V=v1"],
    ["quotes", `V="v1" W='a b'\nig`, "V=v1 W=a b"],
    ["export and readonly", "export V=v1\nreadonly W=w\nig", "V=v1 W=w"],
    ["the last one", "V=v1\nV=v2\nig", "V=v2"],
    ["only what stands before", "ig\nV=v1", ""],
    ["set to something else", "V=v1\nV=$(x)\nig", ""],
    ["appended", "V=v1\nV+=2\nig", "V=v12"],
    ["read", "V=v1\nread -r V\nig", ""],
    ["made of others", 'V=1.2.3\nW="v$V"\nX=${W}-a\nig', "V=1.2.3 W=v1.2.3 X=v1.2.3-a"],
    ["a default", "V=${V:-v1}\nig", "V=v1?"],
    ["a default in quotes", 'V="${V:-"v1"}"\nig', "V=v1?"],
    ["a default of another name", "V=${1:-v1}\nig", "V=v1?"],
    ["a default that sets", ': "${V:=v1}"\nig', "V=v1?"],
    ["set where it is not set", '[ -z "$V" ] && V=v1\nig', "V=v1?"],
    ["set in one case", "if x; then V=v1; fi\nig", "V=v1?"],
    ["set in two ways", "V=v1\nif x; then V=v2; fi\nig", ""],
    ["set twice to the same", "V=v1\nif x; then V=v1; fi\nig", "V=v1"],
    ["inside the same case", "V=v1\nif x; then V=v2; ig; fi", "V=v2"],
    ["gone behind a subshell", "(V=v1)\nig", ""],
    ["seen inside a subshell", "V=v1\n(ig)", "V=v1"],
    ["gone behind a pipe", "echo | V=v1\nig", ""],
    ["seen in a substitution", "V=v1\nx=$(ig)", "V=v1"],
    ["of the command's own environment", "V=v1 ig", ""],
    ["seen in a function", "V=v1\nf() { ig; }\nf", "V=v1"],
    ["set below a function", "f() { ig; }\nV=v1\nf", "V=v1"],
    ["changed below a function", "V=v1\nf() { ig; }\nV=v2\nf", ""],
    ["local", "f() { local V=v1; ig; }", "V=v1"],
    ["local elsewhere", "f() { local V=v1; }\nf\nig", ""],
    ["set by a function", "f() { V=v1; }\nf\nig", "V=v1?"],
    ["changed later in a loop", "V=v1\nwhile x; do ig; V=v2; done", ""],
    ["a loop of one", "for V in v1; do ig; done", "V=v1"],
    ["a template", "V={{ .v }}\nig", ""],
    ["a list", "V=(a b)\nig", ""],
    ["itself", "V=$V\nig", ""],
    ["each other", "V=$W\nW=$V\nV=$W\nig", ""],
  ];
  test.each(cases)("%s", (_, script, expected) => {
    const shown = commandOf(script, "ig").constants.map(
      ({ name, value, overridable }) => `${name}=${value}${overridable === true ? "?" : ""}`,
    );
    expect(shown.join(" ")).toBe(expected);
  });

  test("are referred to as the shell does", () => {
    const { constants } = commandOf("V=v1\nW='a b'\nig", "ig");
    expect(constants.map((constant) => constant.reference)).toEqual([
      { code: "$V", words: "one" },
      { code: "$W", words: "any" },
    ]);
  });
});

describe("known values of a word", () => {
  test.each([
    ["a constant", "K=kubectl\n$K gadget", ["kubectl"]],
    ["a default", "${K:-kubectl} gadget", ["kubectl"]],
    ["a constant before its default", 'K=oc\n"${K:-kubectl}" gadget', ["oc"]],
    ["a loop", "for g in exec dns; do $g gadget; done", ["exec", "dns"]],
    ["a loop over a list in a variable", 'G="exec dns"\nfor g in $G; do $g gadget; done', ["exec", "dns"]],
    ["two cases", "if x; then g=a; else g=b; fi\n$g gadget", ["b", "a"]],
    ["an argument", "$1 gadget", undefined],
    ["a command", "$(x) gadget", undefined],
    ["a loop over files", "for g in *.txt; do $g gadget; done", undefined],
  ])("%s", (_, script, known) => {
    const command = /\$\S+(?= gadget)/.exec(script)?.[0].replace(/["]/g, "") ?? "";
    const [word] = commandOf(script, command).words;
    const [part] = word?.value ?? [];
    expect(typeof part === "string" ? part : part?.known).toEqual(known);
  });
});

describe("words in variables", () => {
  test.each([
    ["an array", 'a=(trace exec -n "$NS")\nig "${a[@]}" x', "ig trace exec -n <$NS> x"],
    ["an array without quotes", "a=(trace exec)\nig ${a[@]}", "ig trace exec"],
    ["an array in steps", "a=(trace)\na+=(exec)\na+=(-A)\nig ${a[@]}", "ig trace exec -A"],
    ["a local array", 'f() { local a=(trace exec); ig "${a[@]}"; }', "ig trace exec"],
    ["an array that may grow", 'a=(trace)\nif x; then a+=(-A); fi\nig "${a[@]}"', "ig trace <${a[@]}...>"],
    ["an array set elsewhere", 'ig "${a[@]}"', "ig <${a[@]}...>"],
    ["blanks in a variable", 'C="trace exec -A"\nig $C', "ig trace exec -A"],
    ["blanks and a variable", 'C="trace exec -n $NS"\nig $C', "ig trace exec -n <${NS}...>"],
    ["a program and its word", 'K="kubectl gadget"\n$K trace', "kubectl gadget trace"],
    ["one word", "C=trace\nig $C", "ig <$C...>"],
    ["a quoted variable", 'C="trace exec"\nig "$C"', "ig <$C>"],
    ["a default", 'C="${C:-trace exec}"\nig $C', "ig <$C...>"],
  ])("%s", (_, script, expected) => {
    const name = expected.split(" ")[0] ?? "";
    expect(line(commandOf(script, name))).toBe(expected);
  });

  test.each([
    ["an array", 'a=(trace exec -A)\nig "${a[@]}"\n', `a=(run trace_exec 'x y' -A)\nig "\${a[@]}"\n`],
    ["a variable", 'C="trace exec -A"\nig $C\n', null],
    ["a variable without blanks", "C='trace exec -A'\nig $C\n", "C='run trace_exec x -A'\nig $C\n"],
  ])("are edited where they stand: %s", (_, script, expected) => {
    const [, first, second] = commandOf(script, "ig").words;
    if (first === undefined || second === undefined) throw new Error("no words");
    const { list } = first;
    const more = list.write([expected?.includes("x y") === false ? "x" : "x y"]);
    if (expected === null || more === null) {
      expect(more).toBe(expected);
      return;
    }
    const edits = [
      { start: first.start, end: first.end, text: list.write(["run"], first) ?? "" },
      { start: second.start, end: second.end, text: list.write(["trace_exec"], second) ?? "" },
      list.insertAfter(second, [more]),
    ].flatMap((edit) => list.fragment.toSourceEdit(edit) ?? []);
    expect(applyEdits(script, edits)).toBe(expected);
  });

  test.each([
    ['a=(trace exec)\nig "${a[@]}"\nkubectl gadget "${a[@]}"', []],
    ["a='trace exec'\necho \"$a\"\nig $a", []],
    ["a='trace exec'\n[[ -n $a ]] && ig $a # $a", []],
    ["a='trace exec'\nig $a\nsend \"$a\"", ["'trace exec'"]],
    ["a='trace exec'\nexport b=\"sudo ig $a\"\n$b", ['"sudo ig $a"']],
    ["export a='trace exec'\nig $a", ["'trace exec'"]],
  ])("are marked where it is not known who else uses them: %s", (script, expected) => {
    const places = invocationsOf(script).find(({ words }) => words.length > 2)?.usedElsewhere ?? [];
    expect(places.map(({ start, end }) => script.slice(start, end))).toEqual(expected);
  });
});
