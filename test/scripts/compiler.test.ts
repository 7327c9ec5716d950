import { globSync } from "glob";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ts as whole } from "ts-morph";
import { beforeAll, describe, expect, it } from "vitest";
import { cutOut } from "../../scripts/compiler-cut.ts";
import { parserModule } from "../../scripts/compiler-plugin.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("cutOut", () => {
  const program = `
    var used = 1, beside = used;
    function f({ a }, b = used) { return Space.x + a.unused; }
    var Space; ((Space2) => { Space2.x = deep(); })(Space || (Space = {}));
    function deep() { return { key: short, short2 }; }
    var short = 1, short2 = class {};
    Space.added = late;
    var late = () => 1;
    var key = "a key is no use";
    var unused = "a member is no use";
    register(f);
    function register() {}
    var Diagnostics = { One: diag("1"), Two: diag("2") };
    function diag(text) { return text; }
    function report() { return Diagnostics.Two; }
  `;
  const kept = (...names: string[]): readonly string[] => {
    const text = cutOut(program, names);
    const all = ["used", "f", "Space", "deep", "short", "late", "key", "unused", "register", "report"];
    return all.filter((name) => new RegExp(String.raw`(?:var|function) ${name}\b`).test(text));
  };

  it.each([
    [["used"], ["used"]],
    [["beside"], ["used"]],
    [["short2"], ["short"]],
    [["deep"], ["deep", "short"]],
    [["f"], ["used", "f", "Space", "deep", "short", "late"]],
    [["register"], ["register"]],
  ])("keeps what %j need", (names, expected) => {
    expect(kept(...names)).toEqual(expected);
  });

  it("keeps what completes a declaration, and no other statements", () => {
    expect(cutOut(program, ["f"])).toMatch(/\(Space \|\|/);
    expect(cutOut(program, ["f"])).toContain("Space.added = late");
    expect(cutOut(program, ["f", "register"])).not.toContain("register(f)");
  });

  it("keeps the rows of the table of messages that are named", () => {
    expect(cutOut(program, ["report"])).toContain('Two: diag("2")');
    expect(cutOut(program, ["report"])).not.toContain('One: diag("1")');
  });

  it("refuses a name that is not declared", () => {
    expect(() => cutOut(program, ["f", "gone"])).toThrow("the program does not declare gone");
  });
});

describe("parserModule", () => {
  const sources = [
    ...globSync(["fixtures/**/*.{js,jsx,ts,tsx,mjs,cjs}", "src/languages/**/*.ts"], {
      cwd: ROOT,
      posix: true,
    }),
  ].sort();
  let cut: typeof whole;

  beforeAll(async () => {
    const code = parserModule(["createSourceFile", "flattenDiagnosticMessageText", "forEachChild"]);
    const module = (await import(
      /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`
    )) as { readonly ts: typeof whole };
    cut = module.ts;
  });

  it("has files to compare", () => {
    expect(sources.length).toBeGreaterThan(60);
  });

  it.each(sources)("reads %s as the whole compiler does", (path) => {
    const text = readFileSync(join(ROOT, path), "utf8");
    for (const broken of [text, text.slice(0, text.length * 0.7), text.replaceAll(/[)>]/g, "")])
      expect(outline(cut, path, broken)).toEqual(outline(whole, path, broken));
  });
});

/** Every node with all that we ask of one, and every fault. */
function outline(ts: typeof whole, path: string, text: string): readonly unknown[] {
  const file = ts.createSourceFile(path, text, whole.ScriptTarget.Latest, false);
  const faults: unknown = "parseDiagnostics" in file ? file.parseDiagnostics : null;
  const nodes: unknown[] = [];
  const visit = (node: whole.Node): void => {
    const name = "text" in node && node !== file ? node.text : null;
    nodes.push([
      node.kind,
      node.pos,
      node.getStart(file),
      node.end,
      name,
      node.getText(file).length,
      node.flags,
    ]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const shown = Array.isArray(faults)
    ? faults.map(({ start, length, messageText }: whole.Diagnostic) => [
        start,
        length,
        ts.flattenDiagnosticMessageText(messageText, " "),
      ])
    : faults;
  return [...nodes, shown];
}
