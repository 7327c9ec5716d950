import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { listRules, readRule } from "../../scripts/rules-plugin.ts";

const RULES = fileURLToPath(new URL("../../rules", import.meta.url));

/** Files or folders of `rules/`, and the schema that holds them. */
const SCHEMAS = new Map([
  ["images", "image"],
  ["run-flags.yaml", "run-flags"],
  ["deploy-flags.yaml", "deploy-flags"],
  ["go-packages.yaml", "go-packages"],
  ["helm-values.yaml", "helm-values"],
  ["field-groups.yaml", "field-groups"],
]);

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
for (const name of ["definitions", ...SCHEMAS.values()]) {
  const text = readFileSync(path.join(RULES, "schema", `${name}.schema.json`), "utf8");
  ajv.addSchema(JSON.parse(text) as Record<string, unknown>);
}

function faults(schema: string, content: unknown): readonly string[] {
  const validate = ajv.getSchema(`${schema}.schema.json`);
  if (validate === undefined) throw new Error(`no schema ${schema}`);
  if (validate(content) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

const files = listRules(RULES).flatMap((file) => {
  const schema = SCHEMAS.get(file) ?? SCHEMAS.get(path.posix.dirname(file));
  return schema === undefined ? [] : [{ file, schema }];
});

describe("files of the new side hold to their schema", () => {
  test.each(files)("$file", ({ file, schema }) => {
    expect(faults(schema, readRule(RULES, file))).toEqual([]);
    expect(readFileSync(path.join(RULES, file), "utf8").split("\n")[0]).toBe(
      `# yaml-language-server: $schema=${file.includes("/") ? "../" : ""}schema/${schema}.schema.json`,
    );
  });

  test.each(files.filter(({ schema }) => schema === "image"))("$file is called like its image", ({ file }) => {
    expect(`images/${String(readRule(RULES, file)["name"])}.yaml`).toBe(file);
  });
});

describe("the schemas refuse", () => {
  const field = { name: "proc.pid", type: "uint32", json: "number", hidden: false };
  const flag = { name: "pid", type: "uint", default: "0" };
  const image = {
    name: "trace_some",
    source: "v0.55.1 gadgets/trace_some",
    firstRelease: "v0.22.0",
    since: "v0.36.0",
    until: null,
    containers: true,
    programs: ["ig"],
    operators: ["containers"],
    outputs: ["columns"],
    flags: [flag],
    dataSources: [{ name: "some", kind: "single", fields: [field] }],
  };
  const withField = (row: object): object => ({ ...image, dataSources: [{ name: "some", kind: "single", fields: [row] }] });

  test("nothing of an image as it should be", () => {
    expect(faults("image", image)).toEqual([]);
  });

  test.each([
    ["an unknown key", { ...image, colour: "red" }],
    ["an unknown operator", { ...image, operators: ["sorting"] }],
    ["an unknown mode", { ...image, outputs: ["table"] }],
    ["a flag without default", { ...image, flags: [{ name: "pid", type: "uint" }] }],
    ["a default that is no text", { ...image, flags: [{ ...flag, default: 0 }] }],
    ["an unknown key of a flag", { ...image, flags: [{ ...flag, unit: "ms" }] }],
    ["an unknown type", withField({ ...field, type: "integer" })],
    ["a release without v", withField({ ...field, since: "0.40.0" })],
  ])("%s", (_, content) => {
    expect(faults("image", content)).not.toEqual([]);
  });
});
