import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fragment } from "../../../src/text/fragment.ts";
import { linesOf, read } from "./reading.ts";
import { runs } from "../../support/property-runs.ts";

describe("scripts with errors", () => {
  test.each([
    ["an open quote before", 'echo "it\nig trace exec\nig top file', ["ig trace exec", "ig top file"]],
    ["an apostrophe in prose", "# ok\nDon't do this\nig trace exec\n", ["ig trace exec"]],
    ["an open parenthesis", "A ((x | y\nig trace exec", ["ig trace exec"]],
    ["an open condition", "if true; then\n  ig trace exec | jq .\n", ["ig trace exec"]],
    [
      "an end without a beginning",
      "fi\nig trace exec\ndone\nig top file\n}",
      ["ig trace exec", "ig top file"],
    ],
    ["an open substitution", "x=$(foo\nig trace exec\n", ["ig trace exec"]],
    ["an open expansion", "echo ${x\nig trace exec\n", ["ig trace exec"]],
    ["another language", "def f(x):\n  return 'a\n\nig trace exec\n", ["ig trace exec"]],
    ["an arm of a case without its head", "foo\n  start|'s') ig trace exec ;;\nesac", ["ig trace exec"]],
    ["continued lines", 'echo "\nig trace \\\n  exec -n demo\n', ["ig trace exec -n demo"]],
  ])("%s", (_, script, lines) => {
    expect(linesOf(script).filter((line) => line.startsWith("ig "))).toEqual(lines);
  });

  test("keep what the loop around a command says", () => {
    const script = "while true; do\n  ig trace exec\ndone | jq .pod\nfoo )\n";
    const { invocations } = read("shell", Fragment.of(script));
    const ig = invocations.find((invocation) => invocation.words[0]?.value[0] === "ig");
    expect(ig?.output.pipe).toHaveLength(1);
  });

  test.each([
    ["no such word", "echo 'see\n", []],
    ["words of a command", "kubectl gadget trace exec )\n", []],
    ["an open quote", "x( kubectl 'gadget trace\n", ["gadget"]],
    ["a condition without its end", "kubectl gadget trace ${x:-$(\n", []],
    ["a comment", "a ) # kubectl gadget trace\n", []],
  ])("report a command that was not read: %s", (_, script, texts) => {
    const { problems } = read("shell", Fragment.of(script));
    expect(problems.map(({ start, end, fatal }) => [script.slice(start, end), fatal])).toEqual(
      texts.map((text) => [text, false]),
    );
  });
});

const SCRIPT = `#!/usr/bin/env bash
set -euo pipefail
IG_VERSION=\${IG_VERSION:-v0.40.0}
args=(trace exec -n "$NS" --timeout 10)
run() { sudo -E ig "\${args[@]}" | tee >(jq -r '.k8s.podName') | head -n 3; }
for g in exec 'dns' "tcp"; do
  kubectl gadget trace $g -n <namespace> -o json 2>&1 | jq -c 'select(.pid > 1)' >> out.json &
done
case "$1" in start|s) run > /dev/null ;; *) echo "usage: \${0##*/} {start}"; exit 1;; esac
cat > next.sh <<-'EOF'
	ig top file -m 5 {{ .Values.flags | default "-A" }}
	EOF
ssh host <<EOF && bash -c 'kubectl gadget top file \\'\\'' x'
ig trace dns -F "name:$NAME" \`date\`
EOF
x=\`ig snapshot process | awk '{ print $3 }'\`; [[ $x =~ ^[0-9]+$ ]] && (( x > 3 )) || exec > >(cat)
`;

/** Reads a script and asks for all that a reading can tell. */
function everything(script: string): number {
  const { invocations } = read("shell", Fragment.of(script));
  for (const { words, output, constants } of invocations) {
    for (const word of [...words, ...output.pipe.flat()]) {
      const { start, end } = word.list.fragment.toSource(word);
      if (start < 0 || end < start || end > script.length)
        throw new Error(`${start}-${end} is no place in the script`);
      word.list.inside(word);
      word.list.cut(word, word);
    }
    if (constants.some(({ name }) => name === "")) throw new Error("a constant without a name");
  }
  return invocations.length;
}

describe("read without an exception", () => {
  test("any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (script) => {
        everything(script);
      }),
      { numRuns: runs(300) },
    );
  });

  test("text of what means something to a shell", () => {
    const characters = Array.from("'\"`$(){}[]<>|&;#!\\\n\t =*?~-é😀");
    const words = [
      "<<EOF",
      "EOF",
      "if ",
      "then ",
      "fi",
      "do ",
      "done",
      "case x in ",
      "${",
      "$((",
      "ig ",
      "\r\n",
      "{{",
      "}}",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...characters, ...words), { maxLength: 40 }), (parts) => {
        everything(parts.join(""));
      }),
      { numRuns: runs(1000) },
    );
  });

  test("a script with a part lost, doubled or moved", () => {
    const place = fc.nat(SCRIPT.length);
    expect(everything(SCRIPT)).toBeGreaterThan(15);
    fc.assert(
      fc.property(place, fc.nat(12), place, fc.boolean(), (from, length, to, lose) => {
        const part = SCRIPT.slice(from, from + length);
        const rest = lose ? SCRIPT.slice(0, from) + SCRIPT.slice(from + length) : SCRIPT;
        everything(rest.slice(0, to) + part + rest.slice(to));
      }),
      { numRuns: runs(250) },
    );
  });

  test.each([
    ["substitutions", "$(".repeat(2000)],
    ["backquotes", "`".repeat(999)],
    ["escaped backquotes", "`a \\`b \\\\\\`".repeat(50)],
    ["here-documents", "bash <<A\n".repeat(200)],
    ["subshells", `${"(".repeat(5000)}ig${")".repeat(5000)}`],
    ["quotes", `ig ${"'\\''".repeat(3000)}`],
    ["expansions", `x=${"${x:-".repeat(1000)}`],
    ["settings of one name", `case $1 in\n${'a) X="$X b" Y="$X $Y" ;;\n'.repeat(60)}esac\nig $X $Y\n`],
    ["doubling", `X=ab\n${'X="$X$X"\necho $X\n'.repeat(40)}ig $X\n`],
    ["errors", "fi )\n".repeat(1000)],
  ])("nested without end: %s", (_, script) => {
    everything(script);
  });
});
