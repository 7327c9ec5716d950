import fc from "fast-check";
import { expect, test } from "vitest";
import { isScalar, isSeq, parseDocument } from "yaml";
import { isPlain } from "../../../src/languages/yaml/encode.ts";
import { runs } from "../../support/property-runs.ts";

/** What a reader of one version of YAML takes a list's only item for. */
function itemOf(probe: string, version: "1.1" | "1.2"): unknown {
  const { contents, errors } = parseDocument(probe, { version });
  const [item, more] = isSeq(contents) ? contents.items : [];
  return errors.length === 0 && more === undefined && isScalar(item) ? item.value : errors;
}

const parts = fc.constantFrom(
  ..."- : = . / _ # , y no NULL on off e3 0x1f 1 12:30 1e3 .inf nan trace_exec v0.55.1 --flag {x} & * ! ~ <<".split(
    " ",
  ),
  " ",
);
const words = fc.array(parts, { minLength: 1, maxLength: 5 }).map((list) => list.join(""));

test("what is called plain is the same text for readers of both versions", () => {
  fc.assert(
    fc.property(words, fc.boolean(), (word, flow) => {
      fc.pre(isPlain(word, word, flow));
      const probe = flow ? `[${word}]\n` : `- ${word}\n`;
      expect([itemOf(probe, "1.1"), itemOf(probe, "1.2")]).toEqual([word, word]);
    }),
    { numRuns: runs(3000), maxSkipsPerRun: 1000 },
  );
});

test.each([
  ["trace_exec:v0.55.1", true],
  ["ghcr.io/inspektor-gadget/gadget/trace_exec:v0.55.1", true],
  ["--filter=proc.pid==1", true],
  ["-n", true],
  ["y", false],
  ["No", false],
  ["null", false],
  ["a:", false],
  ["12:30", false],
  ["1e3", false],
  ["-.inf", false],
  ["{x}", false],
])("%s", (word, isIt) => {
  expect([isPlain(word, word, false), isPlain(word, word, true)]).toEqual([isIt, isIt]);
});
