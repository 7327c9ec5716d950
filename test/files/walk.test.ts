import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { listFolder } from "../../src/files/list.ts";
import { walk } from "../../src/files/walk.ts";
import { addToTree, git, GIT_ENVIRONMENT, makeTree } from "../support/tree.ts";
import { runs } from "../support/property-runs.ts";

beforeAll(() => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value);
});
afterAll(() => {
  vi.unstubAllEnvs();
});

/** By git, since there is a work tree. */
async function listed(root: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const listing of listFolder(root)) paths.push(...listing.paths.all);
  return paths.sort();
}

describe("ignore files", () => {
  /** Rules, and what they leave of the files. */
  const cases: readonly { name: string; rules: Record<string, string>; files: string[]; left: string[] }[] = [
    { name: "a name, at any depth", rules: { ".gitignore": "x" }, files: ["x", "a/x", "a/y"], left: ["a/y"] },
    { name: "an anchored name", rules: { ".gitignore": "/x" }, files: ["x", "a/x"], left: ["a/x"] },
    { name: "a folder only", rules: { ".gitignore": "x/" }, files: ["x/a", "b/x"], left: ["b/x"] },
    {
      name: "a slash in the middle anchors",
      rules: { ".gitignore": "a/x" },
      files: ["a/x", "b/a/x"],
      left: ["b/a/x"],
    },
    {
      name: "a deeper file takes back",
      rules: { ".gitignore": "*.log", "a/.gitignore": "!x.log" },
      files: ["x.log", "a/x.log", "a/y.log"],
      left: ["a/x.log"],
    },
    {
      name: "a deeper file takes back a folder",
      rules: { ".gitignore": "build/", "a/.gitignore": "!build/" },
      files: ["build/f", "a/build/f"],
      left: ["a/build/f"],
    },
    {
      name: "nothing comes back from an ignored folder",
      rules: { ".gitignore": "a/\n!a/x" },
      files: ["a/x", "b"],
      left: ["b"],
    },
    { name: "the last match decides", rules: { ".gitignore": "x\n!x\nx" }, files: ["x", "y"], left: ["y"] },
    {
      name: "stars",
      rules: { ".gitignore": "a/**/x\n**/z\n?b" },
      files: ["a/x", "a/b/c/x", "x", "q/z", "ab", "abb"],
      left: ["abb", "x"],
    },
    {
      name: "comments, blanks, escapes",
      rules: { ".gitignore": "# x\n\nx \n\\#y\n\\!z\nq\\ " },
      files: ["x", "#y", "!z", "q ", "q"],
      left: ["q"],
    },
    {
      name: "CRLF and BOM",
      rules: { ".gitignore": "\uFEFFx\r\ny/\r\n" },
      files: ["x", "y/a", "z"],
      left: ["z"],
    },
    {
      name: "a lone slash ignores nothing",
      rules: { "a/.gitignore": "/\n!/\n" },
      files: ["a/x"],
      left: ["a/x"],
    },
    {
      name: "folders with special names",
      rules: { "[a] b!*/.gitignore": "x" },
      files: ["[a] b!*/x", "[a] b!*/c/x", "a/x"],
      left: ["a/x"],
    },
    {
      name: "the private exclude file",
      rules: { ".git/info/exclude": "x", "a/.gitignore": "!x" },
      files: ["x", "a/x"],
      left: ["a/x"],
    },
    {
      name: "letters in the other case",
      rules: { ".gitignore": "Makefile" },
      files: ["Makefile", "makefile"],
      left: ["makefile"],
    },
  ];
  test.each(cases)("$name", async ({ rules, files, left }) => {
    const root = makeTree();
    git(root, "init", "-q");
    addToTree(root, { ...Object.fromEntries(files.map((file) => [file, ""])), ...rules });
    const kept = [...left, ...Object.keys(rules).filter((path) => path.endsWith(".gitignore"))].sort();
    expect([...walk(root, root).paths].sort()).toEqual(kept);
    expect(await listed(root)).toEqual(kept);
  });

  test("are read as git reads them", async () => {
    const name = fc.constantFrom("a", "b", "c.log", "d e");
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
    const pattern = fc.tuple(
      fc.constantFrom("", "!", "/", "!/"),
      fc.array(fc.constantFrom("a", "b", "c.log", "*", "**", "*.log", "?", "[ab]", "d\\ e"), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom("", "/", "/**", "  "),
    );
    const rules = fc
      .array(pattern, { maxLength: 4 })
      .map((all) => all.map(([start, names, end]) => start + names.join("/") + end).join("\n"));
    const tree = fc.record({
      files: fc.array(path, { minLength: 1, maxLength: 12 }),
      ignores: fc.dictionary(fc.constantFrom("", "a/", "b/", "a/b/", "d e/"), rules, { maxKeys: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(tree, async ({ files, ignores }) => {
        const root = makeTree();
        git(root, "init", "-q");
        // A path may be a folder of another: then it is left out.
        const possible = files.filter((file) => !files.some((other) => other.startsWith(`${file}/`)));
        addToTree(root, Object.fromEntries(possible.map((file) => [file, ""])));
        for (const [folder, text] of Object.entries(ignores)) {
          const isFile = possible.some((file) => `${file}/` === folder || folder.startsWith(`${file}/`));
          if (!isFile) addToTree(root, { [`${folder}.gitignore`]: text });
        }
        expect([...walk(root, root).paths].sort()).toEqual(await listed(root));
      }),
      { numRuns: runs(60) },
    );
  });
});
