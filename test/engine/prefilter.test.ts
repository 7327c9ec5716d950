import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Prefilter } from "../../src/engine/prefilter.ts";
import { scan } from "../../src/engine/scan.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { prefilterWords } from "../../src/knowledge/prefilter-words.ts";
import { listFixtures } from "../support/fixture.ts";
import { runs } from "../support/property-runs.ts";

const prefilter = new Prefilter();

function look(text: string): string {
  return prefilter.look(new TextEncoder().encode(text));
}

describe("passes", () => {
  const texts: readonly string[] = [
    "kubectl gadget trace exec",
    "kubectl-gadget top file -A",
    "gadgetctl trace open",
    "sudo local-gadget trace exec",
    "apiVersion: gadget.kinvolk.io/v1alpha1",
    "apiVersion: 1\nkind: instance-spec\nimage: trace_open\n",
    "docker run ghcr.io/inspektor-gadget/ig:v0.30.0 trace open",
    "sudo ig trace exec --host",
    "ig trace exec",
    "./ig top file",
    "/usr/local/bin/ig trace exec",
    "/ig\ttop\ttcp",
    "ig \\\n  trace exec",
    "ig \\\r\n  trace exec",
    "ig --auto-sd-unit-restart trace exec",
    'command: ["ig", "trace", "exec"]',
    "command: [ig,trace,exec]",
    "- ig\n- trace\n- exec",
    '["/usr/bin/ig","trace","exec"]',
    'spawn("ig", ["trace", "exec"])',
    "await $`ig trace exec -n ${ns}`",
    "IG=/usr/local/bin/ig\n$IG trace exec",
    "${IG} trace exec",
    '"${IG:-ig}" trace exec',
    '"$IG_BIN" trace exec',
    '"$GADGETCTL" trace exec',
    "${KUBECTL_GADGET:?} execsnoop",
    "$(IG) trace exec",
    "ig $CATEGORY $GADGET_NAME",
    '["ig", category, name]',
    "command: [/usr/bin/ig]\nargs: [trace, exec]",
    "command: [sudo, ig]",
    "command: [sudo, ig, --host=false, trace]",
    "${BIN:-/usr/bin/ig} $ARGS",
    "ig_v0.30.0 trace exec",
    '"$GADGET_BIN" trace exec',
    "spawn(process.env.IG_PATH, ['trace', 'exec'])",
    'const script = "set -e\\nig trace exec";',
    'const script = "set -e\\n\\tig \\\\\\ntrace exec";',
    "(ig trace exec)",
    "x=$(ig trace exec)",
    "`ig trace exec`",
    "<code>ig trace exec</code>",
    "true;ig trace exec&",
    "ig-linux-amd64 trace exec",
    "ig.exe trace exec",
    "CMD='trace dns'\n\n# far away\n" + "x\n".repeat(50_000) + "ig $CMD",
    "ig run trace_exec:latest",
    "ig image pull trace_exec",
    "ig traceloop",
    "ig trace http",
    "日本 ig trace exec",
    "é/ig trace exec",
  ];
  test.each(texts)("%j", (text) => {
    expect(look(text)).toBe("command");
  });
});

describe("puts aside", () => {
  const texts: readonly string[] = [
    "",
    "g",
    "design a config, right? The big pig digs; run the trace.",
    "IGNORE trace; ignore trace; SIGHUP trace; Ignite run",
    "/foo/ig.test(x); a[ig]; f(ig,run); b=ig.top; return ig}; var ig=1; if(ig&&ig.trace)script()",
    "NIG trace; 'IGW' run; $IGX top",
    "BRIGADGETS",
    "gadge run trace; adget trace",
    "sigtrace xig run",
    "config.ig2 run",
    "Gadget trace",
  ];
  test.each(texts)("%j", (text) => {
    expect(look(text)).not.toBe("command");
  });
});

describe("keeps what may tell the release", () => {
  const texts: readonly string[] = [
    "IG_VERSION=v0.45.0",
    "IG_IMAGE_TAG: v0.45.0",
    "const igVersion = 'v0.45.0'",
    "GADGET_VERSION ?= v0.45.0",
  ];
  test.each(texts)("%j", (text) => {
    expect(look(text)).toBe("mention");
  });
});

/** One command in each of the shapes that files give it: every way must pass, wherever it stands. */
test("no command of the knowledge is ever put aside", () => {
  const knowledge = loadKnowledge();
  const commands = knowledge.gadgets.flatMap((gadget) =>
    knowledge.programs
      .filter(({ id }) => gadget.programs[id] !== undefined)
      .flatMap(({ id, spellings }) =>
        spellings.map((spelling) => ({ spelling, id, words: gadget.command.split(" ") })),
      ),
  );
  expect(commands.length).toBeGreaterThan(100);

  const blank = fc.constantFrom(" ", "  ", "\t", " \\\n  ", " \\\r\n\t", " --flag value ", " -v ");
  const quote = fc.constantFrom("", '"', "'");
  const shapes = {
    line: (words: readonly string[], gap: string) => words.join(gap),
    escapedInString: (words: readonly string[]) => JSON.stringify(`#!/bin/sh\n${words.join(" \\\n")}\n`),
    list: (words: readonly string[], gap: string, q: string) =>
      `[${words.map((word) => q + word + q).join(", ")}]`,
    tightList: (words: readonly string[], gap: string, q: string) =>
      `[${words.map((word) => q + word + q).join(",")}]`,
    block: (words: readonly string[], gap: string, q: string) =>
      words.map((word) => `- ${q}${word}${q}\n`).join(""),
    call: ([program = "", ...rest]: readonly string[]) => `spawn("${program}", ${JSON.stringify(rest)})`,
    apart: ([program = "", ...rest]: readonly string[]) =>
      `const bin = "${program}";\n${"// line\n".repeat(999)}run(bin, ${JSON.stringify(rest)})`,
    variable: ([program = "", ...rest]: readonly string[]) => `IG=${program}\n"$IG" ${rest.join(" ")}`,
    path: ([program = "", ...rest]: readonly string[]) => `/opt/bin/${program} ${rest.join(" ")}`,
    markdown: (words: readonly string[]) => `Run \`${words.join(" ")}\`.`,
  };
  const around = fc.tuple(
    fc.constantFrom("", "\n", "x=$(", "sudo ", "日本", "{{ x }}"),
    fc.constantFrom("", "\n", ")", " | jq .", "&"),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...commands),
      fc.constantFrom(...Object.values(shapes)),
      blank,
      quote,
      around,
      ({ spelling, words }, shape, gap, q, [before, after]) => {
        expect(look(before + shape([...spelling.split(" "), ...words], gap, q) + after)).toBe("command");
      },
    ),
    { numRuns: runs(2000) },
  );
});

test("bytes that are no UTF-8 do no harm", () => {
  expect(prefilter.look(Uint8Array.of(0xff, 0xfe, 0x69, 0x67, 0x80))).toBe("none");
  expect(prefilter.look(Uint8Array.of(0xff, 0x69, 0x67, 0x20, 0x80))).toBe("command");
});

// With a pattern that goes back and forth it would take hours.
test.each(["ig,", "ig_", "$IG ", '"GADGET', "[ig ", "a_", "ig\\n", "${ig"])(
  "a long line is looked through once: %j",
  (part) => {
    expect(look(part.repeat(300_000))).toBe(look(part.repeat(3)));
  },
);

test("the words come from the knowledge, and every program is found by them or by the literal", () => {
  const { programs, categories, gadgets, ...rest } = loadKnowledge();
  const words = prefilterWords({ programs, categories, gadgets, ...rest });
  const spelled = programs.flatMap(({ spellings }) => spellings);
  for (const spelling of spelled) {
    const isFound =
      spelling.includes("gadget") ||
      words.programs.some((name) => spelling === name || spelling.startsWith(`${name}-`));
    expect([spelling, isFound]).toEqual([spelling, true]);
  }
  expect(words.commands).toEqual(expect.arrayContaining([...categories, "run"]));
});

describe("passes whatever a scan finds", () => {
  const target = () => ({ version: "v0.55.1", source: "option", evidence: [] }) as const;

  test("in the fixtures", async () => {
    let found = 0;
    for (const { name, input } of listFixtures()) {
      for (const file of input) {
        const report = await scan([file], { target });
        found += report.files.length;
        if (report.files.length > 0)
          expect([name, file.path, look(file.text)]).toEqual([name, file.path, "command"]);
      }
    }
    expect(found).toBeGreaterThan(0);
  });

  test("in any words with short names and variables among them", async () => {
    const names = [
      "ig",
      "$IG",
      "${IG}",
      '"${IG:-ig}"',
      "./ig",
      "$GADGETCTL",
      "$KUBECTL_GADGET",
      "$IG_BIN",
      "mirror/ig:v0.3.0",
    ];
    const wrappers = [
      "sudo",
      "docker run",
      "kubectl exec x --",
      "bash -c",
      "'ig trace exec'",
      "env",
      "run",
      "exec",
    ];
    const others = [
      "trace",
      "top",
      "file",
      "dns",
      "execsnoop",
      "image",
      "trace_exec:latest",
      "--host",
      "-n",
      "x",
      "tracer",
      ";",
      "|",
      "\n",
      '"$@"',
    ];
    const text = fc.array(fc.constantFrom(...names, ...wrappers, ...others), { minLength: 2, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(
        text.map((words) => words.join(" ")),
        async (script) => {
          const report = await scan([{ path: "a.sh", text: script }], { target });
          if (report.files.length > 0) expect([script, look(script)]).toEqual([script, "command"]);
        },
      ),
      { numRuns: runs(2000) },
    );
  });
});

describe("the patterns", () => {
  const words = [
    "gadget",
    "GADGET",
    "ig",
    "IG",
    "xig",
    "igX",
    "IGx",
    "1ig",
    "tool",
    "TOOL",
    "trace",
    "IG_TAG",
  ];
  const others = ["\n", "\r\n", " ", "_", ".", "\\n", "\\", "\0", "é", "日", '"', "g", "i"];
  const text = fc
    .array(fc.constantFrom(...words, ...others), { maxLength: 6 })
    .map((parts) => parts.join(""));
  const own = new Prefilter({ programs: ["ig", "tool", "a.b+c"], commands: ["trace"] });
  const patterns = own.patterns.map((pattern) => new RegExp(pattern, "m"));

  function matches(bytes: Uint8Array): boolean {
    return patterns.some((pattern) => pattern.test(new TextDecoder("latin1").decode(bytes)));
  }

  test("matches wherever a name may stand, also in UTF-16", () => {
    let seen = 0;
    fc.assert(
      fc.property(text, (source) => {
        const bytes = new TextEncoder().encode(source);
        if (own.look(bytes) === "none") return;
        seen += 1;
        const wide = Buffer.from(source, "utf16le");
        expect([source, matches(bytes)]).toEqual([source, true]);
        expect([source, matches(wide), matches(wide.swap16())]).toEqual([source, true, true]);
      }),
      { numRuns: runs(5000) },
    );
    expect(seen).toBeGreaterThan(500);
  });

  test.each(["a.b+c trace", "x\na.b+c trace", "tool trace", "\\ttool trace", "$TOOL trace"])(
    "matches the names of one's own programs: %j",
    (line) => {
      expect(matches(new TextEncoder().encode(line))).toBe(true);
    },
  );

  test.each(["aXbbc trace", "stool trace", "tools", "right, config", "design", "gad get", "big"])(
    "does not match %j",
    (line) => {
      expect(matches(new TextEncoder().encode(line))).toBe(false);
    },
  );
});
