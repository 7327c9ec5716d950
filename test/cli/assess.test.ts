import { micromark } from "micromark";
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/assess/plan.ts";
import { runCli } from "../support/cli.ts";
import { makeTree } from "../support/tree.ts";

const SAFE = "kubectl gadget trace exec -n demo\n";
const UNSAFE = "kubectl gadget trace exec -o json | awk '{ print $1 }'\n";

async function planIn(
  files: Parameters<typeof makeTree>[0],
  ...words: readonly string[]
): Promise<Plan & { readonly version: number }> {
  const { code, stdout, stderr } = await runCli(makeTree(files), ["assess", "--format", "json", ...words]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Plan & { readonly version: number };
}

function chart(version: string): string {
  return `apiVersion: v2\nname: app\ndependencies:\n  - name: gadget\n    version: ${version}\n    repository: https://inspektor-gadget.github.io/charts\n`;
}

describe("what there is", () => {
  test("is counted by gadget, language, owner and class", async () => {
    const plan = await planIn({
      "a.sh": SAFE,
      "docs/b.md": `\`\`\`sh\n${SAFE}\`\`\`\n`,
      "team/c.sh": UNSAFE,
      CODEOWNERS: "* @everyone\n/team/ @one @two\n",
    });
    expect(plan).toMatchObject({
      version: 1,
      summary: { findings: 3, safe: 2, unsafe: 1 },
      minutes: 18,
      effort: [
        { class: "safe", count: 2, repeats: 1, minutes: 3 },
        { class: "unsafe", count: 1, repeats: 0, minutes: 15 },
      ],
      gadgets: [{ name: "trace exec", findings: 3, safe: 2, unsafe: 1, manual: 0, minutes: 18 }],
      languages: [
        { name: "shell", findings: 2, minutes: 17 },
        { name: "markdown", findings: 1, minutes: 1 },
      ],
      owners: [
        { name: "@everyone", findings: 2 },
        { name: "@one", findings: 1, unsafe: 1 },
        { name: "@two", findings: 1, unsafe: 1 },
      ],
    });
  });

  test("without CODEOWNERS, there are no owners to list", async () => {
    expect((await planIn({ "a.sh": SAFE })).owners).toEqual([]);
  });

  test("work by hand is told apart: with a start, without, an image to pin, a file not read", async () => {
    const plan = await planIn({
      "a.sh": "kubectl gadget advise network-policy monitor -n demo\n",
      "b.sh": 'kubectl gadget "$@"\n',
      "c.sh": "ig run ghcr.io/else/where:latest\n",
      "d.sh": Buffer.from("kubectl gadget trace exec \u00e9\n", "latin1"),
    });
    const counts = Object.fromEntries(plan.effort.map((one) => [one.class, one.count]));
    expect(counts).toEqual({ start: 1, manual: 1, tag: 1, skipped: 1 });
  });

  test("what reads output, and what is no call of a gadget, is told apart too", async () => {
    const plan = await planIn({
      "a.sh": "kubectl gadget trace exec > /tmp/out.txt\ncut -c 1-20 /tmp/out.txt\n",
      "b.sh": `# gadget-migrate-ignore-next-line\necho\nIG_VERSION=v0.45.0\n`,
      "Chart.yaml": chart("0.50.0"),
    });
    const counts = Object.fromEntries(plan.effort.map((one) => [one.class, one.count]));
    expect(counts).toMatchObject({ setting: expect.any(Number) as number });
    expect(counts).not.toHaveProperty("manual");
  });

  test("own minutes take the place of the estimate", async () => {
    const plan = await planIn({ "a.sh": SAFE + SAFE, "c.sh": UNSAFE }, "--minutes", "safe=10/4,unsafe=100");
    expect(plan.minutes).toBe(114);
  });

  test("nothing found is no work, no deadline and nothing to type", async () => {
    const { stdout } = await runCli(makeTree({ "a.sh": "echo\n" }), ["assess"]);
    expect(stdout).toBe(
      "No findings in 1 file.\nTarget v0.55.1, the newest known release: nothing here names a release (--target chooses).\n",
    );
  });
});

describe("the deadline", () => {
  test.each([
    ["0.36.0", "runs", "v0.36.0", /run there without a warning.*upgrade past v0\.41\.2/s],
    ["0.40.0", "warns", "v0.40.0", /still run there, most with a warning.*upgrade past v0\.41\.2/s],
    ["0.45.0", "gone", "v0.45.0", /has no built-in gadgets since v0\.42\.0 of 2025-07-07/],
  ])("with %s in use: %s", async (version, stage, release, sentence) => {
    const files = { "Chart.yaml": chart(version), "a.sh": SAFE };
    // A target that is given is where to go, not where the repository stands.
    const plan = await planIn(files, "--target", "v0.55.1");
    expect(plan.target.version).toBe("v0.55.1");
    expect(plan.standing.inUse).toMatchObject({ version: release, stage, path: "Chart.yaml", line: 5 });
    const { stdout } = await runCli(makeTree(files), ["assess"]);
    expect(stdout.replace(/\n {2}/g, " ")).toMatch(sentence);
  });

  test("nothing that names a release is said", async () => {
    const plan = await planIn({ "a.sh": SAFE });
    expect(plan.standing.inUse).toBeNull();
    expect(plan.standing.milestones).toEqual([
      { tag: "v0.37.0", date: "2025-02-03", what: "warns" },
      { tag: "v0.41.2", date: "2026-01-07", what: "last" },
      { tag: "v0.42.0", date: "2025-07-07", what: "removed" },
    ]);
  });

  test("other releases that are named are told once each", async () => {
    const plan = await planIn({
      "Chart.yaml": chart("0.45.0"),
      "a.sh": `IG_VERSION=v0.40.0\n${SAFE}`,
      "b.sh": "IG_VERSION=v0.40.0\nIG_VERSION=v0.45.0\n",
    });
    expect(plan.standing.others).toMatchObject([
      { version: "v0.40.0", stage: "warns", path: "a.sh", count: 2 },
    ]);
  });
});

describe("the next steps", () => {
  test("go from safe to unsafe to what is left, with the options given", async () => {
    const root = makeTree({
      "my app/a.sh": SAFE + UNSAFE + "kubectl gadget advise network-policy monitor -n demo\n",
    });
    const { stdout } = await runCli(root, ["assess", "--format", "json", "--target", "v0.50.0", "my app"]);
    const { steps } = JSON.parse(stdout) as Plan;
    expect(steps.map(({ command }) => command)).toEqual([
      "gadget-migrate --diff --target v0.50.0 'my app'",
      "gadget-migrate --fix --target v0.50.0 'my app'",
      "gadget-migrate --diff --fix=unsafe --target v0.50.0 'my app'",
      "gadget-migrate --fix=unsafe --target v0.50.0 'my app'",
      "gadget-migrate explain advise network-policy monitor",
      "gadget-migrate images --target v0.50.0 'my app'",
      "gadget-migrate --fail-on warning --target v0.50.0 'my app'",
    ]);
  });

  test("each is a command line that runs", async () => {
    const files = {
      "a.sh": SAFE + UNSAFE,
      "t.yaml":
        "apiVersion: gadget.kinvolk.io/v1alpha1\nkind: Trace\nmetadata: { name: a }\nspec: { gadget: execsnoop, node: n }\n",
    };
    const root = makeTree(files);
    for (const options of [[], ["--no-config", "--defaults", "new", "--target", "v0.50.0"]]) {
      const { stdout } = await runCli(root, ["assess", "--format", "json", ...options]);
      const { steps } = JSON.parse(stdout) as Plan;
      expect(steps.length).toBeGreaterThan(4);
      for (const { command } of steps) {
        const { code, stderr } = await runCli(makeTree(files), command.split(" ").slice(1));
        expect([command, code < 2, stderr]).toEqual([command, true, expect.not.stringContaining("--help")]);
      }
    }
  });
});

/** As GitHub reads it, with all HTML let through. */
const MARKDOWN = {
  extensions: [gfmTable()],
  htmlExtensions: [gfmTableHtml()],
  allowDangerousHtml: true,
};

describe("every format", () => {
  const hostile = {
    CODEOWNERS: "* @a|<b>`\u001b[31m\n",
    "x/<img src=x onerror=alert(1)>.sh": `IG_VERSION=v0.40.0\n${SAFE}`,
  };

  test.each(["text", "markdown", "html", "json"])("%s shows what files hold as text", async (format) => {
    const { code, stdout } = await runCli(makeTree(hostile), ["assess", "--format", format]);
    expect(code).toBe(0);
    expect(stdout.endsWith("\n")).toBe(true);
    expect(stdout).not.toContain("\u001b[31m");
    const page = format === "markdown" ? micromark(stdout, MARKDOWN) : stdout;
    if (format === "html" || format === "markdown") expect(page).not.toMatch(/<img|<b>/);
  });

  test("a page has no scripts and asks the network for nothing", async () => {
    const { stdout } = await runCli(makeTree({ "a.sh": SAFE }), ["assess", "--format", "html"]);
    expect(stdout).toContain("default-src 'none'");
    expect(stdout).not.toMatch(/<script|\bsrc=|\bhref=/);
  });
});

test.each([
  [["--format", "pdf"], '--format of assess takes text, markdown, html or json; got "pdf".'],
  [
    ["--minutes", "easy=3"],
    "--minutes takes a class (safe, unsafe, start, reader, manual, tag, setting, skipped)",
  ],
  [["--minutes", "safe=1.5"], 'such as unsafe=20/5; got "safe=1.5".'],
  [["--fix"], "Unknown option '--fix'. See gadget-migrate assess --help."],
  [["nowhere"], 'There is no file or folder "nowhere".'],
])("assess %j is refused", async (words, message) => {
  const { code, stderr } = await runCli(makeTree({ "a.sh": "" }), ["assess", ...words]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
