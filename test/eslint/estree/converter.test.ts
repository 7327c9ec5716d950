import { Linter, type Rule } from "eslint";
import { parser as typescriptParser } from "typescript-eslint";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/commands/command.ts";
import { fromEstree } from "../../../src/eslint/estree/converter.ts";
import { isEsNode } from "../../../src/eslint/estree/node.ts";
import { readProgram } from "../../../src/languages/javascript/read.ts";
import { Fragment } from "../../../src/text/fragment.ts";
import { lineOf, readNested, readSource } from "../../languages/javascript/reading.ts";
import { outputs, sources } from "../../languages/javascript/sources.ts";

/** Reads a source as a rule of ESLint does; null when the parser refuses it. */
function readByEslint(text: string, parser?: Linter.Parser): Reading | null {
  let reading: Reading | null = null;
  const rule: Rule.RuleModule = {
    create: ({ sourceCode: { ast, visitorKeys } }) => ({
      Program: () => {
        if (!isEsNode(ast)) return;
        const tree = fromEstree(ast, text, visitorKeys);
        reading = readProgram(tree, Fragment.of(text), { path: "file.tsx", read: readNested });
      },
    }),
  };
  const parserOptions = { ecmaFeatures: { jsx: true } };
  const messages = new Linter().verify(
    text,
    {
      files: ["**/*.tsx"],
      plugins: { test: { rules: { read: rule } } },
      rules: { "test/read": "error" },
      languageOptions: parser === undefined ? { parserOptions } : { parser, parserOptions },
    },
    "file.tsx",
  );
  expect(messages.filter(({ fatal }) => fatal !== true)).toEqual([]);
  return reading;
}

/** Everything about the commands that does not depend on the tree. */
function summary(reading: Reading | null): unknown {
  return reading?.invocations.map((invocation) => ({
    line: lineOf(invocation),
    places: invocation.words.map((word) => word.list.fragment.toSource(word)),
    constants: invocation.constants,
  }));
}

const all = [...Object.values(sources).flat(), ...outputs].flatMap((row) =>
  row.filter((text) => text.includes("gadget") && !text.startsWith("run ") && !text.startsWith("text ")),
);

const parsers: Readonly<Record<string, Linter.Parser | undefined>> = {
  "typescript-eslint": typescriptParser,
  espree: undefined,
};

describe.each(Object.entries(parsers))("%s's tree says what TypeScript's says", (name, parser) => {
  test.each([...new Set(all)])("%s", (source) => {
    const reading = readByEslint(source, parser);
    if (reading === null)
      expect([name, source]).toEqual(["espree", expect.stringMatching(/ as |enum |type |private /)]);
    else expect(summary(reading)).toEqual(summary(readSource(source)));
  });
});
