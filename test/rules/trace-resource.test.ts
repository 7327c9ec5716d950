import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { scan, type Finding } from "../../src/index.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { instanceName, instanceText, isLiteral, type Instance } from "../../src/translate/instance.ts";

interface Case {
  readonly trace: string;
  readonly target?: string;
  readonly after: string | null;
  readonly instance?: string;
  /** An instance in which something is left to do. */
  readonly start?: string;
  readonly notes: readonly string[];
}

const CASES = parse(readFileSync(new URL("cases/trace-resource.yaml", import.meta.url), "utf8")) as readonly Case[];
const SCHEMA = JSON.parse(
  readFileSync(new URL("../../rules/schema/instance-spec.schema.json", import.meta.url), "utf8"),
) as Record<string, unknown>;
const isInstance = new Ajv2020({ strict: true }).compile(SCHEMA);

async function findingOf(text: string, target = "v0.55.1"): Promise<Finding | undefined> {
  const report = await scan([{ path: "trace.yaml", text }], { target });
  return report.files[0]?.findings[0];
}

function gadgetOf({ trace }: Case): string {
  return (parse(trace) as { readonly spec: { readonly gadget: string } }).spec.gadget;
}

describe("every gadget of the resource becomes an instance", () => {
  test("there is a case for each", () => {
    const names = loadKnowledge().traceGadgets.map(({ name }) => name);
    expect(names.filter((name) => !CASES.some((one) => gadgetOf(one) === name))).toEqual([]);
  });

  test.each(CASES.map((one) => [gadgetOf(one), one] as const))("%s", async (_, one) => {
    const finding = await findingOf(one.trace, one.target);
    const manifest = finding?.notes.find(({ messageId }) => messageId.startsWith("trace-manifest"));
    const others = finding?.notes.filter((note) => note !== manifest).map(({ messageId }) => messageId);
    const lines = manifest === undefined ? undefined : `${manifest.args["lines"] ?? ""}\n`;
    const isReady = manifest?.messageId === "trace-manifest";
    expect({
      trace: one.trace,
      ...(one.target === undefined ? {} : { target: one.target }),
      after: finding?.after,
      ...(lines === undefined ? {} : { [isReady ? "instance" : "start"]: lines }),
      notes: others,
    }).toEqual(one);
    expect(finding).toMatchObject({ ruleId: "trace-resource", fix: null, before: one.trace.trimEnd() });
    if (lines !== undefined) expect(isInstance(parse(lines)), JSON.stringify(isInstance.errors)).toBe(true);
  });
});

test.each([
  ["v0.36.0", "info", "trace-to-be-removed"],
  ["v0.41.2", "warning", "trace-deprecated"],
  ["v0.42.0", "error", "trace-removed"],
])("at %s it is %s", async (target, severity, messageId) => {
  const finding = await findingOf(CASES[0]?.trace ?? "", target);
  expect(finding).toMatchObject({ severity, message: { messageId } });
});

test.each([
  ["watch-exec", "watch-exec"],
  ["Watch.Exec", "watch-exec"],
  ["a".repeat(40), "a".repeat(32)],
  ["...", null],
  [`${"a".repeat(31)}-b`, "a".repeat(31)],
])("the instance of %s is called %s", (name, expected) => {
  expect(instanceName(name)).toBe(expected);
});

describe("a manifest reads back as what it says", () => {
  const texts = ["a", "true", "no", "12", "0x1", "1e3", "~", "a: b", "- a", "#a", "a #b", "é", "-x", "a:", "", "a\nb", "y"];

  test.each(texts)("%j", (text) => {
    const instance: Instance = { image: ["i:v1"], name: null, nodes: [[text]], paramValues: [["k", [text]]] };
    expect(isLiteral(instance)).toBe(true);
    for (const version of ["1.1", "1.2"] as const) {
      expect(parse(instanceText(instance), { version })).toEqual({
        apiVersion: 1,
        kind: "instance-spec",
        image: "i:v1",
        nodes: [text],
        paramValues: { k: text },
      });
    }
  });
});
