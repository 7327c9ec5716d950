import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cmd, powershell } from "../../../src/languages/windows/index.ts";
import { Fragment } from "../../../src/text/fragment.ts";
import { line, read } from "../shell/reading.ts";

const LANGUAGES = { powershell, cmd };

function linesOf(language: keyof typeof LANGUAGES, script: string): readonly string[] {
  const { invocations } = LANGUAGES[language].read(Fragment.of(script), { path: "x", read });
  return invocations.map((invocation) => {
    const pipe = invocation.output.pipe.map((words) => ` | ${line({ ...invocation, words })}`);
    const { kind } = invocation.output.sink;
    if (invocation.told !== undefined) return `${invocation.role}: ${invocation.told.text}`;
    return [line(invocation), ...pipe, kind === "stdout" ? "" : ` (${kind})`].join("");
  });
}

describe("powershell", () => {
  test.each<[string, readonly string[]]>([
    ["ig a 'b c' \"d $e\"", ["ig a [b c] [d <$e>]"]],
    ["ig 'it''s' `\n  b", ["ig it's b"]],
    ['& "C:\\a b\\ig.exe" run', ["[C:\\a b\\ig.exe] run"]],
    [
      "ig $env:NS ${x y} $(Get-It (1)) $a.b[0]",
      ["ig <$env:NS...> <${x y}...> <$(Get-It (1))...> <$a.b[0]...>"],
    ],
    ["a | b; c && d", ["a | b", "b", "c", "d"]],
    ["$x = ig a | b", ["ig a | b (captured)", "b (captured)"]],
    ["if (ig a) { ig b }", ["if", "ig a (captured)", "ig b"]],
    ["ig a > b.txt 2>&1", ["ig a (file)"]],
    ["ig a 2> $null", ["ig a"]],
    ["PS C:\\Users\\me> ig a # b", ["ig a"]],
    ["<# ig a\n#> ig b\n# ig c", ["ig b"]],
    ['$t = @"\nig a\n"@\nig b', ["ig b", "text: ig a"]],
    ["Start-Process -FilePath ig -ArgumentList 'a','b c',$d -NoNewWindow", ["ig a [b c] <$d>"]],
    ['saps ig -Wait -Args "a b"', ["ig a b"]],
    ["$w = @('a', \"b\")\n& ig @w c", ["@ (captured)", "a, b (captured)", "ig a b c"]],
    ["$w = 'a', 'b'\n$w += 'c'\nig @w", ["a, b (captured)", "<$w...> += c", "ig @w"]],
    ['$c = "ig a"; Write-Host "Run ig b" x', ["data: ig a", "text: Run ig b"]],
  ])("%s", (script, expected) => {
    expect(linesOf("powershell", script)).toEqual(expected);
  });
});

describe("cmd", () => {
  test.each<[string, readonly string[]]>([
    ['ig "a b" ^\r\n  c', ["ig [a b] c"]],
    ["ig %NS% %1 %%n !x! %~dp0a", ["ig <%NS%...> <%1...> <%%n...> <!x!...> <%~dp0...>a"]],
    ["@rem ig a\n:: ig b\n:label\n@ig c", ["ig c"]],
    ["a & b || c | d", ["a", "b", "c | d", "d"]],
    ["C:\\work>ig a", ["ig a"]],
    ["set CMD=ig a b\nset X", ["ig a b", "set X"]],
    ["ig it's > out.txt", ["ig it's (file)"]],
  ])("%s", (script, expected) => {
    expect(linesOf("cmd", script)).toEqual(expected);
  });
});

test.each(["powershell", "cmd"] as const)(
  "%s: words stand in the text, in order, and nothing throws",
  (id) => {
    const piece = fc.constantFrom(
      "ig",
      " ",
      "\n",
      "'",
      '"',
      "`",
      "^",
      "$x",
      "%x%",
      "$(",
      ")",
      "|",
      ">",
      "{",
      "@",
      "#",
      "=",
      ";",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        const { invocations } = LANGUAGES[id].read(Fragment.of(text), { path: "x", read });
        for (const { words } of invocations) {
          for (const [i, { start, end }] of words.entries()) {
            expect(start).toBeGreaterThanOrEqual(words[i - 1]?.end ?? 0);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
    );
  },
);
