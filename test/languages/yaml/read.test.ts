import { describe, expect, it } from "vitest";
import { dedent, list, read } from "./reading.ts";

const cases: readonly (readonly [name: string, source: string, expected: readonly string[]])[] = [
  [
    "command and args are one command",
    dedent`
      containers:
        - name: tracer
          image: example.com/tools
          command: ["kubectl", "gadget"]
          args:
            - trace
            - exec # every process
            - "-n"
            - 'demo'
    `,
    ["run: kubectl gadget trace exec -n demo"],
  ],
  [
    "args alone, under an image",
    dedent`
      containers:
        - image: ghcr.io/inspektor-gadget/ig:v0.30.0
          args: [trace, exec]
    `,
    ["run: [ghcr.io/inspektor-gadget/ig:v0.30.0] trace exec"],
  ],
  [
    "an image in parts, as values files have it",
    dedent`
      image:
        registry: ghcr.io
        repository: inspektor-gadget/ig
        tag: v0.30.0
      args: [trace, exec]
    `,
    ["run: [ghcr.io/inspektor-gadget/ig:v0.30.0] trace exec"],
  ],
  [
    "compose: command is what the entry point gets",
    dedent`
      services:
        tracer:
          image: ghcr.io/inspektor-gadget/ig
          command: >
            trace exec
            -c web
    `,
    ["run: [ghcr.io/inspektor-gadget/ig] trace exec -c web"],
  ],
  [
    "compose: an entry point of its own",
    dedent`
      services:
        tracer:
          image: alpine
          entrypoint: [ig]
          command: trace exec
    `,
    ["run: ig trace exec"],
  ],
  [
    "a shell in a container",
    dedent`
      command: [sh, -c]
      args:
        - |
          kubectl gadget trace exec
    `,
    ["run: sh -c kubectl gadget trace exec\n"],
  ],
  ["a probe", "livenessProbe: {exec: {command: [/bin/ig, trace, exec]}}\n", ["run: /bin/ig trace exec"]],
  [
    "a list of words under any key",
    "argv:\n- kubectl\n- gadget\n- top\n- file\n",
    ["run: kubectl gadget top file"],
  ],
  [
    "GitHub steps",
    dedent`
      jobs:
        trace:
          steps:
            - uses: actions/checkout@v4
            - name: trace
              run: |
                set -e
                kubectl gadget trace exec -n $\{{ inputs.ns }}
    `.replace("\\", ""),
    ["run: set -e", "run: kubectl gadget trace exec -n ${{ inputs.ns }}"],
  ],
  [
    "GitLab scripts, one by an anchor",
    dedent`
      .scripts:
        - kubectl gadget top file
      .trace: &trace
        - kubectl gadget trace exec
        - 'kubectl gadget trace open'
      job:
        before_script: [make, ./setup.sh]
        script: *trace
    `,
    [
      "run: kubectl gadget top file",
      "run: kubectl gadget trace exec",
      "run: kubectl gadget trace open",
      "run: make",
      "run: ./setup.sh",
    ],
  ],
  [
    "an anchor of a list of words",
    dedent`
      x: &words [ig, trace, exec]
      a: {command: *words}
      b: {command: *words, args: [-c, web]}
    `,
    ["run: ig trace exec", "run: ig trace exec -c web"],
  ],
  [
    "merged fields",
    dedent`
      base: &base
        command: [kubectl, gadget]
      job:
        <<: *base
        args: [trace, exec]
    `,
    ["run: kubectl gadget", "run: kubectl gadget trace exec"],
  ],
  [
    "scripts in a ConfigMap",
    dedent`
      kind: ConfigMap
      data:
        trace.sh: ig trace exec
        other: |
          #!/bin/bash
          kubectl gadget top file
        python: |
          #!/usr/bin/env python3
          print("no")
        notes: |
          Run this:

            $ kubectl gadget trace dns \
                -n demo

          and kubectl gadget prints what it sees.
    `,
    ["run: ig trace exec", "run: kubectl gadget top file", "data: kubectl gadget trace dns -n demo"],
  ],
  [
    "YAML in a ConfigMap",
    dedent`
      data:
        job.yaml: |
          spec:
            command: ["ig", "trace", "exec"]
    `,
    ["run: ig trace exec"],
  ],
  [
    "Ansible",
    dedent`
      - ansible.builtin.shell: kubectl gadget trace exec > out.txt
      - command: kubectl gadget trace open
        args: {chdir: /tmp}
      - ansible.builtin.command:
          argv: [kubectl, gadget, trace, dns]
    `,
    ["run: kubectl gadget trace exec", "run: kubectl gadget trace open", "run: kubectl gadget trace dns"],
  ],
  [
    "Argo and Tekton scripts",
    dedent`
      script:
        image: alpine
        command: [bash]
        source: |
          ig trace exec
      steps:
        - image: alpine
          script: |
            #!/usr/bin/env bash
            ig trace open
    `,
    ["run: bash", "run: ig trace exec", "run: ig trace open"],
  ],
  [
    "whole commands elsewhere are data, sentences are nothing",
    dedent`
      env:
        - name: CMD
          value: kubectl gadget trace exec -o json
      annotations:
        hint: run kubectl gadget trace exec to see more.
        example.com/command: "kubectl-gadget top file"
        description: kubectl gadget is a plugin for the debugging of pods
    `,
    ["data: kubectl gadget trace exec -o json", "data: kubectl-gadget top file"],
  ],
  [
    "words that are known only later",
    'args: ["gadget", "trace", "{{inputs.parameters.what}}", "-n", $(NAMESPACE), "--x=${Y}", "$$Z", "<pod>"]\nimage: i\n',
    ["run: [kubectl] gadget trace {{inputs.parameters.what}} -n $(NAMESPACE) --x=${Y} $$Z <pod>"],
  ],
  [
    "several documents",
    "command: [ig, trace, exec]\n---\ncommand: [ig, trace, open]\n",
    ["run: ig trace exec", "run: ig trace open"],
  ],
  ["no command", "kind: Role\nrules:\n- resources: [pods, gadgets]\n  verbs: [get]\nname: gadget\n", []],
  ["an empty file", "", []],
  ["a file of comments", "# kubectl gadget trace exec\n", []],
];

describe("yaml", () => {
  it.each(cases)("%s", (_, source, expected) => {
    const reading = read("yaml", source);
    expect(list(reading)).toEqual(expected);
    expect(reading.problems).toEqual([]);
  });

  it.each(cases)("%s, with CRLF and a BOM", (_, source, expected) => {
    const withCrlf = `\uFEFF${source.replaceAll("\n", "\r\n")}`;
    expect(list(read("yaml", withCrlf)).map((each) => each.replaceAll("\r\n", "\n"))).toEqual(expected);
  });
});

describe("scripts of other languages", () => {
  it("are no shell: what looks like a command in them is said to be unread", () => {
    const source = `- shell: python
  run: |
    import os
    os.system("kubectl gadget trace exec")
`;
    const reading = read("yaml", source);
    expect(reading.invocations).toEqual([]);
    expect(reading.problems.map(({ start }) => source.slice(0, start).split("\n").length)).toEqual([4]);
  });
});

describe("constants", () => {
  const constantsOf = (source: string): readonly (readonly string[])[] =>
    read("yaml", source).invocations.map(({ constants }) =>
      constants.map(({ name, value, reference }) => `${name}=${value} ${reference.code}`),
    );

  it.each([
    [
      "GitHub: workflow, job and step, the inner ones first",
      dedent`
        env: {IG_VERSION: v0.40.0, A: x}
        jobs:
          one:
            env: {IG_VERSION: v0.45.0, B: "$(b)"}
            steps:
              - run: ig trace exec
          two:
            steps:
              - run: A=y; ig trace exec
      `,
      [
        ["IG_VERSION=v0.45.0 $IG_VERSION", "A=x $A"],
        ["A=y $A", "IG_VERSION=v0.40.0 $IG_VERSION"],
      ],
    ],
    [
      "Kubernetes: in words too",
      dedent`
        containers:
          - command: [ig, trace, exec]
            env:
              - {name: IG_VERSION, value: v0.45.0}
              - {name: NS, valueFrom: {fieldRef: {}}}
          - command: [ig, trace, open]
      `,
      [["IG_VERSION=v0.45.0 $(IG_VERSION)"], []],
    ],
    ["GitLab", "variables:\n  V: v1\njob:\n  script:\n    - ig trace exec\n", [["V=v1 $V"]]],
    ["a map of the environment is nothing to words", "environment: {V: v1}\ncommand: [ig, trace]\n", [[]]],
  ])("%s", (_, source, expected) => {
    expect(constantsOf(source)).toEqual(expected);
  });
});
