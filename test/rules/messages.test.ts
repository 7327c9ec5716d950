import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sentence } from "../../src/rules/messages.ts";

const root = new URL("../../src/", import.meta.url);

/** Every message id that the source names; those of ESLint are its own. */
const ids = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.startsWith("eslint"))
  .flatMap((path) => [...readFileSync(new URL(path, root), "utf8").matchAll(/messageId: "([a-z-]+)"/g)])
  .map((match) => match[1] ?? "");

test("there are ids to check", () => {
  expect(new Set(ids).size).toBeGreaterThan(40);
});

test.each([...new Set(ids)].sort())("%s has a sentence", (messageId) => {
  const args = { note: "Why.", code: "a b", lines: "a\nb" };
  expect(sentence({ messageId, args })).toMatch(/^.*([.?]|:\n {4}a\n {4}b)$/);
});
