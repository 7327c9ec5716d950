import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { display, type Invocation, type Value } from "../../../src/commands/command.ts";
import { newValue, rewrite } from "../../../src/commands/rewrite.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import type { NewWord } from "../../../src/translate/translation.ts";
import { readSource } from "./reading.ts";
import { runs } from "../../support/property-runs.ts";

/** The first command of a source whose gadget is known. */
function commandIn(source: string): Invocation {
  const found = readSource(source).invocations.find(({ words }) =>
    words.some((word) => /exec|te:|gadget .*(?:exec|te:)|^x$|args/.test(display(word.value))),
  );
  if (found === undefined) throw new Error(`no command in ${source}`);
  return found;
}

/** `0`: the old word 0; `2=run`: `run` in place of the old word 2; `+-A`: `-A` as a new word; `$X` at an end: the constant X. */
function plan(text: string): readonly NewWord[] {
  return text.split(" ").map((item): NewWord => {
    const [, index, added] = /^(?:(\d+)(?:=|$)|\+)(.*)$/s.exec(item) ?? [];
    if (index !== undefined && !item.includes("=")) return { keep: Number(index) };
    const [, head = "", name] = /^(.*?)(?:\$(\w+))?$/s.exec((added ?? "").replaceAll("_", " ")) ?? [];
    const text = head === "" && name !== undefined ? [] : [head];
    const write: Value = name === undefined ? text : [...text, { code: `\${${name}}`, words: "one" }];
    return index === undefined ? { write } : { write, replaces: Number(index) };
  });
}

/** The source after the change, proven to read as meant; null when it is refused. */
function edited(source: string, next: readonly NewWord[]): string | null {
  const { words } = commandIn(source);
  const edits = rewrite(words, next);
  if (edits === null) return null;
  const result = applyEdits(source, edits);
  const meant = next.map((word) => display(newValue(words, word)));
  expect(commandIn(result).words.map((word) => display(word.value))).toEqual(meant);
  return result;
}

type Row = readonly [source: string, plan: string, result: string | null];

const GADGET = "0 1 2=run 3=te:1";

const tables: Readonly<Record<string, readonly Row[]>> = {
  strings: [
    ['exec("kubectl gadget trace exec");', `${GADGET} +-A`, 'exec("kubectl gadget run te:1 -A");'],
    [
      "exec('kubectl gadget trace exec -A');",
      `${GADGET} +-F +a_b 4`,
      "exec('kubectl gadget run te:1 -F \\'a b\\' -A');",
    ],
    ["exec(`kubectl gadget trace exec -A`);", GADGET, "exec(`kubectl gadget run te:1`);"],
    [
      "exec(`kubectl gadget trace exec`);",
      `${GADGET} +\`\${x}\\`,
      "exec(`kubectl gadget run te:1 '\\`\\${x}\\\\'`);",
    ],
    [
      'exec("kubectl\\x20gadget trace\\u0020exec\\nls; kubectl gadget trace exec");',
      `${GADGET} +x`,
      'exec("kubectl\\x20gadget run\\u0020te:1 x\\nls; kubectl gadget trace exec");',
    ],
    [
      "exec(String.raw`kubectl gadget trace exec`)",
      `${GADGET} +a\\d`,
      "exec(String.raw`kubectl gadget run te:1 'a\\d'`)",
    ],
    ["exec(String.raw`kubectl gadget trace exec`)", `${GADGET} +a\`d`, null],
    [
      "x = <code>kubectl gadget trace exec</code>",
      `${GADGET} +-A`,
      "x = <code>kubectl gadget run te:1 -A</code>",
    ],
    ["x = <code>kubectl gadget trace exec</code>", `${GADGET} +{x}`, null],
    [
      'x = <Code text="kubectl gadget trace exec" />',
      `${GADGET} +-A`,
      'x = <Code text="kubectl gadget run te:1 -A" />',
    ],
  ],
  expressions: [
    [
      "exec(`kubectl gadget trace exec -n ${a.b} -A`)",
      `${GADGET} 4 5 +-x`,
      "exec(`kubectl gadget run te:1 -n ${a.b} -x`)",
    ],
    [
      "exec(`kubectl gadget trace exec -n ${a.b}`)",
      `${GADGET} 4 5 +-x`,
      "exec(`kubectl gadget run te:1 -n ${a.b} -x`)",
    ],
    ["exec(`kubectl gadget trace exec -n ${a.b}`)", GADGET, "exec(`kubectl gadget run te:1`)"],
    [
      "exec(`kubectl gadget trace exec${n ? ` -n ${n}` : ''}`)",
      `${GADGET} +-x 4`,
      "exec(`kubectl gadget run te:1 -x${n ? ` -n ${n}` : ''}`)",
    ],
    [
      "exec(`kubectl gadget trace exec${n ? ` -n ${n}` : ''}`)",
      `${GADGET} 4 +-x`,
      "exec(`kubectl gadget run te:1${n ? ` -n ${n}` : ''} -x`)",
    ],
    [
      'exec("kubectl gadget trace exec -n " + ns)',
      `${GADGET} 4 5 +-x`,
      'exec("kubectl gadget run te:1 -n " + ns + " -x")',
    ],
    [
      'exec("kubectl gadget trace exec -n " + ns)',
      `${GADGET} +-x 4 5`,
      'exec("kubectl gadget run te:1 -x -n " + ns)',
    ],
    [
      'exec("kubectl gadget trace exec -n " + (ns || "a") + " -A")',
      `${GADGET} 4 5 +-x 6`,
      'exec("kubectl gadget run te:1 -n " + (ns || "a") + " -x -A")',
    ],
    ['exec("kubectl gadget trace exec -n " + ns)', GADGET, null],
    [
      'exec("kubectl gadget trace exec" + (n ? " -A" : ""))',
      `${GADGET} +-x 4`,
      'exec("kubectl gadget run te:1 -x" + (n ? " -A" : ""))',
    ],
    [
      'exec("kubectl gadget " + "trace " + "exec")',
      `${GADGET} +-x`,
      'exec("kubectl gadget " + "run " + "te:1 -x")',
    ],
    [
      'let c = "kubectl gadget trace exec"; if (n) c += " -A"; exec(c);',
      `${GADGET} 4 +-x`,
      'let c = "kubectl gadget run te:1"; if (n) c += " -A"; exec(c + " -x");',
    ],
    [
      "await $`kubectl gadget trace exec -n ${ns}`",
      `${GADGET} 4 5 +-x`,
      "await $`kubectl gadget run te:1 -n ${ns} -x`",
    ],
  ],
  "growing strings": [
    [
      'let c = "kubectl gadget trace exec"; if (n) c += " -A"; exec(c);',
      `${GADGET} +-x 4`,
      'let c = "kubectl gadget run te:1 -x"; if (n) c += " -A"; exec(c);',
    ],
    [
      'let c = "kubectl gadget trace exec"; c += " -A"; exec(c);',
      `${GADGET} 4 +-x`,
      'let c = "kubectl gadget run te:1"; c += " -A -x"; exec(c);',
    ],
    [
      'const b = "kubectl gadget trace exec -n "; exec(b + ns);',
      `${GADGET} 4 5 +-x`,
      'const b = "kubectl gadget run te:1 -n "; exec(b + ns + " -x");',
    ],
    [
      'const b = "kubectl gadget "; const g = "exec"; exec(b + "trace " + g); f(g);',
      GADGET,
      'const b = "kubectl gadget "; const g = "exec"; exec(b + "run te:1"); f(g);',
    ],
  ],
  names: [
    [
      'const c = "kubectl gadget trace exec"; exec(c);',
      `${GADGET} +-A`,
      'const c = "kubectl gadget run te:1 -A"; exec(c);',
    ],
    [
      'const b = "kubectl gadget trace"; exec(`${b} exec`);',
      GADGET,
      'const b = "kubectl gadget run"; exec(`${b} te:1`);',
    ],
    [
      'const g = "exec"; exec(`kubectl gadget trace ${g}`);',
      GADGET,
      'const g = "te:1"; exec(`kubectl gadget run ${g}`);',
    ],
    [
      'const g = "exec"; exec(`kubectl gadget trace ${g}`); f(g);',
      GADGET,
      'const g = "exec"; exec(`kubectl gadget run te:1`); f(g);',
    ],
    [
      'const g = "exec"; exec("kubectl gadget trace " + g); f(g);',
      GADGET,
      'const g = "exec"; exec("kubectl gadget run te:1"); f(g);',
    ],
    [
      'export const g = "exec"; spawn("kubectl", ["gadget", "trace", g]);',
      GADGET,
      'export const g = "exec"; spawn("kubectl", ["gadget", "run", "te:1"]);',
    ],
    [
      'const g = "exec"; spawn("kubectl", ["gadget", "trace", g]);',
      GADGET,
      'const g = "te:1"; spawn("kubectl", ["gadget", "run", g]);',
    ],
    ['const K = process.env.K ?? "kubectl"; exec(`${K} gadget trace exec`);', "0=x 1 2 3", null],
    [
      'const K = process.env.K ?? "kubectl"; exec(`${K} gadget trace exec`);',
      GADGET,
      'const K = process.env.K ?? "kubectl"; exec(`${K} gadget run te:1`);',
    ],
  ],
  constants: [
    [
      'const V = "v1.2.3"; exec(`kubectl gadget trace exec`);',
      "0 1 2=run 3=te:$V",
      'const V = "v1.2.3"; exec(`kubectl gadget run "te:${V}"`);',
    ],
    [
      'const V = "v1.2.3"; exec("kubectl gadget trace exec -A");',
      "0 1 2=run 3=te:$V 4",
      'const V = "v1.2.3"; exec("kubectl gadget run \\"te:" + V + "\\" -A");',
    ],
    [
      'const V = "v1.2.3"; spawn("kubectl", ["gadget", "trace", "exec"]);',
      "0 1 2=run 3=te:$V",
      'const V = "v1.2.3"; spawn("kubectl", ["gadget", "run", `te:${V}`]);',
    ],
    [
      'const V = "v1.2.3"; spawn("kubectl", ["gadget", "trace", "exec"]);',
      `${GADGET} +$V`,
      'const V = "v1.2.3"; spawn("kubectl", ["gadget", "run", "te:1", V]);',
    ],
  ],
  arrays: [
    [
      'spawn("kubectl", ["gadget", "trace", "exec"])',
      `${GADGET} +-A +x_y`,
      'spawn("kubectl", ["gadget", "run", "te:1", "-A", "x y"])',
    ],
    [
      "spawn('kubectl', ['gadget', 'trace', 'exec', '-A'])",
      GADGET,
      "spawn('kubectl', ['gadget', 'run', 'te:1'])",
    ],
    [
      "spawn('kubectl', ['gadget', 'trace', 'exec', ns])",
      `${GADGET} +it's 4`,
      "spawn('kubectl', ['gadget', 'run', 'te:1', 'it\\'s', ns])",
    ],
    [
      'spawn("kubectl", ["gadget", "trace", "exec", "-A", "-x",])',
      `${GADGET} 5`,
      'spawn("kubectl", ["gadget", "run", "te:1", "-x",])',
    ],
    [
      'spawn("kubectl", ["gadget", "trace", "exec", "-A",])',
      GADGET,
      'spawn("kubectl", ["gadget", "run", "te:1",])',
    ],
    [
      'spawn("kubectl", [\n  "gadget",\n  "trace",\n  "exec",\n])',
      `${GADGET} +-A`,
      'spawn("kubectl", [\n  "gadget",\n  "run",\n  "te:1",\n  "-A",\n])',
    ],
    [
      'spawn("kubectl", [\r\n\t"gadget",\r\n\t"trace",\r\n\t"exec"\r\n])',
      `${GADGET} +-A`,
      'spawn("kubectl", [\r\n\t"gadget",\r\n\t"run",\r\n\t"te:1",\r\n\t"-A"\r\n])',
    ],
    [
      'spawn("kubectl", [\n  "gadget", "trace", "exec",\n  "-n", ns,\n])',
      `${GADGET} 4 5 +-A`,
      'spawn("kubectl", [\n  "gadget", "run", "te:1",\n  "-n", ns, "-A",\n])',
    ],
    [
      'spawn("kubectl", [\n  "gadget",\n  "trace",\n  "exec", // one\n  "-A", // two\n  "-x", // three\n])',
      `${GADGET} 5`,
      'spawn("kubectl", [\n  "gadget",\n  "run",\n  "te:1", // one\n  // two\n  "-x", // three\n])',
    ],
    [
      'spawn("kubectl", ["gadget", "trace", "exec", (a ? b : c)])',
      `${GADGET} 4 +-A`,
      'spawn("kubectl", ["gadget", "run", "te:1", (a ? b : c), "-A"])',
    ],
    [
      'spawn("kubectl-gadget", ["trace", "exec"])',
      "0 +x 1 2",
      'spawn("kubectl-gadget", ["x", "trace", "exec"])',
    ],
    ['spawn("kubectl-gadget", args)', "0 +x 1", 'spawn("kubectl-gadget", ["x", ...args])'],
    ['spawn("kubectl-gadget", args)', "0 1 +x", 'spawn("kubectl-gadget", [...args, "x"])'],
    [
      'const a = ["gadget", "trace", "exec"]; if (n) a.push("-n", n); spawn("kubectl", a);',
      `${GADGET} 4 +-A`,
      'const a = ["gadget", "run", "te:1"]; if (n) a.push("-n", n); spawn("kubectl", [...a, "-A"]);',
    ],
    [
      'const a = ["gadget", "trace", "exec"]; a.push("-n", n); spawn("kubectl", a);',
      `${GADGET} 4 5 +-A`,
      'const a = ["gadget", "run", "te:1"]; a.push("-n", n, "-A"); spawn("kubectl", a);',
    ],
    [
      'const a = ["gadget", "trace", "exec"]; a.push("-n", n); spawn("kubectl", a);',
      GADGET,
      'const a = ["gadget", "run", "te:1"]; a.push(); spawn("kubectl", a);',
    ],
    [
      'const a = ["gadget", "trace"]; spawn("kubectl", [...a, "exec"]);',
      `${GADGET} +-A`,
      'const a = ["gadget", "run"]; spawn("kubectl", [...a, "te:1", "-A"]);',
    ],
    [
      'spawn("kubectl", "gadget trace exec -A".split(" "))',
      `${GADGET} +-x`,
      'spawn("kubectl", "gadget run te:1 -x".split(" "))',
    ],
    ['spawn("kubectl", "gadget trace exec".split(" "))', `${GADGET} +x_y`, null],
    [
      'run("kubectl", "gadget", "trace", "exec", { cwd })',
      `${GADGET} +-A`,
      'run("kubectl", "gadget", "run", "te:1", "-A", { cwd })',
    ],
    [
      'exec.exec("kubectl gadget", ["trace", "exec"])',
      GADGET,
      'exec.exec("kubectl gadget", ["run", "te:1"])',
    ],
  ],
  "joined arrays": [
    [
      'exec(["kubectl", "gadget", "trace", "exec", "-A"].join(" "))',
      `${GADGET} +-x`,
      'exec(["kubectl", "gadget", "run", "te:1", "-x"].join(" "))',
    ],
    [
      'const a = ["gadget", "trace", "exec"]; exec(`kubectl ${a.join(" ")}`)',
      `${GADGET} +-x`,
      'const a = ["gadget", "run", "te:1", "-x"]; exec(`kubectl ${a.join(" ")}`)',
    ],
    ['const a = ["gadget", "trace", "exec"]; exec("kubectl " + a.join(" "))', `${GADGET} +x_y`, null],
    [
      'const a = ["gadget", "trace", "exec", n]; exec("sudo kubectl " + a.join(" "))',
      "0 1 2 3=run 4=te:1 5",
      'const a = ["gadget", "run", "te:1", n]; exec("sudo kubectl " + a.join(" "))',
    ],
    [
      'const a = ["gadget", "trace", "exec"]; exec(`kubectl ${a.join(" ")} | jq .`)',
      `${GADGET} +-x`,
      'const a = ["gadget", "run", "te:1"]; exec(`kubectl ${a.join(" ")} -x | jq .`)',
    ],
    [
      'class C { #k(a) { exec(`kubectl ${a.join(" ")}`); } f() { const b = ["gadget", "trace", "exec"]; if (n) b.push(n); this.#k(b); } }',
      `${GADGET} 4 +-x`,
      'class C { #k(a) { exec(`kubectl ${a.join(" ")}`); } f() { const b = ["gadget", "run", "te:1"]; if (n) b.push(n); this.#k([...b, "-x"]); } }',
    ],
  ],
  helpers: [
    [
      'const k = (a) => execa("kubectl", a); k(["gadget", "trace", "exec"]);',
      `${GADGET} +-A`,
      'const k = (a) => execa("kubectl", a); k(["gadget", "run", "te:1", "-A"]);',
    ],
    [
      'const t = (g) => exec(`kubectl gadget trace ${g}`); t("exec");',
      GADGET,
      'const t = (g) => exec(`kubectl gadget run ${g}`); t("te:1");',
    ],
    [
      'export const k = (...a) => execa("kubectl", ["gadget", ...a]); k("trace", "exec");',
      `${GADGET} +-A`,
      'export const k = (...a) => execa("kubectl", ["gadget", ...a]); k("run", "te:1", "-A");',
    ],
  ],
};

describe.each(Object.entries(tables))("%s", (_name, rows) => {
  test.each(rows)("%s: %s", (source, text, result) => {
    expect(edited(source, plan(text))).toBe(result);
  });
});

test("what others call too is not changed for one command", () => {
  const source = 'export const t = (g) => exec(`kubectl gadget trace ${g}`); t("exec");';
  const known = readSource(source).invocations.find(({ words }) => words[3]?.value[0] === "exec");
  expect(known?.words.length).toBe(4);
  expect(rewrite(known?.words ?? [], plan(GADGET))).toBeNull();
  expect(rewrite(known?.words ?? [], plan("0 1 2 3=te:1"))).toEqual([
    { start: source.indexOf('"exec"') + 1, end: source.lastIndexOf('"'), text: "te:1" },
  ]);
});

describe("any text can be written into", () => {
  const templates: readonly string[] = [
    'exec("kubectl gadget trace exec -n demo");',
    "exec('kubectl gadget trace exec -n demo');",
    "exec(`kubectl gadget trace exec -n demo`);",
    "exec(`kubectl gadget trace exec -n demo ${x}`);",
    'exec("kubectl gadget trace exec -n demo " + x);',
    'spawn("kubectl", ["gadget", "trace", "exec", "-n", "demo"]);',
    "spawn('kubectl', ['gadget', 'trace', 'exec', '-n', 'demo']);",
    "spawn(`kubectl`, [`gadget`, `trace`, `exec`, `-n`, `demo`]);",
    'spawn("bash", ["-c", "kubectl gadget trace exec -n demo"]);',
  ];
  // A shell cannot hold NUL, and reads a lone surrogate, a carriage return or a template of its own as something else.
  const word = fc
    .string({ unit: "binary", minLength: 1 })
    .filter((text) => !/[\0\r]|\{[{%]|^<|<[^>]*>|-?gadget/.test(text));

  test.each(templates)("%s", (source) => {
    fc.assert(
      fc.property(word, word, (replaced, added) => {
        const { words } = commandIn(source);
        if (words.length < 6) return;
        const next: NewWord[] = words.map((_, keep) => ({ keep }));
        next[5] = { write: [replaced], replaces: 5 };
        next.splice(6, 0, { write: [added] });
        expect(edited(source, next)).not.toBeNull();
      }),
      { numRuns: runs(60) },
    );
  });
});
