import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { findingsOf, runCli } from "../support/cli.ts";
import { ROOT } from "../support/console.ts";
import { addToTree, makeTree } from "../support/tree.ts";

const CONFIG = "gadget-migrate.config.yaml";
const IMAGE = "registry.example.com/gadgets/trace_http:1.4.0";

/** The example of docs/configuration.md. */
const PAGE = readFileSync(join(ROOT, "docs", "configuration.md"), "utf8");
const EXAMPLE = /## Gadgets of your own.*?```yaml\n(.*?)```/s.exec(PAGE)?.[1] ?? "";

const GADGET = {
  command: "trace http",
  to: [{ image: IMAGE, state: "same" }],
  flags: [
    { name: "port", shorthand: "P", type: "uint", default: "80", to: [{ flag: "port", state: "same" }] },
    { name: "slow", type: "bool", to: [{ flag: "fast", state: "equal", value: "not" }] },
    { name: "old", type: "bool", to: [{ flag: null, state: "none", note: "Nothing does this." }] },
  ],
  columns: [
    { name: "path", json: "path", to: [{ field: "http.path", state: "same" }] },
    { name: "status", json: "status", to: [{ field: "http.code", state: "same" }] },
  ],
};
const DESCRIBED = {
  name: IMAGE,
  flags: [
    { name: "port", type: "uint", default: "80" },
    { name: "fast", type: "bool" },
  ],
  dataSources: [
    {
      name: "http",
      groups: ["k8s", "runtime"],
      fields: [
        { name: "http.path", type: "string" },
        { name: "http.code", type: "uint16" },
      ],
    },
  ],
};

function configured(
  config: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): string {
  return makeTree({ [CONFIG]: stringify({ target: "v0.45.0", ...config }), ...files });
}

/** What one command becomes: its grade, and the new command. */
async function becomes(
  config: Readonly<Record<string, unknown>>,
  command: string,
): Promise<readonly string[]> {
  const findings = await findingsOf(configured(config, { "a.sh": `${command}\n` }));
  return findings.map((line) => line.replace(/^a\.sh:1 error /, "").replace(" builtin-gadget:", ":"));
}

describe("an image that is described", () => {
  const own = { gadgets: [GADGET], images: [DESCRIBED] };

  test.each([
    [
      "kubectl gadget trace http -n demo --port 8080",
      `safe: kubectl gadget run ${IMAGE} -n demo --port 8080`,
    ],
    ["ig trace http -P 8080", `safe: ig run ${IMAGE} --port=8080`],
    ["ig trace http --slow", `safe: ig run ${IMAGE} --fast=false`],
    ["ig trace http --old", `unsafe: ig run ${IMAGE}`],
    ["ig trace http --sloww", `unsafe: ig run ${IMAGE}`],
    [
      "ig trace http -o columns=path,status --filter status:500",
      `safe: ig run ${IMAGE} --fields=http.path,http.code --filter http.code==500`,
    ],
    ["ig trace http | awk '{ print $2 }'", `unsafe: ig run ${IMAGE}`],
    ['ig trace http --port "$PORT"', `safe: ig run ${IMAGE} --port "$PORT"`],
  ])("%s", async (command, expected) => {
    expect(await becomes(own, command)).toEqual([expected]);
  });

  test("fields that jq reads get their names of today", async () => {
    const root = configured(own, { "a.sh": "ig trace http -o json | jq -r '.path, .status'\n" });
    await runCli(root, ["--fix"]);
    expect(readFileSync(join(root, "a.sh"), "utf8")).toBe(
      `ig run ${IMAGE} -o json | jq -r '.http.path, .http.code'\n`,
    );
  });

  test("what was fixed has nothing more to fix, and names the image that is needed", async () => {
    const root = configured(own, { "a.sh": "ig trace http --port 8080\n", "b.md": "`ig trace http`\n" });
    const fixed = await runCli(root, ["--fix=unsafe"]);
    expect(fixed).toMatchObject({ code: 0, stdout: expect.stringContaining("No findings left") as string });
    expect((await runCli(root, [])).code).toBe(0);
    expect((await runCli(root, ["images"])).stdout).toBe(`${IMAGE}\n`);
  });

  test("the registry and the style of images are not for it", async () => {
    const root = configured(
      { ...own, registry: "mirror.example.com/x", imageStyle: "full" },
      { "a.sh": "ig trace http\n" },
    );
    expect(await findingsOf(root)).toEqual([`a.sh:1 error safe builtin-gadget: ig run ${IMAGE}`]);
  });

  test("one image may have its tag in its own row", async () => {
    const gadget = { ...GADGET, to: [{ image: IMAGE.replace(":1.4.0", ""), state: "same" }] };
    expect(await becomes({ gadgets: [gadget], images: [DESCRIBED] }, "ig trace http")).toEqual([
      `safe: ig run ${IMAGE}`,
    ]);
  });
});

describe("an image of which nothing is known", () => {
  test("gives unsafe fixes, with a note", async () => {
    const root = configured({ gadgets: [GADGET] }, { "a.sh": "ig trace http -P 8080 -o columns=path\n" });
    expect(await findingsOf(root)).toEqual([
      `a.sh:1 error unsafe builtin-gadget: ig run ${IMAGE} --port=8080 --fields=http.path`,
    ]);
    const { stdout } = await runCli(root, []);
    expect(stdout).toContain("= Nothing is known of registry.example.com/gadgets/trace_http but what");
  });
});

describe("a gadget that an image of Inspektor Gadget takes the place of", () => {
  test("has the tag of the target, and the flags of the image are known", async () => {
    const gadgets = [
      {
        command: "acme execs",
        containers: false,
        to: [
          {
            image: "trace_exec",
            state: "differs",
            note: "It shows all.",
            add: [{ flag: "paths", value: "true" }],
          },
        ],
      },
    ];
    const root = configured({ gadgets }, { "a.sh": "ig acme execs\n" });
    expect(await findingsOf(root)).toEqual([
      "a.sh:1 error unsafe builtin-gadget: ig run trace_exec:v0.45.0 --paths",
    ]);
  });

  test("is found by the words that no other gadget begins with", async () => {
    const gadgets = [{ command: "acme execs", to: [{ image: "trace_exec", state: "same" }] }];
    const root = configured({ gadgets, programs: { kg: "kubectl gadget" } });
    addToTree(root, {
      "x/a.sh": "ig acme execs\n",
      "b.sh": "kg acme execs -n a\n",
      "c.sh": "gadgetctl acme dns\n",
    });
    expect(await findingsOf(root)).toEqual([
      "b.sh:1 error safe builtin-gadget: kg run trace_exec:v0.45.0 -n a",
      "c.sh:1 error manual unknown-gadget: ",
      "x/a.sh:1 error safe builtin-gadget: ig run trace_exec:v0.45.0",
    ]);
  });
});

describe("explain", () => {
  test("knows them", async () => {
    const root = configured({ gadgets: [GADGET], images: [DESCRIBED] });
    const { code, stdout } = await runCli(root, ["explain", "trace", "http", "--sources"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`    ig run ${IMAGE}\n`);
    expect(stdout).toContain("--port, -P ");
    expect(stdout).toContain("Source: the configuration.");
    for (const format of ["markdown", "json"])
      expect((await runCli(root, ["explain", "trace http", "--format", format])).stdout).toContain(
        "http.code",
      );
  });

  test("takes none with --no-config, or those of --config", async () => {
    const root = configured({ gadgets: [GADGET] });
    const none = await runCli(root, ["explain", "trace", "http", "--no-config"]);
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is no gadget or rule") as string,
    });
    addToTree(root, {
      "other.yaml": "gadgets: [{ command: acme a, to: [{ image: trace_exec, state: same }] }]\n",
    });
    expect((await runCli(root, ["explain", "acme", "--config", "other.yaml"])).code).toBe(0);
  });
});

describe("what does not fit is a fault with its place", () => {
  const OTHER = { image: "trace_exec", state: "same" };

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["no words", { gadgets: [{ to: [OTHER] }] }, "gadgets[0] lacks the key command."],
    [
      "a key of another name",
      { gadgets: [{ ...GADGET, colums: [] }] },
      "gadgets[0].colums is unknown; did you mean columns?",
    ],
    [
      "a type that there is not",
      { gadgets: [{ ...GADGET, flags: [{ name: "a", type: "boolean", to: [] }] }] },
      'gadgets[0].flags[0].type takes bool, string, stringSlice, stringArray, int, uint, float, duration or bytes, not "boolean".',
    ],
    [
      "a state that needs a note",
      { gadgets: [{ ...GADGET, to: [{ image: "trace_exec", state: "differs" }] }] },
      "gadgets[0].to[0] lacks the key note.",
    ],
    [
      "a function that there is not",
      {
        gadgets: [
          {
            ...GADGET,
            flags: [{ name: "a", type: "int", to: [{ flag: "b", state: "same", value: "second" }] }],
          },
        ],
      },
      'not "second"; did you mean seconds?',
    ],
    [
      "a command that is there",
      { gadgets: [{ command: "trace exec", to: [OTHER] }] },
      "gadgets[0].command takes trace exec, which is a built-in gadget already.",
    ],
    [
      "a category",
      { gadgets: [{ command: "top", to: [OTHER] }] },
      "gadgets[0].command takes top, which other gadgets begin with.",
    ],
    [
      "words behind a gadget",
      { gadgets: [{ command: "trace exec all", to: [OTHER] }] },
      "gadgets[0].command takes trace exec all beside the gadget trace exec, and no program can have both.",
    ],
    [
      "another command",
      { gadgets: [{ command: "deploy it", to: [OTHER] }] },
      "gadgets[0].command begins with deploy,",
    ],
    ["one twice", { gadgets: [GADGET, GADGET] }, "gadgets[1].command is there twice: trace http."],
    [
      "an unknown image",
      { gadgets: [{ command: "trace a", to: [{ image: "trace_exce", state: "same" }] }] },
      "which is no image of Inspektor Gadget; one of your own is named by its whole reference; did you mean trace_exec?",
    ],
    [
      "a floating image",
      { gadgets: [{ command: "trace a", to: [{ image: "r.example/a/b:latest", state: "same" }] }] },
      "gadgets[0].to[0].image names r.example/a/b without a fixed tag, which commands need.",
    ],
    [
      "a release without a row",
      { gadgets: [{ command: "trace a", to: [{ ...OTHER, until: "v0.45.0" }] }] },
      "gadgets[0].to says nothing of v0.46.0.",
    ],
    [
      "an unknown flag",
      {
        gadgets: [
          {
            command: "trace a",
            to: [OTHER],
            flags: [{ name: "a", type: "bool", to: [{ flag: "pats", state: "same" }] }],
          },
        ],
      },
      "gadgets[0].flags[0].to[0].flag takes pats, which is no flag of the image or of run; did you mean paths?",
    ],
    [
      "an unknown field of an own image",
      {
        gadgets: [{ ...GADGET, columns: [{ name: "a", to: [{ field: "http.pat", state: "same" }] }] }],
        images: [DESCRIBED],
      },
      "gadgets[0].columns[0].to[0].field takes http.pat, which is no field of the image; did you mean http.path?",
    ],
    [
      "an unknown group",
      { gadgets: [{ ...GADGET, groups: ["timeouts"] }] },
      "gadgets[0].groups[0] takes timeouts, which is no group of flags; did you mean timeout?",
    ],
    [
      "an image of Inspektor Gadget",
      { images: [{ ...DESCRIBED, name: "ghcr.io/inspektor-gadget/gadget/trace_exec:v0.45.0" }] },
      "images[0].name names an image of Inspektor Gadget, which is known already.",
    ],
    [
      "an image without its registry",
      { images: [{ ...DESCRIBED, name: "trace_http" }] },
      "images[0].name takes a whole reference, such as registry.example.com/gadgets/trace_http:1.4.0, not",
    ],
  ])("%s", async (_, config, expected) => {
    const { code, stderr } = await runCli(configured(config, { "a.sh": "echo\n" }), []);
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
    expect(stderr).toMatch(/^gadget-migrate: gadget-migrate\.config\.yaml:\d+:\d+: /);
  });

  test("the place is that of the word", async () => {
    const text = "gadgets:\n  - command: trace http\n    to:\n      - { image: trace_exce, state: same }\n";
    const { stderr } = await runCli(makeTree({ [CONFIG]: text, "a.sh": "" }), []);
    expect(stderr).toMatch(
      /^gadget-migrate: gadget-migrate\.config\.yaml:4:18: gadgets\[0\]\.to\[0\]\.image takes /,
    );
  });
});

describe("several files", () => {
  test("add up, and the one that extends counts for a command of both", async () => {
    const other = { command: "trace grpc", to: [{ image: "r.example/g/grpc:2.0", state: "same" }] };
    const root = makeTree({
      "shared.yaml": stringify({ gadgets: [GADGET, other], images: [DESCRIBED] }),
      [CONFIG]: stringify({
        extends: "./shared.yaml",
        target: "v0.45.0",
        gadgets: [{ ...GADGET, to: [{ image: IMAGE.replace("1.4.0", "2.0.0"), state: "same" }] }],
      }),
      "a.sh": "ig trace http\nig trace grpc\n",
    });
    expect(await findingsOf(root)).toEqual([
      `a.sh:1 error safe builtin-gadget: ig run ${IMAGE.replace("1.4.0", "2.0.0")}`,
      "a.sh:2 error unsafe builtin-gadget: ig run r.example/g/grpc:2.0",
    ]);
  });

  test("a fault names the file that it is in", async () => {
    const root = makeTree({
      "shared.yaml": "gadgets:\n  - { command: trace exec, to: [{ image: trace_exec, state: same }] }\n",
      [CONFIG]: "extends: ./shared.yaml\n",
      "a.sh": "",
    });
    expect((await runCli(root, [])).stderr).toMatch(
      /^gadget-migrate: shared\.yaml:2:16: gadgets\[0\]\.command /,
    );
  });

  test("package.json holds them too", async () => {
    const root = makeTree({
      "package.json": JSON.stringify({ gadgetMigrate: { gadgets: [{ command: "top" }] } }),
      "a.sh": "",
    });
    expect((await runCli(root, [])).stderr).toContain(
      "package.json:1:30: gadgetMigrate.gadgets[0] lacks the key to.",
    );
  });
});

test("the example of the documentation does what it says", async () => {
  const root = makeTree({
    [CONFIG]: EXAMPLE,
    "a.sh": "kubectl gadget trace http --port 8080 -o json | jq .path\n",
  });
  await runCli(root, ["--fix"]);
  const fixed = readFileSync(join(root, "a.sh"), "utf8").trim();
  expect(fixed).toContain("jq .http.path");
  expect(PAGE).toContain(`\`${fixed}\``);
});
