import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { knownTargets } from "../../src/engine/target.ts";
import { matrix } from "../../src/explain/matrix.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";

const knowledge = loadKnowledge();
const targets = knownTargets(knowledge);

test("docs/compatibility-matrix.md is what `matrix --format markdown` prints", async () => {
  const page = readFileSync(new URL("../../docs/compatibility-matrix.md", import.meta.url), "utf8");
  const { code, stdout } = await run("matrix", "--format", "markdown");
  expect(code).toBe(0);
  expect(stdout).toBe(page);
});

test("the lines of a command cover every target once", () => {
  const { lines } = matrix(targets, null, knowledge);
  for (const gadget of knowledge.gadgets) {
    const own = lines.filter(({ explanation }) => explanation.command === gadget.command);
    const held = own.flatMap(({ first, last }) =>
      targets.slice(targets.indexOf(first), targets.indexOf(last) + 1),
    );
    const twins = knowledge.gadgets.filter(({ command }) => command === gadget.command).length;
    expect(held).toHaveLength(targets.length * twins);
    expect(new Set(held).size).toBe(targets.length);
  }
});

test("JSON has every command, flag, column and JSON field, with the rows of all releases", async () => {
  const { stdout } = await run("matrix", "--format", "json");
  const { gadgets } = JSON.parse(stdout) as { gadgets: readonly Named[] };
  expect(gadgets.map(({ command }) => command)).toEqual(knowledge.gadgets.map(({ command }) => command));
  for (const [i, gadget] of knowledge.gadgets.entries()) {
    const printed = gadgets[i];
    expect(printed?.columns).toEqual(
      expect.arrayContaining(gadget.columns.map((row) => expect.objectContaining(row) as unknown)),
    );
    expect(printed?.jsonFields).toEqual(
      expect.arrayContaining(gadget.jsonFields.map((row) => expect.objectContaining(row) as unknown)),
    );
    expect(printed?.flags).toEqual(
      expect.arrayContaining(
        gadget.flags.map(({ name, to }) => expect.objectContaining({ name, to }) as unknown),
      ),
    );
  }
});

interface Named {
  readonly command: string;
  readonly flags: readonly unknown[];
  readonly columns: readonly unknown[];
  readonly jsonFields: readonly unknown[];
}

test("at one target each flag has one row", () => {
  const { gadgets, programFlags, summary } = matrix(targets, "v0.42.0", knowledge);
  const rows = [...gadgets.flatMap(({ flags }) => flags), ...programFlags].map(({ to }) => to.length);
  expect(new Set(rows)).toEqual(new Set([1]));
  const { same, equal, differs, none } = summary.commands;
  expect(same + equal + differs + none).toBe(knowledge.gadgets.length);
});

test.each<[argv: readonly string[], message: RegExp]>([
  [["matrix", "--format", "html"], /--format of matrix takes text, markdown or json; got "html"\.\n$/],
  [["matrix", "trace"], /matrix takes no words; got "trace"\.\n$/],
  [["matrix", "--target", "v9.9.9"], /There is no release "v9\.9\.9"/],
  [["explain"], /explain needs the name of a gadget or rule/],
  [["explain", "trace", "exce"], /There is no gadget or rule "trace exce"; the nearest: trace exec/],
  [["explain", "--frob", "trace", "open"], /^gadget-migrate: Unknown option '--frob'/],
])("%j is refused in one sentence", async (argv, message) => {
  const { code, stdout, stderr } = await run(...argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
});

test("no line of text is longer than 100 columns", async () => {
  for (const target of ["v0.36.0", "v0.42.0", "v0.55.1"]) {
    for (const { command } of knowledge.gadgets) {
      const { code, stdout } = await run("explain", command, "--sources", "--target", target);
      expect(code).toBe(0);
      expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    }
  }
});

test.each(["top file", "trace tcpconnect", "advise network-policy", "builtin-gadget"])(
  "explain %s",
  async (name) => {
    const { stdout } = await run("explain", ...name.split(" "));
    await expect(stdout).toMatchFileSnapshot(`snapshots/${name.replaceAll(" ", "-")}.txt`);
  },
);

test.each([["--format", "json"], ["--format", "markdown"], ["--help"]])(
  "explain %s %s",
  async (...options) => {
    const { code, stdout } = await run("explain", "trace open", ...options);
    expect(code).toBe(0);
    expect(stdout).toContain("trace");
  },
);

async function run(...argv: readonly string[]): Promise<Printed> {
  let [stdout, stderr] = ["", ""];
  const code = await main(argv, {
    stdout: (text) => {
      stdout += text;
      return Promise.resolve();
    },
    stderr: (text) => {
      stderr += text;
      return Promise.resolve();
    },
    stdin: () => Promise.resolve(new Uint8Array()),
    cwd: "/",
    env: {},
    isTTY: false,
  });
  return { code, stdout, stderr };
}

interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
