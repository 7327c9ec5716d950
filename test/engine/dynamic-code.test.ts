import { describe, expect, test } from "vitest";
import { scan } from "../../src/engine/scan.ts";
import type { Finding } from "../../src/rules/finding.ts";

async function findingsOf(path: string, text: string): Promise<readonly Finding[]> {
  const target = () => ({ version: "v0.55.1", source: "option", evidence: [] }) as const;
  const { files } = await scan([{ path, text }], { target });
  return files.flatMap(({ findings }) => findings);
}

/** The notes of the findings, by their ids, with what they say. */
async function notesOf(path: string, text: string): Promise<ReadonlyMap<string, string>> {
  const notes = (await findingsOf(path, text)).flatMap((finding) => finding.notes);
  return new Map(notes.map(({ messageId, args }) => [messageId, args["code"] ?? args["word"] ?? ""]));
}

describe("a gadget that is known only at run time is written anew", () => {
  test.each([
    ["a.sh", 'kubectl gadget "$cat" "$res"', 'kubectl gadget run "${cat}_${res//-/}:v0.55.1"'],
    ["a.ps1", "kubectl gadget $cat $res", "kubectl gadget run ${cat}_$($res.Replace('-', '')):v0.55.1"],
    ["a.cmd", "kubectl gadget %CAT% %RES%", "kubectl gadget run %CAT%_%RES:-=%:v0.55.1"],
    ["a.mk", "a:\n\tig trace $(KIND) -c $(C)", "ig run trace_$(KIND):v0.55.1 -c $(C)"],
    ["a.mk", "a:\n\tkubectl gadget $(CAT) $(RES)", "kubectl gadget run $(CAT)_$(RES):v0.55.1"],
    ["a.just", "a kind:\n    ig trace {{kind}}", "ig run trace_{{kind}}:v0.55.1"],
    ["Taskfile.yml", "tasks:\n  a: ig trace {{.KIND}}", "ig run trace_{{.KIND}}:v0.55.1"],
    ["Dockerfile", "FROM a\nRUN ig trace ${KIND}", "ig run trace_${KIND}:v0.55.1"],
  ])("in the line itself, where that can be pasted: %s", async (path, text, after) => {
    const [finding] = await findingsOf(path, text);
    expect(finding?.after).toBe(after);
  });

  test.each([
    [
      "a.go",
      'var c = exec.Command("kubectl", "gadget", cat, res)',
      'var c = exec.Command("kubectl", "gadget", "run", cat + "_" + strings.ReplaceAll(res, "-", "") + ":v0.55.1")',
    ],
    [
      "a.py",
      'run(["kubectl", "gadget", cat, res, "-o", "json"])',
      `run(["kubectl", "gadget", "run", f"{cat}_{res.replace('-', '')}:v0.55.1", "-o", "json"])`,
    ],
    [
      "a.rs",
      'fn f() { Command::new("ig").args(&["trace", kind]).spawn(); }',
      'fn f() { Command::new("ig").args(&["run", &format!("trace_{kind}:v0.55.1")]).spawn(); }',
    ],
    ["a.yaml", 'command: ["ig", "trace", "$(KIND)"]', 'command: ["ig", "run", "trace_$(KIND):v0.55.1"]'],
    [
      "chart/templates/a.yaml",
      'command: ["ig", "trace", {{ .Values.kind | quote }}]',
      'command: ["ig", "run", "trace_{{ .Values.kind }}:v0.55.1"]',
    ],
  ])("in the language of its place: %s", async (path, text, code) => {
    expect((await notesOf(path, text)).get("dynamic-code")).toBe(code);
  });

  test.each([
    ["a place that can take them out", "a.py", 'run(["kubectl", "gadget", cat, res])', undefined],
    ["a place that cannot", "a.yaml", 'command: ["kubectl", "gadget", "$(CAT)", "$(RES)"]', "$(RES)"],
    ["a sum", "a.go", 'var c = exec.Command("sh", "-c", "kubectl gadget "+cat+" "+res)', "res"],
    ["names that have none", "a.yaml", 'command: ["ig", "trace", "$(KIND)"]', undefined],
  ])("what is said of dashes in %s", async (_, path, text, word) => {
    expect((await notesOf(path, text)).get("dashes-go")).toBe(word);
  });
});
