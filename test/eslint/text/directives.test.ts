import { describe, expect, test } from "vitest";
import { directivesIn } from "../../../src/eslint/text/directives.ts";
import type { LanguageId } from "../../../src/languages/language.ts";

type Expected = readonly [comment: string, type: string, rules: string, reason: string];

const cases: readonly (readonly [LanguageId, string, ...Expected[]])[] = [
  ["shell", "# eslint-disable", ["# eslint-disable", "disable", "", ""]],
  [
    "shell",
    "ig trace dns ## eslint-disable-line a/b, c -- not -- yet\r\nx",
    ["## eslint-disable-line a/b, c -- not -- yet", "disable-line", "a/b, c", "not -- yet"],
  ],
  [
    "yaml",
    "a: 1\n#eslint-disable-next-line a/b\nb: 2\n# eslint-enable",
    ["#eslint-disable-next-line a/b", "disable-next-line", "a/b", ""],
    ["# eslint-enable", "enable", "", ""],
  ],
  [
    "markdown",
    "<!-- eslint-disable a/b -- why\n-->\n",
    ["<!-- eslint-disable a/b -- why\n-->", "disable", "a/b", "why"],
  ],
  ["helm", "{{- /* eslint-disable */ -}}\n", ["{{- /* eslint-disable */ -}}", "disable", "", ""]],
  ["helm", "{{/* eslint-disable */}}\n", ["{{/* eslint-disable */}}", "disable", "", ""]],
  ["go", "/* eslint-disable a/b */ x()", ["/* eslint-disable a/b */", "disable", "a/b", ""]],
  ["php", "x(); # eslint-disable-line", ["# eslint-disable-line", "disable-line", "", ""]],
  ["lua", "-- eslint-disable-next-line", ["-- eslint-disable-next-line", "disable-next-line", "", ""]],
  ["cmd", "REM eslint-disable", ["REM eslint-disable", "disable", "", ""]],
  ["cmd", ":: eslint-disable", [":: eslint-disable", "disable", "", ""]],
  ["powershell", "<# eslint-disable #>", ["<# eslint-disable #>", "disable", "", ""]],
  // Not ended: no more than its line.
  ["go", "/* eslint-disable a\nb", ["/* eslint-disable a", "disable", "a", ""]],
  ["shell", "eslint-disable"],
  ["shell", "echo eslint-disable # see eslint-disable"],
  ["shell", "// eslint-disable"],
  ["shell", "# eslint-disabled, eslint-disable-all"],
  ["cmd", "THEREM eslint-disable"],
  ["cmd", "REMeslint-disable"],
  ["json", "# eslint-disable"],
];

describe("directives", () => {
  test.each(cases.map(([language, text, ...expected]) => [language, text, expected] as const))(
    "%s: %j",
    (language, text, expected) => {
      const found = directivesIn(text, language).map(({ node, type, value, justification }) => [
        text.slice(node.start, node.end),
        type,
        value,
        justification,
      ]);
      expect(found).toEqual(expected);
    },
  );

  test("a file in no language has none", () => {
    expect(directivesIn("# eslint-disable", null)).toEqual([]);
  });
});
