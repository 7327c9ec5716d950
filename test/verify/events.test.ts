import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import { readOutput } from "../../src/verify/events.ts";

const read = (text: string) =>
  readOutput(text, (yaml) => Array.from(parseAllDocuments(yaml), (document) => document.toJS() as unknown));

describe("readOutput", () => {
  test.each([
    ["a line for each", '{"a":1}\n{"a":2}\n'],
    ["CRLF", '{"a":1}\r\n{"a":2}\r\n'],
    ["one list", '[{"a":1},{"a":2}]'],
    ["a list for each interval", '[{"a":1}]\n[]\n[{"a":2}]\n'],
    ["over several lines", '{\n  "a": 1\n}\n{\n  "a": 2\n}\n'],
    ["nothing between them", '{"a":1}{"a":2}'],
    ["a list over several lines", '[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]\n'],
    ["warnings of the gadget among them", '{"a":1}\n{"type":"warn","message":"lost"}\n{"a":2}'],
    ["YAML documents", "---\na: 1\n---\na: 2\n"],
    ["a YAML list", "- a: 1\n- a: 2\n"],
  ])("%s", (_, text) => {
    const { events, unread } = read(text);
    expect({ events, unread }).toEqual({ events: [{ a: 1 }, { a: 2 }], unread: [] });
  });

  test.each([
    ["log lines", 'WARN[0000] deprecated\n{"a":1}\n', ["WARN[0000] deprecated"]],
    ["a line that broke off", '{"a":1}\n{"a":\n', ['{"a":']],
    ["nothing but a number", '{"a":1}\n[5]\n', ["[5]"]],
    ["a brace in a text is none", '{"a":1}\nuse { here\n', ["use { here"]],
  ])("%s: what is no event is told", (_, text, unread) => {
    expect(read(text)).toEqual({ format: "json", events: [{ a: 1 }], unread });
  });

  test("columns in order, whatever their alignment", () => {
    const text = "NODE     PID COMM\nn1         7 cat\nn2   1234567 kube-proxy\n";
    expect(read(text)).toEqual({
      format: "columns",
      unread: [],
      events: [
        { NODE: "n1", PID: "7", COMM: "cat" },
        { NODE: "n2", PID: "1234567", COMM: "kube-proxy" },
      ],
    });
  });

  test("columns: blanks in the last one, an empty one, headings that come again", () => {
    const text = "PID   COMM   ARGS\n1     sh     sh -c ls\n      ls\nPID   COMM   ARGS\n2     ls     ls\n";
    expect(read(text).events).toEqual([
      { PID: "1", COMM: "sh", ARGS: "sh -c ls" },
      { COMM: "ls" },
      { PID: "2", COMM: "ls", ARGS: "ls" },
    ]);
  });

  test("the same events in every format", () => {
    const key = fc.stringMatching(/^[a-z]{1,6}$/);
    const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.string());
    const event = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf)), {
      minKeys: 1,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 5 }), (events) => {
        fc.pre(events.every((one) => !("message" in one)));
        expect(read(events.map((one) => `${JSON.stringify(one)}\n`).join("")).events).toEqual(events);
        expect(read(events.map((one) => `${JSON.stringify(one, null, 2)}\n`).join("")).events).toEqual(
          events,
        );
        expect(read(JSON.stringify(events)).events).toEqual(events);
        const yaml = events.map((one) => `---\n${stringify(one)}`).join("");
        const { format, events: fromYaml } = read(yaml);
        if (format === "yaml") expect(fromYaml).toEqual(events);
      }),
    );
  });

  test.each(["", "\n\n", "null"])("no events in %j", (text) => {
    expect(read(text).events).toEqual([]);
  });
});
