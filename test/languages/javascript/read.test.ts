import { describe, expect, test } from "vitest";
import { commandsOf, readSource } from "./reading.ts";
import { outputs, sources } from "./sources.ts";

describe.each(Object.entries(sources))("%s", (_name, rows) => {
  test.each(rows)("%s", (source, ...commands) => {
    expect(commandsOf(source)).toEqual(commands);
  });
});

test.each(outputs)("output is %s: %s", (sink, source) => {
  const gadget = readSource(source).invocations.filter(({ words }) => words.length > 3);
  expect(gadget.at(-1)?.output.sink.kind).toBe(sink);
});

test("a file that the program reads is read here", () => {
  const sinks = ["b.json", "a.json"].map((path) => {
    const source = `execSync("kubectl gadget trace exec > a.json"); JSON.parse(readFileSync("${path}"));`;
    return readSource(source).invocations[0]?.output.sink;
  });
  expect(sinks).toMatchObject([{ readHere: false }, { readHere: true }]);
});

test("constants are those that can be named where the command stands", () => {
  const source = `
    const IG_VERSION = "v0.45.0";
    const other = process.env.IG_TAG ?? "v0.44.0";
    function f(IG_VERSION) { execSync("kubectl gadget trace dns"); }
    execSync("kubectl gadget trace exec");
    const later = "v0.46.0";`;
  const constants = readSource(source).invocations.map(({ constants }) =>
    constants.map(({ name, value, overridable }) => [name, value, overridable ?? false]),
  );
  expect(constants).toEqual([
    [["other", "v0.44.0", true]],
    [
      ["IG_VERSION", "v0.45.0", false],
      ["other", "v0.44.0", true],
    ],
  ]);
});

test("syntax errors are tolerated and told once", () => {
  const { problems } = readSource('const = ; execSync("kubectl gadget trace exec"); )');
  expect(problems).toMatchObject([{ start: 6, fatal: false }]);
  expect(commandsOf('const = ; execSync("kubectl gadget trace exec"); )')).toEqual([
    "run kubectl gadget trace exec",
  ]);
});

test("nesting deeper than the stack is a problem, no crash", () => {
  const deep = "[".repeat(200_000);
  expect(readSource(deep).problems).toHaveLength(1);
});

test("thousands of terms are read", () => {
  const source = `exec("kubectl gadget trace exec" + ${Array.from({ length: 3000 }, () => '" -A"').join(" + ")})`;
  expect(readSource(source).invocations[0]?.words).toHaveLength(3004);
});
