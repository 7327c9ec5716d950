import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { listRules, readRule } from "../../scripts/rules-plugin.ts";

const RULES = fileURLToPath(new URL("../../rules", import.meta.url));

/** Files or folders of `rules/`, and the schema that holds them. */
const SCHEMAS = new Map([
  ["releases.yaml", "releases"],
  ["programs.yaml", "programs"],
  ["wrappers.yaml", "wrappers"],
  ["consumers.yaml", "consumers"],
  ["common-columns.yaml", "common-columns"],
  ["traces.yaml", "traces"],
  ["flag-groups", "flag-group"],
  ["gadgets", "gadget"],
]);

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
for (const name of ["definitions", ...SCHEMAS.values()]) ajv.addSchema(readSchema(name));

function readSchema(name: string): Record<string, unknown> {
  const text = readFileSync(path.join(RULES, "schema", `${name}.schema.json`), "utf8");
  return JSON.parse(text) as Record<string, unknown>;
}

function schemaOf(file: string): string | undefined {
  const folder = path.posix.dirname(file);
  return SCHEMAS.get(folder === "." ? file : folder);
}

function faults(schema: string, content: unknown): readonly string[] {
  const validate = ajv.getSchema(`${schema}.schema.json`);
  if (validate === undefined) throw new Error(`no schema ${schema}`);
  if (validate(content) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

const files = listRules(RULES).flatMap((file) => {
  const schema = schemaOf(file);
  return schema === undefined ? [] : [{ file, schema }];
});

describe("files of the old side hold to their schema", () => {
  test("they are found", () => {
    expect(new Set(files.map(({ schema }) => schema))).toEqual(new Set(SCHEMAS.values()));
  });

  test.each(files)("$file", ({ file, schema }) => {
    expect(faults(schema, readRule(RULES, file))).toEqual([]);
    expect(readFileSync(path.join(RULES, file), "utf8").split("\n")[0]).toBe(
      `# yaml-language-server: $schema=${file.includes("/") ? "../" : ""}schema/${schema}.schema.json`,
    );
  });
});

describe("the schemas refuse", () => {
  const flag = { name: "pid", shorthand: null, type: "int", default: "0", since: "v0.5.0", until: "v0.41.2" };
  const to = { flag: "pid", state: "same", source: "v0.42.0 gadgets/trace_bind/program.bpf.c" };
  const group = { id: "some", programs: ["ig"], root: false, flags: [{ ...flag, to: [to] }] };
  const withRow = (row: object): object => ({ ...group, flags: [{ ...flag, to: [row] }] });

  test("nothing of a group as it should be", () => {
    expect(faults("flag-group", group)).toEqual([]);
  });

  test.each([
    ["an unknown key", { ...group, colour: "red" }],
    ["an unknown program", { ...group, programs: ["igg"] }],
    ["a release without v", { ...group, flags: [{ ...flag, since: "0.5.0", to: [to] }] }],
    ["a source without release", withRow({ ...to, source: "the documentation" })],
    ["a difference without note", withRow({ ...to, state: "differs" })],
    ["a manual flag without note", withRow({ ...to, manual: true })],
    ["an unknown state", withRow({ ...to, state: "similar" })],
  ])("%s", (_, content) => {
    expect(faults("flag-group", content)).not.toEqual([]);
  });
});
