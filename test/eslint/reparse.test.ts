import type { Linter, Rule } from "eslint";
import { expect, test } from "vitest";
import { reparse } from "../../src/eslint/reparse.ts";

function contextOf(languageOptions: Linter.LanguageOptions): Rule.RuleContext {
  return { filename: "file.ts", languageOptions } as unknown as Rule.RuleContext;
}

test("the parser gets what ESLint gives it, but for types", () => {
  const calls: unknown[] = [];
  const parser = {
    parseForESLint(text: string, options: unknown) {
      calls.push(text, options);
      return { ast: "tree", visitorKeys: { A: ["b"] } };
    },
  } as unknown as Linter.Parser;
  const parserOptions = { projectService: true, project: "x", ecmaFeatures: { jsx: true } };
  const parsed = reparse("a", contextOf({ parser, parserOptions, ecmaVersion: 2020, sourceType: "script" }));
  expect(parsed).toEqual({ ast: "tree", visitorKeys: { A: ["b"] } });
  expect(calls).toEqual([
    "a",
    {
      loc: true,
      range: true,
      tokens: true,
      comment: true,
      eslintVisitorKeys: true,
      filePath: "file.ts",
      ecmaFeatures: { jsx: true },
      ecmaVersion: 2020,
      sourceType: "script",
    },
  ]);
});

test("a parser without nodes of its own", () => {
  const parser = { parse: () => "tree" } as unknown as Linter.Parser;
  expect(reparse("a", contextOf({ parser }))).toEqual({ ast: "tree", visitorKeys: undefined });
});

test("what is no program", () => {
  const parser = {
    parse: () => {
      throw new SyntaxError("no");
    },
  } as unknown as Linter.Parser;
  expect(reparse("a", contextOf({ parser }))).toBeNull();
});
