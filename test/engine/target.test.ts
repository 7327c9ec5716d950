import { describe, expect, test } from "vitest";
import type { Evidence } from "../../src/engine/report.ts";
import { chooseTarget, givenTarget, knownTargets, parseTarget } from "../../src/engine/target.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";

const knowledge = loadKnowledge();
const NEWEST = "v0.55.1";

function sign(kind: Evidence["kind"], version: string, path = "a.sh", line = 1): Evidence {
  return { kind, version, path, line, what: "something" };
}

test("of files that name the same release, what is deployed comes before what only tells of it", () => {
  const { evidence } = chooseTarget(
    [
      sign("agent", "v0.45.0", "docs/setup.md"),
      sign("agent", "0.45.0", "z/Chart.yaml"),
      sign("agent", "v0.46.0", "a.rst"),
    ],
    knowledge,
  );
  expect(evidence.map(({ path }) => path)).toEqual(["a.rst", "z/Chart.yaml", "docs/setup.md"]);
});

test("known targets are the releases whose images are known", () => {
  const known = knownTargets(knowledge);
  expect(known[0]).toBe("v0.36.0");
  expect(known.at(-1)).toBe(NEWEST);
  expect(known.indexOf("v0.41.2")).toBe(known.indexOf("v0.42.0") - 1);
  expect(known).not.toContain("v0.30.0");
});

describe("an explicit target", () => {
  test.each([
    ["v0.45.0", "v0.45.0"],
    ["0.45.0", "v0.45.0"],
    ["v0.41.2", "v0.41.2"],
  ])("%s", (text, tag) => {
    expect(parseTarget(text, knowledge)).toEqual({ ok: true, tag });
    expect(givenTarget(tag)).toEqual({ version: tag, source: "option", evidence: [] });
  });
  test.each(["v0.45.9", "v0.30.0", "v1.0.0", "latest", "main", "", "v", "vv0.45.0", "v0.45", "0.45.0 "])(
    "%j is unknown, and the known ones are listed",
    (text) => {
      expect(parseTarget(text, knowledge)).toEqual({ ok: false, known: knownTargets(knowledge) });
    },
  );
});

describe("a target by evidence", () => {
  const cases: readonly {
    name: string;
    evidence: Evidence[];
    version: string;
    source: "evidence" | "default";
  }[] = [
    { name: "none: the newest", evidence: [], version: NEWEST, source: "default" },
    { name: "one", evidence: [sign("image", "v0.45.0")], version: "v0.45.0", source: "evidence" },
    { name: "without v", evidence: [sign("agent", "0.45.0")], version: "v0.45.0", source: "evidence" },
    {
      name: "the agent before the rest",
      evidence: [sign("image", "v0.50.0"), sign("cli", "v0.48.0"), sign("agent", "v0.40.0")],
      version: "v0.40.0",
      source: "evidence",
    },
    {
      name: "tools before images",
      evidence: [sign("image", "v0.50.0"), sign("cli", "v0.48.0")],
      version: "v0.48.0",
      source: "evidence",
    },
    {
      name: "the highest of a kind, by number",
      evidence: [sign("cli", "v0.36.0"), sign("cli", "v0.42.0"), sign("cli", "v0.9.0")],
      version: "v0.42.0",
      source: "evidence",
    },
    {
      name: "what a program is built with does not count",
      evidence: [sign("library", "v0.45.0"), sign("image", "v0.42.0")],
      version: "v0.42.0",
      source: "evidence",
    },
    {
      name: "not known: the newest",
      evidence: [sign("agent", "v0.30.0")],
      version: NEWEST,
      source: "default",
    },
    {
      name: "newer than all: the newest",
      evidence: [sign("cli", "v0.99.0"), sign("cli", "v0.45.0")],
      version: NEWEST,
      source: "default",
    },
  ];
  test.each(cases)("$name", ({ evidence, version, source }) => {
    const target = chooseTarget(evidence, knowledge);
    expect(target).toMatchObject({ version, source });
    expect(target.evidence).toHaveLength(evidence.length);
  });

  test("what a program is built with alone is none", () => {
    const target = chooseTarget([sign("library", "v0.45.0")], knowledge);
    expect(target).toEqual({ version: NEWEST, source: "default", evidence: [] });
  });

  test("what decides comes first, the rest in a fixed order", () => {
    const evidence = [
      sign("image", "v0.50.0"),
      sign("cli", "0.48.0", "b.sh"),
      sign("cli", "v0.48.0", "a.sh", 2),
      sign("cli", "v0.48.0", "a.sh", 1),
      sign("agent", "v0.30.0"),
    ];
    const [agent, ...others] = [4, 3, 2, 1, 0].map((i) => evidence[i]);
    expect(chooseTarget(evidence, knowledge).evidence).toEqual([agent, ...others]);
    expect(chooseTarget([...evidence].reverse(), knowledge).evidence).toEqual([agent, ...others]);
  });
});
