import { describe, expect, test } from "vitest";
import { display, type Word } from "../../../src/commands/command.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import { commandOf, lineOf, linesOf, read } from "./reading.ts";

describe("words", () => {
  test.each([
    ["blanks", "ig  trace\texec", "ig trace exec"],
    ["a comment", "ig trace exec # ig trace dns", "ig trace exec"],
    ["a continued line", "ig trace exec \\\n  -n demo", "ig trace exec -n demo"],
    ["a continued word", "ig trace ex\\\nec", "ig trace exec"],
    ["a continuation right behind a word", "ig trace exec\\\n -A", "ig trace exec -A"],
    ["a continuation at the end", "ig trace exec \\\n", "ig trace exec"],
    ["single quotes", "ig -F 'a b'", "ig -F [a b]"],
    ["double quotes", 'ig -F "a \\"b\\" \\x"', 'ig -F [a "b" \\x]'],
    ["ANSI-C quotes", "ig -F $'a\\tb\\x41\\u00e9\\''", "ig -F [a\tbAé']"],
    ["a backslash", "ig a\\ b \\$x", "ig [a b] $x"],
    ["joined quotes", `ig 'it'\\''s' a"b"c`, "ig it's abc"],
    ["nothing", `ig '' ""`, "ig [] []"],
    ["an unquoted expansion", "ig -n $NS -p ${POD:-x}", "ig -n <$NS...> -p <${POD:-x}...>"],
    ["a quoted expansion", 'ig -n "$NS" "a${B}c"', "ig -n <$NS> a<${B}>c"],
    ["lists", 'ig "$@" "${a[@]}" "$*" "${!x@}"', "ig <$@...> <${a[@]}...> <$*> <${!x@}...>"],
    ["what is always one word", "ig $# $((1+2)) ${#a} <(ls)", "ig <$#> <$((1+2))> <${#a}> <<(ls)>"],
    ["what is several words", "ig {a,b} $(ls) `ls`", "ig <{a,b}...> <$(ls)...> <`ls`...>"],
    ["a home folder", "~/bin/ig ~", "<~>/bin/ig <~>"],
    ["patterns", "ig *.log [a-z]?", "ig *.log [[a-z]?]"],
    ["assignments as words", "env A=b C='d e' ig", "env A=b [C=d e] ig"],
    ["letters beyond ASCII", "ig é😀 '命名 空間'", "ig é😀 [命名 空間]"],
    ["redirects among words", "ig trace >out 2>&1 exec <in", "ig trace exec"],
    ["assignments before", "A=b C=$d ig trace", "ig trace"],
  ])("%s", (_, script, line) => {
    expect(linesOf(script)).toContain(line);
  });

  test.each([
    ["CRLF", "ig trace exec \\\r\n  -n demo\r\nig top file\r\n", ["ig trace exec -n demo", "ig top file"]],
    ["a lone CR", "ig trace exec\rig top file\r", ["ig trace exec", "ig top file"]],
    ["a byte order mark", "\uFEFFig trace exec", ["ig trace exec"]],
    ["a multi-line quote with CRLF", "ig -F 'a\r\nb'\r\n", ["ig -F [a\nb]"]],
  ])("line ends and marks: %s", (_, script, lines) => {
    expect(linesOf(script)).toEqual(lines);
  });

  test.each([
    ["placeholders", "ig -n <namespace> -o json", "ig -n <<namespace>> -o json"],
    ["placeholders with blanks", "ig -n <your namespace> -o json", "ig -n <<your namespace>> -o json"],
    ["placeholders in words", "ig pod/<name>-<id>", "ig pod/<<name>>-<<id>>"],
    ["placeholders in quotes", 'ig "<ns>"', "ig <<ns>>"],
    ["choices", "ig <a|b>", "ig <<a|b>>"],
    ["CJK placeholders", "ig -n <命名空间> -A", "ig -n <<命名空间>> -A"],
    ["redirects", "ig <in >out", "ig"],
    ["close redirects", "ig <in>/dev/null a", "ig a"],
    ["redirects of errors", "ig <in 2>log a", "ig a"],
    ["here-documents", "ig a <<EOF>out\n<b>\nEOF", "ig a"],
  ])("%s", (_, script, line) => {
    expect(lineOf(script, "ig")).toBe(line);
  });

  test.each([
    ["values", "ig -n {{ .Values.ns }} -A", "ig -n <{{ .Values.ns }}...> -A"],
    ["values in quotes", `ig -l "app={{ .a | default "x" }}"`, `ig -l app=<{{ .a | default "x" }}>`],
    ["glued conditions", "{{ if .x }}ig{{ end }} trace {{- if .a }} -A {{- end }}", "ig trace -A"],
    ["conditions in quotes", "ig '{{ if .a }}b{{ end }}'", "ig <{{ if .a }}>b<{{ end }}>"],
    ["workflow expressions", "ig -n ${{ inputs.ns }}", "ig -n <${{ inputs.ns }}...>"],
    ["Jinja", "ig {% if x %} {{ y }} {% endif %} z", "ig <{{ y }}...> z"],
    ["inside an expansion", "ig $(a {{ .b }} c)", "ig <$(a {{ .b }} c)...>"],
    ["a pipe in a template", "ig {{ .a | quote }} | cat", "ig <{{ .a | quote }}...>"],
    ["awk", "ig | awk '{ print $1 }'", "ig"],
  ])("templates: %s", (_, script, line) => {
    expect(lineOf(script, "ig")).toBe(line);
  });
});

describe("writing", () => {
  test.each([
    ["bare", "x", ["trace_exec:v0.42.0"], "trace_exec:v0.42.0"],
    ["bare with blanks", "x", ["a b"], "'a b'"],
    ["bare with a quote", "x", ["it's"], `'it'\\''s'`],
    ["single", "'x'", ["proc.comm==cat"], "'proc.comm==cat'"],
    ["double", '"x"', ['a"$b'], '"a\\"\\$b"'],
    ["mixed", "a'x'", ["b c"], "'b c'"],
    ["nothing", "x", [], "''"],
    ["a variable", "x", ["a:", { code: "$V", words: "one" }], '"a:$V"'],
    ["a variable before a letter", "x", [{ code: "$V", words: "one" }, "_a"], '"${V}_a"'],
    ["a bare variable", "x", ["a:", { code: "$V", words: "any" }, "b"], "a:${V}b"],
    ["a bare variable with blanks", "x", ["a b", { code: "$V", words: "any" }], "'a b'$V"],
    ["a variable in single quotes", "'x'", ["a ", { code: "$V", words: "one" }], '"a $V"'],
    ["a list", "x", [{ code: "$@", words: "any" }], '"$@"'],
    ["a home folder", "x", [{ code: "~", words: "one" }, "/a b"], "~'/a b'"],
  ] as const)("%s", (_, like, value, text) => {
    const [, word] = commandOf(`ig ${like}`, "ig").words;
    expect(word?.list.write(value, word)).toBe(text);
  });

  test.each([
    ["a template", "ig x {{ .ns }}", ["a-", { code: "{{ .ns }}", words: "any" }], "ig a-{{ .ns }} {{ .ns }}"],
    [
      "a template in quotes",
      "ig 'x' '{{ .ns }}'",
      [{ code: "{{ .ns }}", words: "one" }],
      "ig '{{ .ns }}' '{{ .ns }}'",
    ],
    ["a placeholder", "ig x <ns>", ["--n=", { code: "<ns>", words: "one" }], "ig --n=<ns> <ns>"],
    [
      "a template with quotes in a script in quotes",
      `sh -c "ig x {{ default "a" .ns }}"`,
      ["n=", { code: `{{ default "a" .ns }}`, words: "any" }],
      `sh -c "ig n={{ default "a" .ns }} {{ default "a" .ns }}"`,
    ],
  ] as const)("holes: %s", (_, script, value, expected) => {
    const command = commandOf(script, script.startsWith("sh") ? "sh" : "ig");
    const word = script.startsWith("sh") ? inner(command.words[2]) : command.words[1];
    const text = word?.list.write(value, word);
    const edit = word?.list.fragment.toSourceEdit({ start: word.start, end: word.end, text: text ?? "" });
    expect(applyEdits(script, edit ? [edit] : [])).toBe(expected);
  });

  test("no word has a NUL", () => {
    const [word] = commandOf("ig", "ig").words;
    expect(word?.list.write(["a\0"])).toBeNull();
  });
});

describe("cutting", () => {
  test.each([
    ["with the blanks before", "ig a -n demo b", "-n", "demo", "ig a b"],
    ["the last words", "ig a -n demo  # c", "-n", "demo", "ig a  # c"],
    ["a continued line", "ig a \\\n  -n demo \\\n  b", "-n", "demo", "ig a \\\n  b"],
    ["the last continued line", "ig a \\\n  -n demo\n", "-n", "demo", "ig a\n"],
    ["a continued line with CRLF", "ig a \\\r\n  -n demo \\\r\n  b\r\n", "-n", "demo", "ig a \\\r\n  b\r\n"],
    ["behind a redirect", "ig a >out -n demo b", "-n", "demo", "ig a >out b"],
    ["the first word", "sudo ig a", "sudo", "sudo", "ig a"],
    [
      "beside a condition",
      "ig a {{ if .n }} -n demo {{ end }} b",
      "-n",
      "demo",
      "ig a {{ if .n }} {{ end }} b",
    ],
  ])("%s", (_, script, first, last, expected) => {
    const { words } = commandOf(script, script.startsWith("sudo") ? "sudo" : "ig");
    const find = (text: string): Word | undefined => words.find((word) => display(word.value) === text);
    const [from, to] = [find(first), find(last)];
    if (from === undefined || to === undefined) throw new Error("no such words");
    const range = from.list.cut(from, to);
    if (range === null) throw new Error("cannot be cut");
    const edit = from.list.fragment.toSourceEdit({ ...range, text: "" });
    expect(edit).not.toBeNull();
    expect(applyEdits(script, edit === null ? [] : [edit]).replace(/(?<=\}\}) +(?=\{\{)/, " ")).toBe(
      expected,
    );
  });

  test("never takes a redirect along", () => {
    const { words } = commandOf("ig a -n >out demo b", "ig");
    const [, , flag, value] = words;
    expect(flag !== undefined && value !== undefined && flag.list.cut(flag, value)).toBeNull();
  });
});

/** The second word of the script in a word. */
function inner(word: Word | undefined): Word | undefined {
  const inside = word?.list.inside(word) ?? null;
  return inside === null ? undefined : read("shell", inside).invocations[0]?.words[1];
}
