import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scan, type ScanOptions } from "../../src/engine/scan.ts";
import { LineIndex } from "../../src/text/lines.ts";
import { runs } from "../support/property-runs.ts";

const COMMAND = "kubectl gadget trace mount";

/** `line grade rule message` for what is reported, and `line` for what is ignored. */
async function look(path: string, text: string, options: Partial<ScanOptions> = {}) {
  const target = () => ({ version: "v0.55.1", source: "option", evidence: [] }) as const;
  const report = await scan([{ path, text }], { target, ...options });
  const lines = new LineIndex(text);
  return {
    findings: report.files.flatMap(({ findings }) =>
      findings.map(
        ({ range, ruleId, severity, message }) =>
          `${lines.position(range.start).line} ${severity} ${ruleId} ${message.messageId}`,
      ),
    ),
    ignored: report.suppressed.flatMap(({ suppressions }) =>
      suppressions.map(({ finding, reason }) =>
        `${lines.position(finding.range.start).line} ${reason ?? ""}`.trim(),
      ),
    ),
  };
}

describe("in the comments of every language", () => {
  const next = "gadget-migrate-ignore-next-line builtin-gadget -- why";
  test.each<[path: string, text: string, ignored: readonly string[]]>([
    ["a.sh", `# ${next}\n${COMMAND}\n`, ["2 why"]],
    ["a.sh", `x=$(\n  # ${next}\n  ${COMMAND}\n)\n`, ["3 why"]],
    ["a.sh", `bash -c '\n  # ${next}\n  ${COMMAND}\n'\n`, ["3 why"]],
    [
      "a.sh",
      `kubectl apply -f - <<E\nkind: Pod\nspec:\n  containers:\n  # ${next}\n  - command: [ig, trace, mount]\nE\n`,
      ["6 why"],
    ],
    ["a.sh", `bash <<E\n# ${next}\n${COMMAND}\nE\n`, ["3 why"]],
    ["a.sh", `cat <<-'E' | ssh host\n\t# ${next}\n\t${COMMAND}\n\tE\n`, ["3 why"]],
    ["a.sh", `cat <<E\n# ${next}\nE\n${COMMAND}\n`, []],
    ["a.rb", `=begin\n${next}\n=end\nsystem("${COMMAND}")\n`, ["4 why"]],
    ["a.rst", `.. ${next}\n\n.. code-block:: sh\n   :linenos:\n\n   echo\n\n   ${COMMAND}\n`, ["8 why"]],
    ["a.rst", `.. ${next}\n\nType this::\n\n   ${COMMAND}\n\nThen::\n\n   echo\n`, ["5 why"]],
    ["a.adoc", `// ${next}\n[source,sh]\n.Title\n----\necho\n\n${COMMAND}\n----\n`, ["7 why"]],
    ["a.adoc", `// ${next}\n----\n${COMMAND}\n----\n\n----\necho\n----\n`, ["3 why"]],
    ["a.adoc", `// ${next}\n[source,sh]\n${COMMAND}\n\nText\n`, ["3 why"]],
    ["a.md", `[//]: # (gadget-migrate-ignore-next-line)\n\`\`\`sh\n${COMMAND}\n\`\`\`\n`, ["3"]],
    ["a.ps1", `# ${next}\n${COMMAND}\n`, ["2 why"]],
    ["a.ps1", `<# ${next} #>\n${COMMAND}\n`, ["2 why"]],
    ["a.bat", `REM ${next}\r\n${COMMAND}\r\n`, ["2 why"]],
    ["a.cmd", `@rem ${next}\n${COMMAND}\n`, ["2 why"]],
    ["a.cmd", `:: ${next}\n${COMMAND}\n`, ["2 why"]],
    ["w.yaml", `jobs:\n  a:\n    steps:\n    # ${next}\n    - run: ${COMMAND}\n`, ["5 why"]],
    ["w.yaml", `jobs:\n  a:\n    steps:\n    - run: |\n        # ${next}\n        ${COMMAND}\n`, ["6 why"]],
    ["w.yaml", `jobs:\n  a:\n    steps:\n    - run: "# ${next}\\n${COMMAND}"\n`, ["4 why"]],
    ["w.yaml", `jobs:\n  a:\n    name: "# ${next}"\n    steps:\n    - run: ${COMMAND}\n`, []],
    [
      "c/templates/a.yaml",
      `a: {{ .x }}\nspec:\n  {{/* ${next} */}}\n  - command: [ig, trace, mount]\n`,
      ["4 why"],
    ],
    [
      "c/templates/a.yaml",
      `a: {{ .x }}\nspec:\n  {{- /* ${next} */ -}}\n  - command: [ig, trace, mount]\n`,
      ["4 why"],
    ],
    [
      "c/templates/a.yaml",
      `{{ if .x }}\nspec:\n  # ${next}\n  - command: [ig, trace, mount]\n{{ end }}\n`,
      ["4 why"],
    ],
    ["a.sh.j2", `{# ${next} #}\n${COMMAND}\n`, ["2 why"]],
    ["a.ts", `// ${next}\nexec("${COMMAND}", { stdio: "inherit" });\n`, ["2 why"]],
    ["a.ts", `/* ${next} */\nexec("${COMMAND}");\n`, ["2 why"]],
    ["a.tsx", `const a = <p>\n  {/* ${next} */}\n  <code>{"${COMMAND}"}</code></p>;\n`, ["3 why"]],
    ["a.ts", "const a = `\n// " + next + "\n`;\n" + `exec("${COMMAND}");\n`, []],
    ["a.py", `# ${next}\nos.system("${COMMAND}")\n`, ["2 why"]],
    ["a.py", `"""\n# ${next}\n"""\nos.system("${COMMAND}")\n`, []],
    ["a.py", `os.system("""\n# ${next}\n${COMMAND}\n""")\n`, ["3 why"]],
    [
      "a.go",
      `package a\nfunc b() {\n\t// ${next}\n\texec.Command("kubectl", "gadget", "trace", "mount").Run()\n}\n`,
      ["4 why"],
    ],
    [
      "a.rs",
      `fn a() {\n  // ${next}\n  Command::new("ig").args(["trace", "mount"]).status();\n}\n`,
      ["3 why"],
    ],
    ["a.lua", `-- ${next}\nos.execute("${COMMAND}")\n`, ["2 why"]],
    ["a.rb", `# ${next}\nsystem("${COMMAND}")\n`, ["2 why"]],
    ["a.php", `<?php\n// ${next}\nshell_exec("${COMMAND}");\n`, ["3 why"]],
    ["a.tf", `# ${next}\nx { command = "${COMMAND}" }\n`, ["2 why"]],
    ["Makefile", `t:\n\t# ${next}\n\t${COMMAND}\n`, ["3 why"]],
    ["Makefile", `# ${next}\nX := $(shell ${COMMAND})\n`, ["2 why"]],
    ["Dockerfile", `FROM a\n# ${next}\nRUN ${COMMAND}\n`, ["3 why"]],
    ["Dockerfile", `FROM a\nRUN a && \\\n# ${next}\n  ${COMMAND}\n`, ["4 why"]],
    ["justfile", `a:\n  # ${next}\n  ${COMMAND}\n`, ["3 why"]],
    ["a.service", `[Service]\n; ${next}\nExecStart=/usr/bin/ig trace mount\n`, ["3 why"]],
    ["a.jsonc", `{\n  // ${next}\n  "scripts": { "a": "${COMMAND}" }\n}\n`, ["3 why"]],
    ["a.toml", `[tasks.a]\n# ${next}\nscript = "${COMMAND}"\n`, ["3 why"]],
    ["a.md", `<!-- ${next} -->\n\nRun \`${COMMAND}\` now.\n`, ["3 why"]],
    ["a.md", `<!-- ${next} -->\n\`\`\`sh\n${COMMAND}\n${COMMAND} -A\n\`\`\`\n`, ["3 why", "4 why"]],
    ["a.md", `- a\n  <!--\n    ${next}\n  -->\n\n  ~~~sh\n  ${COMMAND}\n  ~~~\n`, ["7 why"]],
    ["a.md", `\`\`\`sh\n# ${next}\n${COMMAND}\n\`\`\`\n`, ["3 why"]],
    ["a.md", `[//]: # (${next})\n\`${COMMAND}\`\n`, ["2 why"]],
    ["a.mdx", `{/* ${next} */}\n\n\`${COMMAND}\`\n`, ["3 why"]],
    ["a.md", `\`<!-- ${next} -->\`\n\`${COMMAND}\`\n`, []],
    ["a.rst", `.. ${next}\n\nRun \`\`${COMMAND}\`\` now.\n`, ["3 why"]],
    ["a.adoc", `// ${next}\nRun \`${COMMAND}\` now.\n`, ["2 why"]],
    ["a.html", `<!-- ${next} -->\n<pre>${COMMAND}</pre>\n`, ["2 why"]],
    ["crontab", `# ${next}\n0 1 * * * ${COMMAND}\n`, ["2 why"]],
    ["a.txt", `# ${next}\n${COMMAND}\n`, ["2 why"]],
    [
      "a.ipynb",
      JSON.stringify(
        {
          cells: [{ cell_type: "code", source: [`# ${next}\n`, `!${COMMAND}\n`] }],
          nbformat: 4,
          metadata: {},
        },
        null,
        1,
      ),
      ["7 why"],
    ],
  ])("%s: %j", async (path, text, ignored) => {
    const result = await look(path, text);
    expect(result.ignored).toEqual(ignored);
    expect(result.findings.filter((line) => line.includes("builtin-gadget"))).toHaveLength(
      ignored.length === 0 ? 1 : 0,
    );
  });
});

describe("how far a comment reaches", () => {
  test.each<[what: string, text: string, findings: readonly string[]]>([
    ["the next line alone", `# gadget-migrate-ignore-next-line\n${COMMAND}\n${COMMAND}\n`, ["3"]],
    ["past blank lines and comments", `# gadget-migrate-ignore-next-line\n\n# a\n  # b\n\n${COMMAND}\n`, []],
    [
      "a command that goes on behind the line",
      `# gadget-migrate-ignore-next-line\nkubectl gadget \\\n  trace mount\n`,
      [],
    ],
    ["its own line", `${COMMAND} # gadget-migrate-ignore-line\n${COMMAND}\n`, ["2"]],
    [
      "its own line, which ends a command",
      `kubectl gadget \\\n  trace mount # gadget-migrate-ignore-line\n`,
      [],
    ],
    ["the file, wherever it stands", `${COMMAND}\n# gadget-migrate-ignore-file\n${COMMAND}\n`, []],
    [
      "what stands between start and end",
      `${COMMAND}\n# gadget-migrate-ignore-start\n${COMMAND}\n# gadget-migrate-ignore-end\n${COMMAND}\n`,
      ["1", "5"],
    ],
    ["all behind a start without end", `${COMMAND}\n# gadget-migrate-ignore-start\n${COMMAND}\n`, ["1"]],
    [
      "nested stretches, each to its own end",
      "# gadget-migrate-ignore-start builtin-gadget\n# gadget-migrate-ignore-start unknown-gadget\nkubectl gadget trace exce\n# gadget-migrate-ignore-end builtin-gadget\n" +
        `${COMMAND}\n# gadget-migrate-ignore-end\n`,
      ["1", "5"],
    ],
    [
      "only the rules that it names",
      `# gadget-migrate-ignore-next-line unknown-gadget, floating-image\n${COMMAND}\n`,
      ["1", "1", "2"],
    ],
    [
      "several rules",
      `# gadget-migrate-ignore-next-line unknown-gadget,builtin-gadget\n${COMMAND} && kubectl gadget trace exce\n`,
      [],
    ],
    ["nothing in a string", `echo "# gadget-migrate-ignore-next-line"\n${COMMAND}\n`, ["2"]],
    ["nothing behind other words", `# see gadget-migrate-ignore-next-line\n${COMMAND}\n`, ["2"]],
    ["behind another comment", `${COMMAND} # TODO # gadget-migrate-ignore-line -- later\n`, []],
    ["nothing when it is another word", `# gadget-migrate-ignored-next-line\n${COMMAND}\n`, ["2"]],
  ])("%s", async (_, text, lines) => {
    const { findings } = await look("a.sh", text);
    expect(findings.map((line) => line.split(" ")[0])).toEqual(lines);
  });

  test.each<[path: string, text: string, line: string]>([
    [
      "w.yaml",
      `steps:\n# gadget-migrate-ignore-next-line\n- run: |\n    echo\n\n    ${COMMAND}\n- run: ${COMMAND}\n`,
      "6",
    ],
    [
      "w.yaml",
      `steps:\r\n# gadget-migrate-ignore-next-line\r\n- run: >-\r\n    ${COMMAND}\r\n- run: ${COMMAND}\r\n`,
      "4",
    ],
    ["w.yaml", `script:\n  # gadget-migrate-ignore-next-line\n  - |\n    ${COMMAND}\n  - ${COMMAND}\n`, "4"],
    [
      "w.yaml",
      `a:\n  # gadget-migrate-ignore-next-line\n  run: |2 # x\n    ${COMMAND}\n  cmd: ${COMMAND}\n`,
      "4",
    ],
    [
      "Dockerfile",
      `FROM a\n# gadget-migrate-ignore-next-line\nRUN echo \\\n  # why\n  && ${COMMAND}\nRUN ${COMMAND}\n`,
      "5",
    ],
    ["a.sh", `# gadget-migrate-ignore-next-line\ncd x && \\\n  ${COMMAND}\n${COMMAND}\n`, "3"],
  ])("a block that the next line opens, and nothing behind it: %s %j", async (path, text, line) => {
    const { ignored, findings } = await look(path, text);
    expect(ignored).toEqual([line]);
    expect(findings).toHaveLength(1);
  });

  test("with every line end, and a BOM", async () => {
    for (const end of ["\n", "\r\n"]) {
      const text = ["\uFEFF# gadget-migrate-ignore-next-line", "", COMMAND, COMMAND, ""].join(end);
      expect((await look("a.sh", text)).findings).toHaveLength(1);
    }
  });
});

describe("what is wrong with a comment itself", () => {
  test.each<[text: string, findings: readonly string[], options?: Partial<ScanOptions>]>([
    ["# gadget-migrate-ignore-next-line\nkubectl get pods\n", ["1 info unused-ignore ignore-unused"]],
    ["# gadget-migrate-ignore-file builtin-gadget\n", ["1 info unused-ignore ignore-unused-rule"]],
    [
      `# gadget-migrate-ignore-next-line builtin-gadget,unknown-gadget\n${COMMAND}\n`,
      ["1 info unused-ignore ignore-unused-rule"],
    ],
    [
      `# gadget-migrate-ignore-next-line builtin-gadgets\n${COMMAND}\n`,
      ["1 warning unused-ignore ignore-unknown-rule", "2 error builtin-gadget builtin-removed"],
    ],
    [
      `# gadget-migrate-ignore-nextline\n${COMMAND}\n`,
      ["1 warning unused-ignore ignore-unknown-kind", "2 error builtin-gadget builtin-removed"],
    ],
    ["# gadget-migrate-ignore\n", ["1 warning unused-ignore ignore-unknown-kind"]],
    ["# gadget-migrate-ignore-end\n", ["1 info unused-ignore ignore-ends-nothing"]],
    [
      `# gadget-migrate-ignore-next-line\n${COMMAND}\n`,
      ["1 warning unused-ignore ignore-without-reason"],
      { requireReason: true },
    ],
    [`# gadget-migrate-ignore-next-line -- for now\n${COMMAND}\n`, [], { requireReason: true }],
    [
      `# gadget-migrate-ignore-next-line --\n${COMMAND}\n`,
      ["1 warning unused-ignore ignore-without-reason"],
      { requireReason: true },
    ],
    ["# gadget-migrate-ignore-next-line\n", [], { rules: { "unused-ignore": "off" } }],
    [
      "# gadget-migrate-ignore-next-line\n",
      ["1 error unused-ignore ignore-unused"],
      { rules: { "unused-ignore": "error" } },
    ],
    ["# gadget-migrate-ignore-next-line builtin-gadget\n", [], { rules: { "builtin-gadget": "off" } }],
    ["# gadget-migrate-ignore-next-line\n", [], { selection: { rules: new Set(["builtin-gadget"]) } }],
    ["# gadget-migrate-ignore-next-line\n", [], { selection: { isAboutGadget: () => true } }],
  ])("%j", async (text, findings, options) => {
    expect((await look("a.sh", text, options)).findings).toEqual(findings);
  });

  test("a file with nothing but a comment is looked at in every language", async () => {
    for (const path of ["a.yaml", "a.ts", "a.py", "a.md", "Dockerfile", "Makefile"]) {
      const text =
        path === "a.ts"
          ? "// gadget-migrate-ignore-file\n"
          : path === "a.md"
            ? "<!-- gadget-migrate-ignore-file -->\n"
            : "# gadget-migrate-ignore-file\n";
      expect((await look(path, text)).findings, path).toEqual(["1 info unused-ignore ignore-unused"]);
    }
  });
});

describe("any text with such comments", () => {
  test("never throws, and an ignored command has no fix", async () => {
    const line = fc.constantFrom(
      COMMAND,
      "# gadget-migrate-ignore-next-line",
      "# gadget-migrate-ignore-start builtin-gadget",
      "# gadget-migrate-ignore-end",
      "<!-- gadget-migrate-ignore-line -->",
      "```sh",
      "```",
      "cat <<'E'",
      "E",
      "x='",
      '"',
      "$(",
      ")",
      "`",
      "case a in a)",
      "esac",
      "- run: |",
      "{{/* gadget-migrate-ignore-file",
      "*/}}",
    );
    const path = fc.constantFrom(
      "a.sh",
      "a.md",
      "a.yaml",
      "c/templates/a.yaml",
      "a.ts",
      "a.py",
      "Makefile",
      "a.ps1",
    );
    await fc.assert(
      fc.asyncProperty(path, fc.array(line, { maxLength: 8 }), async (name, parts) => {
        const text = parts.join("\n");
        const target = () => ({ version: "v0.55.1", source: "option", evidence: [] }) as const;
        const { files, suppressed } = await scan([{ path: name, text }], { target });
        const edits = files.flatMap(({ findings }) => findings.flatMap(({ fix }) => fix?.edits ?? []));
        for (const { finding } of suppressed.flatMap(({ suppressions }) => suppressions)) {
          expect(finding.fix).toBeNull();
          expect(edits.some(({ start, end }) => start < finding.range.end && finding.range.start < end)).toBe(
            false,
          );
        }
      }),
      { numRuns: runs(60) },
    );
  });
});
