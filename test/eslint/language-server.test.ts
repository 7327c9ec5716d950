import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { applyEdits, type Edit } from "../../src/text/edits.ts";
import { LineIndex } from "../../src/text/lines.ts";
import { BIN, ROOT } from "../support/console.ts";
import { LanguageServer } from "../support/language-server.ts";
import { isMissing, TOOLS } from "../support/tools.ts";
import { makeTree } from "../support/tree.ts";

const SERVER = join(TOOLS, "vscode-langservers-extracted", "bin", "vscode-eslint-language-server");

/** What editors call the languages; one safe command and one unsafe in each. */
const FILES = [
  {
    path: "watch.ts",
    languageId: "typescript",
    text: 'execSync("kubectl gadget trace exec -n demo");\nconst out: Buffer = execSync("kubectl gadget trace dns");\n',
  },
  {
    path: "watch.sh",
    languageId: "shellscript",
    text: "#!/bin/sh\nkubectl gadget trace exec -n demo\nkubectl gadget trace dns | awk '{ print $3 }'\n",
  },
  {
    path: "job.yaml",
    languageId: "yaml",
    text: "- run: kubectl gadget trace exec -n demo\n- run: kubectl gadget trace dns | awk '{ print $3 }'\n",
  },
  {
    path: "charts/watch/templates/job.yaml",
    languageId: "helm",
    text: "{{- if .Values.on }}\n- run: kubectl gadget trace exec -n demo\n- run: kubectl gadget trace dns | awk '{ print $3 }'\n{{- end }}\n",
  },
  {
    path: "Dockerfile",
    languageId: "dockerfile",
    text: "FROM a\nRUN kubectl gadget trace exec -n demo\nRUN kubectl gadget trace dns | awk '{ print $3 }'\n",
  },
  {
    path: "Makefile",
    languageId: "makefile",
    text: "watch:\n\tkubectl gadget trace exec -n demo\n\tkubectl gadget trace dns | awk '{ print $$3 }'\n",
  },
  {
    path: "RUNBOOK.md",
    languageId: "markdown",
    text: "# Watch\n\n```sh\nkubectl gadget trace exec -n demo\nkubectl gadget trace dns | awk '{ print $3 }'\n```\n",
  },
] as const;

interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
  readonly codeDescription?: { readonly href: string };
}

interface Action {
  readonly title: string;
  readonly kind: string;
  readonly command?: { readonly command: string; readonly arguments: readonly unknown[] };
}

interface TextEdit {
  readonly newText: string;
  readonly range: Readonly<Record<"start" | "end", { readonly line: number; readonly character: number }>>;
}

/** The settings that docs/editors.md names, and what editors send along with them. */
function settingsFor(root: string): object {
  return {
    validate: "on",
    run: "onType",
    useFlatConfig: true,
    experimental: { useFlatConfig: false },
    nodePath: null,
    options: {},
    problems: { shortenToSingleLine: false },
    rulesCustomizations: [],
    quiet: false,
    format: false,
    onIgnoredFiles: "off",
    codeAction: {
      disableRuleComment: { enable: true, location: "separateLine" },
      showDocumentation: { enable: true },
    },
    codeActionOnSave: { mode: "all" },
    workspaceFolder: { uri: pathToFileURL(root).href, name: "project" },
    workingDirectory: { directory: root },
  };
}

const CONFIG = `import { parser } from "typescript-eslint";
import gadgetMigrate from "gadget-migrate/eslint";

export default [
  ...gadgetMigrate.configs.recommended,
  { files: ["**/*.ts"], languageOptions: { parser } },
];
`;

/** A project with the plugin installed, as `npm link` does it. */
function makeProject(): string {
  return makeTree({
    "eslint.config.mjs": CONFIG,
    "package.json": "{}",
    "gadget-migrate.config.yaml": "target: v0.45.0\n",
    "node_modules/gadget-migrate": { link: ROOT },
    "node_modules/eslint": { link: join(ROOT, "node_modules", "eslint") },
    "node_modules/typescript-eslint": { link: join(ROOT, "node_modules", "typescript-eslint") },
    ...Object.fromEntries(FILES.map(({ path, text }) => [path, text])),
  });
}

/** What the command line makes of a file. */
function fixedByCommandLine(root: string, path: string, option: string): string {
  const args = [BIN, option, "--stdin-filename", join(root, path)];
  const input = readFileSync(join(root, path), "utf8");
  return spawnSync("node", args, { cwd: root, input, encoding: "utf8" }).stdout;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const lines = new LineIndex(text);
  const own = edits.map(({ newText, range: { start, end } }): Edit => ({
    start: lines.start(start.line + 1) + start.character,
    end: lines.start(end.line + 1) + end.character,
    text: newText,
  }));
  return applyEdits(text, own);
}

describe.skipIf(isMissing(SERVER))("in the language server that editors use", () => {
  test("findings are underlined, a safe fix is the quick fix, an unsafe one a suggestion", async () => {
    const root = makeProject();
    const edits: TextEdit[][] = [];
    const server = new LanguageServer(["node", SERVER, "--stdio"], root, (method, params) => {
      if (method === "workspace/configuration") return [settingsFor(root)];
      if (method !== "workspace/applyEdit") return null;
      const { edit } = params as { edit: { documentChanges: { edits: TextEdit[] }[] } };
      edits.push(edit.documentChanges.flatMap((change) => change.edits));
      return { applied: true };
    });
    const folder = { uri: pathToFileURL(root).href, name: "project" };
    await server.request("initialize", {
      processId: process.pid,
      rootUri: folder.uri,
      workspaceFolders: [folder],
      capabilities: {
        workspace: {
          applyEdit: true,
          configuration: true,
          workspaceFolders: true,
          workspaceEdit: { documentChanges: true },
        },
        textDocument: {
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
          diagnostic: {},
        },
      },
    });
    server.notify("initialized", {});

    for (const { path, languageId, text } of FILES) {
      const uri = pathToFileURL(join(root, path)).href;
      server.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
      const report = await server.request("textDocument/diagnostic", { textDocument: { uri } });
      const { items: diagnostics } = report as { items: Diagnostic[] };
      expect([path, ...diagnostics.map(({ code }) => code)]).toEqual([
        path,
        "gadget-migrate/builtin-gadget",
        "gadget-migrate/builtin-gadget",
      ]);
      expect(diagnostics[0]?.codeDescription?.href).toMatch(/^file:\/\/.*docs\/rules\/builtin-gadget\.md$/);

      const offered = async (diagnostic: Diagnostic): Promise<readonly Action[]> =>
        (await server.request("textDocument/codeAction", {
          textDocument: { uri },
          range: diagnostic.range,
          context: { diagnostics: [diagnostic] },
        })) as Action[];
      const perform = async ({ command }: Action): Promise<string> => {
        await server.request("workspace/executeCommand", command);
        return applied(text, edits.at(-1) ?? []);
      };

      const [safe, unsafe] = diagnostics;
      if (safe === undefined || unsafe === undefined) throw new Error("no diagnostics");
      const fix = (await offered(safe)).find(({ title }) => title.startsWith("Fix this"));
      const suggestion = (await offered(unsafe)).find(({ title }) => title.startsWith("Rewrite to"));
      if (fix === undefined || suggestion === undefined) throw new Error("no actions");
      expect(await perform(fix)).toBe(fixedByCommandLine(root, path, "--fix"));
      const both = fixedByCommandLine(root, path, "--fix=unsafe");
      const lineOf = (whole: string): string | undefined => whole.split("\n")[unsafe.range.start.line];
      expect(lineOf(await perform(suggestion))).toBe(lineOf(both));
      expect((await offered(unsafe)).filter(({ title }) => title.startsWith("Fix this"))).toEqual([]);
    }
    const transcript = process.env["TRANSCRIPT"];
    if (transcript !== undefined) writeFileSync(transcript, server.transcript.join("\n"));
    await server.stop();
  });
});
