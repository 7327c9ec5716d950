import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rewrite } from "../../../src/commands/rewrite.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import type { NewWord } from "../../../src/translate/translation.ts";
import { dedent, list, read } from "../yaml/reading.ts";
import { runs } from "../../support/property-runs.ts";

const cases: readonly (readonly [name: string, source: string, expected: readonly string[]])[] = [
  [
    "inline values",
    dedent`
      {{- if .Values.enabled }}
      apiVersion: v1
      metadata:
        name: {{ include "chart.name" . }}
        labels: {{- include "chart.labels" . | nindent 4 }}
          app: x
      spec:
        containers:
          - image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
            args: ["trace", 'exec', "-n", "{{ .Values.ns | default "demo" }}", --x={{ .Values.x }}]
      {{- end }}
    `,
    [
      'run: [{{ .Values.image.repository }}:{{ .Values.image.tag }}] trace exec -n {{ .Values.ns | default "demo" }} --x={{ .Values.x }}',
    ],
  ],
  [
    "a list with conditions, a range and items from elsewhere",
    dedent`
      command:
        - kubectl
        - gadget
        {{- if .Values.trace }}
        - trace
        {{- end }}
        {{- range .Values.more }}
        - {{ . | quote }}
        {{- end }}
        {{- with .Values.extra }}
          {{- toYaml . | nindent 2 }}
        {{- end }}
        - last
    `,
    ["run: kubectl gadget trace {{ . | quote }} {{- toYaml . | nindent 2 }} last"],
  ],
  [
    "items from elsewhere before the first item",
    dedent`
      command: [kubectl]
      args:
        {{- toYaml .Values.args | nindent 2 }}
        - trace
    `,
    ["run: kubectl {{- toYaml .Values.args | nindent 2 }} trace"],
  ],
  [
    "a list that is wholly from elsewhere",
    "command: [kubectl, gadget]\nargs:\n{{ toYaml .Values.args | indent 2 }}\nname: x\n",
    ["run: kubectl gadget {{ toYaml .Values.args | indent 2 }}"],
  ],
  [
    "each branch is read",
    dedent`
      args:
        - gadget
        - trace
        {{- if eq .Values.what "exec" }}
        - exec
        {{- else if .Values.other }}
        - open
        {{- else }}
        - dns
        {{- end }}
        - -A
    `,
    [
      "run: [kubectl] gadget trace exec -A",
      "run: [kubectl] gadget trace open -A",
      "run: [kubectl] gadget trace dns -A",
    ],
  ],
  [
    "branches on one line",
    "command: [kubectl, gadget, trace, {{ if .x }}exec{{ else }}open{{ end }}]\n",
    ["run: kubectl gadget trace exec", "run: kubectl gadget trace open"],
  ],
  [
    "a branch in a string is a value that is known only later",
    'command: [kubectl, gadget, trace, "{{ if .x }}exec{{ else }}open{{ end }}"]\n',
    ["run: kubectl gadget trace {{ if .x }}exec{{ else }}open{{ end }}"],
  ],
  [
    "an action before a key",
    dedent`
      data:
        {{ if .Values.a }}a.sh: kubectl gadget trace exec{{ end }}
        b.sh: kubectl gadget trace open
    `,
    ["run: kubectl gadget trace exec", "run: kubectl gadget trace open"],
  ],
  [
    "a script with actions on lines of their own",
    dedent`
      data:
        run.sh: |
          {{- if .Values.debug }}
          set -x
          {{- end }}
          kubectl gadget trace exec \
            {{- if .Values.ns }}
            -n {{ .Values.ns }} \
            {{- end }}
            {{ .Values.flags }} \
            -o json
      {{ .Values.script | indent 4 }}
    `,
    ["run: set -x", "run: kubectl gadget trace exec -n {{ .Values.ns }} {{ .Values.flags }} -o json"],
  ],
  [
    "a folded command",
    dedent`
      command: >-
        kubectl gadget trace exec
        {{- if .Values.ns }}
        -n {{ .Values.ns }}
        {{- end }}
        -o json
    `,
    ["run: kubectl gadget trace exec -n {{ .Values.ns }} -o json"],
  ],
  [
    "helpers, each by itself",
    dedent`
      {{- define "a.args" -}}
      - kubectl
      - gadget
      - trace
      {{- end }}
      {{/* kubectl gadget trace open */}}
      {{- define "a.name" -}}
      {{ .Release.Name }}: broken: here
      {{- end -}}
      {{- define "a.script" -}}
          {{- /* odd }} comment */ -}}
          run: kubectl gadget top file
      {{- end -}}
    `,
    ["run: kubectl gadget trace", "run: kubectl gadget top file"],
  ],
  [
    "values in braces of their own",
    'run: kubectl gadget trace exec -n {{ `{{ .x }}` }} -l {{ "}}" }}\n',
    ['run: kubectl gadget trace exec -n {{ `{{ .x }}` }} -l {{ "}}" }}'],
  ],
  [
    "an action over lines",
    'args: [ig, trace, "{{ printf "%s"\n  .Values.x }}"]\n',
    ['run: ig trace {{ printf "%s"\n  .Values.x }}'],
  ],
  [
    "comments",
    "{{/* kubectl gadget trace exec */}}\n{{- /*\n  ig trace open\n*/ -}}\n# ig trace dns\na: b\n",
    [],
  ],
  ["a plain value", "a: {{ .Values.gadget }}\nb: gadget\n", []],
];

describe("helm", () => {
  it.each(cases)("%s", (_, source, expected) => {
    const reading = read("helm", source, "chart/templates/_helpers.tpl");
    expect(list(reading)).toEqual(expected);
    expect(reading.problems).toEqual([]);
  });

  it.each(cases)("%s, with CRLF and a BOM", (_, source, expected) => {
    const withCrlf = `\uFEFF${source.replaceAll("\n", "\r\n")}`;
    const found = list(read("helm", withCrlf, "chart/templates/_helpers.tpl"));
    expect(found.map((each) => each.replaceAll("\r\n", "\n"))).toEqual(expected);
  });

  it("tells words that may be several from one", () => {
    const source = dedent`
      args:
        - ig
        - {{ .Values.one }}
        - "{{ .Values.two }}"
        {{- range .Values.many }}
        - {{ . }}
        - --flag={{ . }}
        {{- end }}
        {{- toYaml .Values.rest | nindent 2 }}
    `;
    const [invocation] = read("helm", source).invocations;
    const words = invocation?.words.map(({ value }) =>
      value.map((part) => (typeof part === "string" ? part : part.words)),
    );
    expect(words).toEqual([["ig"], ["one"], ["one"], ["any"], ["--flag=", "one"], ["any"]]);
  });

  it.each([
    [
      "templates/run.sh.tpl",
      "#!/bin/sh\n{{- if .x }}\nkubectl gadget trace {{ .what }} \\\n{{- end }}\n -A\n",
      ["run: kubectl gadget trace {{ .what }} -A"],
    ],
    [
      "templates/NOTES.txt",
      "Now run:\n\n  $ kubectl gadget trace exec -n {{ .Release.Namespace }}\n\nand kubectl gadget will tell.\n",
      ["text: kubectl gadget trace exec -n {{ .Release.Namespace }}"],
    ],
    ["values.yaml.gotmpl", "args: [ig, trace, exec]\n", ["run: ig trace exec"]],
  ])("reads %s by the name inside", (path, source, expected) => {
    expect(list(read("helm", source, path))).toEqual(expected);
  });
});

describe("templates that cannot be read in full", () => {
  it.each([
    [
      "lines are read where the text does not parse",
      "a: b: c\nrun: kubectl gadget trace exec -n {{ .ns }}\n\tx: [\n",
      ["run: kubectl gadget trace exec -n {{ .ns }}"],
      ["this is not valid YAML: Nested mappings are not allowed in compact mappings"],
    ],
    [
      "what only a broken branch has is read by lines",
      "a: 1\n{{ if .x }}\nb: 2\n{{ else }}\nc: 'd\nrun: kubectl gadget trace exec\n{{ end }}\n",
      ["run: kubectl gadget trace exec"],
      [],
    ],
    [
      "a command in an action",
      'run: {{ printf "kubectl gadget trace %s" .x }}\n',
      ['run: {{ printf "kubectl gadget trace %s" .x }}'],
      ["a command in a string of a template action is not read"],
    ],
    [
      "an action that is not closed",
      "run: ig trace exec\nx: {{ .y\n",
      ["run: ig trace exec"],
      ["a template action that begins here is not closed"],
    ],
    [
      "a list that breaks off",
      'args: ["kubectl", "gadget", "trace", {{ .x }}\nfoo: bar\n',
      [],
      [
        "this looks like a command, but the YAML around it does not parse: Flow sequence in block collection must be sufficiently indented and end with a ]",
      ],
    ],
  ])("%s", (_, source, found, reasons) => {
    const reading = read("helm", source);
    expect(list(reading)).toEqual(found);
    expect(reading.problems.map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe("edits of a template", () => {
  const source = dedent`
    args:
      - ig
      {{- if .Values.a }}
      - trace
      {{- end }}
      # a note
      - exec {{- /* why */}}
      - "{{ .Values.ns }}"
    run: |
      ig trace {{ .Values.what }} \
        {{- if .Values.ns }}
        -n {{ .Values.ns }} \
        {{- end }}
        -o json
  `;

  function edited(index: number, steps: readonly NewWord[]): string | null {
    const words = read("helm", source).invocations[index]?.words ?? [];
    const edits = rewrite(words, steps);
    return edits === null ? null : applyEdits(source, edits);
  }

  it("replaces and inserts words, values as their code", () => {
    const value = { code: "{{ .Values.ns }}", words: "one" } as const;
    const steps: NewWord[] = [
      { keep: 0 },
      { write: ["run"], replaces: 1 },
      { write: ["--ns=", value], replaces: 2 },
      { write: [value] },
      { keep: 3 },
    ];
    expect(edited(0, steps)).toBe(
      source
        .replace("- trace\n", "- run\n")
        .replace(
          "- exec {{- /* why */}}\n",
          '- "--ns={{ .Values.ns }}"\n  - "{{ .Values.ns }}" {{- /* why */}}\n',
        ),
    );
  });

  it("leaves what actions surround in a script", () => {
    const steps: NewWord[] = [
      { keep: 0 },
      { write: ["run"], replaces: 1 },
      { keep: 2 },
      { write: ["--a"] },
      { keep: 3 },
      { keep: 4 },
      { keep: 5 },
      { keep: 6 },
    ];
    expect(edited(1, steps)).toBe(
      source.replace("ig trace {{ .Values.what }}", "ig run {{ .Values.what }} --a"),
    );
  });

  it("never takes an action away", () => {
    expect(edited(0, [{ keep: 0 }, { keep: 2 }, { keep: 3 }])).toBe(source.replace("  - trace\n", ""));
    expect(edited(0, [{ keep: 2 }, { keep: 3 }])).toBe(
      source.replace("  - ig\n", "").replace("  - trace\n", ""),
    );
    expect(edited(1, [{ keep: 0 }, { keep: 1 }, { keep: 2 }, { keep: 5 }, { keep: 6 }])).toBe(null);
  });

  it("keeps every action, whatever is written", () => {
    const actions = (text: string): readonly string[] => text.match(/\{\{-? ?(?:if|end|\/\*).*?\}\}/g) ?? [];
    const step = fc.constantFrom("keep", "drop", "write", "insert");
    fc.assert(
      fc.property(fc.nat(1), fc.array(step, { minLength: 7, maxLength: 7 }), (index, choices) => {
        const words = read("helm", source).invocations[index]?.words ?? [];
        const steps = words.flatMap((_, i): NewWord[] => {
          const choice = i === 0 ? "keep" : choices[i];
          if (choice === "drop") return [];
          if (choice === "write") return [{ write: [`w${i}`], replaces: i }];
          return choice === "insert" ? [{ keep: i }, { write: [`n${i}`] }] : [{ keep: i }];
        });
        const edits = rewrite(words, steps);
        if (edits !== null) expect(actions(applyEdits(source, edits))).toEqual(actions(source));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe("any text", () => {
  it("is read without a throw, and all places are in the file", () => {
    const valid = cases.map(([, source]) => source).join("---\n");
    const piece = fc.constantFrom(
      "",
      "{{",
      "}}",
      "{{ end }}",
      "{{ else }}",
      "{{- if x -}}",
      "{{/*",
      "`",
      '"',
      "\n",
      "|\n",
      "- ",
      ":",
      "\\\n",
      "\t",
      "😀",
      "{{ x | nindent 4 }}",
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(valid.length), fc.nat(5), piece), { minLength: 1, maxLength: 5 }),
        fc.nat(valid.length),
        (changes, from) => {
          let source = valid.slice(from, from + 400);
          for (const [at, length, text] of changes)
            source = source.slice(0, at % 400) + text + source.slice((at % 400) + length);
          const { invocations, problems } = read("helm", source);
          const words = invocations.flatMap((invocation) =>
            invocation.words.map((word) => word.list.fragment.toSource(word)),
          );
          for (const { start, end } of [...words, ...problems]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(source.length);
          }
        },
      ),
      { numRuns: runs(300) },
    );
  });
});
