import { expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";

test("the knowledge is parsed once", () => {
  expect(loadKnowledge()).toBe(loadKnowledge());
});

test("it has the images of the newest release", () => {
  const names = loadKnowledge()
    .images.filter((image) => image.until === null)
    .map((image) => image.name);
  expect(names).toHaveLength(45);
  expect(names).toContain("trace_exec");
});

test("flags and fields have the span of their image where the file gives none", () => {
  const image = loadKnowledge().images.find(({ name }) => name === "top_process");
  const flag = image?.flags.find(({ name }) => name === "interval");
  const field = image?.dataSources[0]?.fields.find(({ name }) => name === "pid");
  expect(flag).toMatchObject({ since: "v0.44.0", until: null });
  expect(field).toMatchObject({ since: "v0.41.0", until: null });
});
