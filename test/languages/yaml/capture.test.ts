import { describe, expect, test } from "vitest";
import { read } from "./reading.ts";

describe("output that others read", () => {
  const sinkOf = (source: string): string | undefined =>
    read("yaml", source).invocations.find(({ words }) => words.length > 2)?.output.sink.kind;

  test.each([
    ["- shell: ig trace exec\n  register: result\n", "captured"],
    ["- shell: ig trace exec\n", "stdout"],
    ["steps:\n  - script: ig trace exec > $(results.events.path)\n", "captured"],
    ['steps:\n  - run: ig trace exec >> "$GITHUB_OUTPUT"\n', "captured"],
    ["steps:\n  - run: ig trace exec > events.txt\n", "file"],
    ["vars:\n  EVENTS:\n    sh: ig trace exec\n", "captured"],
    ["tasks:\n  a:\n    cmds: [ig trace exec]\n", "stdout"],
  ])("%s", (source, sink) => {
    expect(sinkOf(source)).toBe(sink);
  });
});
