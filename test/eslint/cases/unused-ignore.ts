import { at, type RuleCases } from "./cases.ts";

export const cases: RuleCases = {
  JavaScript: {
    valid: [
      '// gadget-migrate-ignore-next-line\nexecSync("ig trace dns");',
      '// gadget-migrate-ignore-file builtin-gadget\nexecSync("ls");\nexecSync("ig trace dns");',
      {
        name: "in a string it is no comment",
        code: 'const text = "// gadget-migrate-ignore-next-line";',
      },
      {
        name: "what a look besides commands finds counts too",
        code: '// gadget-migrate-ignore-next-line floating-image\nconst image = "ghcr.io/inspektor-gadget/ig:latest";',
      },
      '// gadget-migrate-ignore-file unused-ignore\n// gadget-migrate-ignore-next-line\nexecSync("ls");',
    ],
    invalid: [
      {
        name: "of no use",
        code: '// gadget-migrate-ignore-next-line\nexecSync("ls");',
        errors: [
          {
            message: "Nothing is found where `gadget-migrate-ignore-next-line` would ignore it.",
            line: 1,
            column: 4,
            endLine: 1,
            endColumn: 35,
            suggestions: [],
          },
        ],
        output: null,
      },
      {
        name: "for a rule that there is none of",
        code: '/* gadget-migrate-ignore-next-line builtin-gadgets */\nexecSync("ig trace dns");',
        errors: [{ message: /Did you mean `builtin-gadget`\?$/ }],
        output: null,
      },
      {
        name: "for one of two rules",
        code: 'execSync("ig trace dns"); // gadget-migrate-ignore-line builtin-gadget, floating-image',
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1 }],
        output: null,
      },
    ],
  },
  TypeScript: {
    valid: [
      {
        code: '// gadget-migrate-ignore-next-line\nexecSync("ig trace dns" as string);',
        filename: "a.ts",
      },
    ],
    invalid: [
      {
        code: 'type Word = "ls";\n// gadget-migrate-ignore-next-line\nexecSync("ls" satisfies Word);',
        filename: "a.ts",
        errors: [{ messageId: "found", line: 2, column: 4 }],
        output: null,
      },
    ],
  },
  text: {
    valid: [
      { filename: "a.sh", code: "# gadget-migrate-ignore-next-line\nig trace dns\n" },
      { filename: "a.md", code: "<!-- gadget-migrate-ignore-next-line -->\n\n```sh\nig trace dns\n```\n" },
    ],
    invalid: [
      {
        filename: "a.sh",
        code: "# gadget-migrate-ignore-next-line\nls\n",
        errors: [{ messageId: "found", line: 1, column: 3, endLine: 1, endColumn: 34, suggestions: [] }],
        output: null,
      },
      {
        name: "in a Helm template",
        filename: "templates/a.yaml",
        code: "{{- /* gadget-migrate-ignore-next-line */}}\na: {{ .Values.a }}\n",
        errors: [{ messageId: "found", line: 1 }],
        output: null,
      },
      {
        filename: "Dockerfile",
        code: "FROM a\n# gadget-migrate-ignore-next-line floating-images\nRUN ig trace dns\n",
        errors: [{ message: /Did you mean `floating-image`\?$/, line: 2 }],
        output: null,
      },
    ],
  },
};
