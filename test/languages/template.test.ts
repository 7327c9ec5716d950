import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openTemplate } from "../../src/languages/template.ts";

describe("what a template fills in", () => {
  test.each([
    ["a.md.j2", "run {{ x }} now", "run xxxxxxx now"],
    ["a.md.j2", "a {# note #} b", "a            b"],
    ["a.service.tmpl", "ExecStart=ig {{ .Args }}", "ExecStart=ig xxxxxxxxxxx"],
    ["a.service.tmpl", "{{- if .X }}a{{ end }}", "            a         "],
    ["a.sh.erb", "kubectl <%= ns %> <% if x %>y", "kubectl xxxxxxxxx           y"],
    ["a.sh.in", "ig@VERSION@ a@b", "igxxxxxxxxx a@b"],
    ["a.sh.example", "{{ x }}", "{{ x }}"],
    ["a.sh.tmpl", "{{ x }}", "{{ x }}"],
  ])("%s: %j", (path, text, masked) => {
    const language = path.includes(".sh") ? "shell" : "markdown";
    expect(openTemplate(path, language, text).text).toBe(masked);
  });

  test("control alone on its line goes, and lets a command go on", () => {
    const text = "a \\\n{% if x %}\n  -n b\n{% endif %}\nc";
    expect(openTemplate("a.sh.j2", "shell", text).text).toBe(
      `a \\\n         \\\n  -n b\n${"\n".repeat(11)}\nc`,
    );
  });

  test("nothing moves, and every hole knows its code", () => {
    const parts = fc.array(fc.constantFrom("{{", "}}", "{%", "%}", "a ", "\n", "\\\n", "<%=", "%>", "@A@"));
    const path = fc.constantFrom("a.md.j2", "a.md.tmpl", "a.md.erb", "a.md.in");
    fc.assert(
      fc.property(parts, path, (words, name) => {
        const text = words.join("");
        const { text: masked, holes } = openTemplate(name, "markdown", text);
        expect(masked).toHaveLength(text.length);
        for (const { start, end, code } of holes) expect(text.slice(start, end)).toBe(code);
      }),
    );
  });
});
