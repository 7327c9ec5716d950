import { describe, expect, test } from "vitest";
import { ownModules } from "../../src/engine/own-module.ts";
import { scan } from "../../src/index.ts";

const MODULE = "github.com/example/tools";
const FILES = [
  { path: "go.mod", text: `// of all\nmodule ${MODULE}\n\ngo 1.24\n` },
  { path: "examples/go.mod", text: 'module "github.com/example/shown"\n' },
  { path: "examples/deep/go.mod", text: `module ${MODULE}/examples/deep\r\n` },
  { path: "broken/go.mod", text: "go 1.24\n" },
  { path: "other/go.mod.txt", text: "module github.com/example/text\n" },
];

describe("a file is part of the module of the nearest go.mod", () => {
  test.each([
    ["main.go", true],
    ["cmd/tool/main.go", true],
    ["examples/main.go", false],
    ["examples/deep/main.go", true],
    ["examples-2/main.go", true],
    ["broken/main.go", true],
    ["other/main.go", true],
  ])("%s: %s", (path, isOwn) => {
    expect(ownModules(FILES)(path, MODULE)).toBe(isOwn);
  });

  test("none is without one", () => {
    expect(ownModules([])("main.go", MODULE)).toBe(false);
  });
});

test("what the module imports of itself is not gone", async () => {
  const module = "github.com/inspektor-gadget/inspektor-gadget";
  const program = {
    path: "cmd/main.go",
    text: `package main\n\nimport "${module}/pkg/gadgets/trace/exec/types"\n`,
  };
  const findingsBeside = async (name: string): Promise<number> => {
    const report = await scan([program, { path: "go.mod", text: `module ${name}\n` }], { target: "v0.55.1" });
    return report.files.flatMap(({ findings }) => findings).length;
  };
  expect(await findingsBeside(module)).toBe(0);
  expect(await findingsBeside("github.com/example/agent")).toBe(1);
});
