/** A source, and the commands in it that hold `gadget`. */
export type Row = readonly [source: string, ...commands: string[]];

/** What reading finds, by what is shown. ESLint's tree must give the same. */
export const sources: Readonly<Record<string, readonly Row[]>> = {
  "strings for the shell": [
    ['exec("kubectl gadget trace exec -n demo")', "run kubectl gadget trace exec -n demo"],
    ["cp.execSync('kubectl gadget trace exec')", "run kubectl gadget trace exec"],
    ["execSync(`kubectl gadget trace exec`)", "run kubectl gadget trace exec"],
    ['shelljs.exec("kubectl gadget trace exec")', "run kubectl gadget trace exec"],
    ['execSync("kubectl gadget trace exec" as string)', "run kubectl gadget trace exec"],
    ['execSync("cd x && sudo kubectl gadget trace exec")', "run sudo kubectl gadget trace exec"],
    ['execSync("kubectl gadget trace exec | jq .pid")', "run kubectl gadget trace exec | jq .pid"],
    ['spawn("kubectl gadget trace exec", { shell: true })', "run kubectl gadget trace exec"],
    ['spawn("kubectl gadget trace exec", [], { shell: true })', "run kubectl gadget trace exec"],
    [
      "execSync(String.raw`kubectl gadget trace exec -F 'comm:\\d'`)",
      "run kubectl gadget trace exec -F comm:\\d",
    ],
  ],
  escapes: [
    ['exec("kubectl\\x20gadget\\u0020trace\\u{20}exec")', "run kubectl gadget trace exec"],
    ['exec("set -e\\nkubectl gadget trace exec")', "run kubectl gadget trace exec"],
    ['exec("kubectl gadget \\\n  trace exec")', "run kubectl gadget trace exec"],
    ["exec(`kubectl gadget \\\\\n  trace exec`)", "run kubectl gadget trace exec"],
    ["exec('kubectl gadget trace exec -F \\'a b\\'')", "run kubectl gadget trace exec -F 'a b'"],
    ["exec(`kubectl gadget trace exec -n \\${NS}`)", "run kubectl gadget trace exec -n ${NS}?"],
  ],
  expressions: [
    ["exec(`kubectl gadget trace exec -n ${ns}`)", "run kubectl gadget trace exec -n ${ns}?"],
    ["exec(`kubectl gadget trace exec -n '${a.b}'`)", "run kubectl gadget trace exec -n ${a.b}"],
    ["exec(`kubectl gadget trace ${g} --x=${f(`y`)}`)", "run kubectl gadget trace ${g}? --x=${f(`y`)}?"],
    ['exec("kubectl gadget trace " + name)', "run kubectl gadget trace ${name}?"],
    [
      'exec("kubectl gadget " + "trace " + "exec -n " + (ns || "x"))',
      "run kubectl gadget trace exec -n '${ns || \"x\"}=x?'",
    ],
    [
      "exec(`kubectl gadget trace exec${ns ? ` -n ${ns}` : ``}`)",
      "run kubectl gadget trace exec '${ns ? ` -n ${ns}` : ``}?'",
    ],
    ["exec(`kubectl gadget trace exec --timeout ${10}`)", "run kubectl gadget trace exec --timeout 10"],
    ["exec(`${bin}/kubectl-gadget trace exec`)", "run ${bin}?/kubectl-gadget trace exec"],
  ],
  names: [
    ['const cmd = "kubectl gadget trace exec"; exec(cmd);', "run kubectl gadget trace exec"],
    ['const base = "kubectl gadget trace"; exec(`${base} exec`);', "run kubectl gadget trace exec"],
    ['const g = "exec"; exec(`kubectl gadget trace ${g}`); log(g);', "run kubectl gadget trace exec"],
    [
      'const g = { a: "trace exec" } as const; exec(`kubectl gadget ${g.a}`);',
      "run kubectl gadget trace exec",
    ],
    ['enum G { A = "trace exec" } exec(`kubectl gadget ${G.A}`);', "run kubectl gadget trace exec"],
    ['const { a } = { a: "trace exec" }; exec(`kubectl gadget ${a}`);', "run kubectl gadget trace exec"],
    ['const t = { a: "trace exec" }; t.a = x; exec(`kubectl gadget ${t.a}`);', "run kubectl gadget ${t.a}?"],
    [
      'const g = "exec"; function f(g) { exec(`kubectl gadget trace ${g}`); }',
      "run kubectl gadget trace ${g}?",
    ],
    ['let g = "exec"; g = y; exec(`kubectl gadget trace ${g}`);', "run kubectl gadget trace ${g}?"],
    [
      'const V = "v0.45.0"; exec(`kubectl gadget run trace_exec:${V}`);',
      "run kubectl gadget run trace_exec:${V}=v0.45.0?",
    ],
    [
      'const K = process.env.K ?? "kubectl"; exec(`${K} gadget trace exec`);',
      "run kubectl gadget trace exec",
    ],
    ['let c = "kubectl gadget trace"; c += " exec"; exec(c);', "run kubectl gadget trace exec"],
    [
      'let c = "kubectl gadget trace exec"; if (a) c += " -A"; exec(c);',
      "run kubectl gadget trace exec '${\" -A\"}?'",
    ],
    [
      'exec(["kubectl", "gadget", "trace", "exec", "-n", ns].join(" "))',
      "run kubectl gadget trace exec -n ${ns}?",
    ],
    [
      'const a = b; const b = a; exec("kubectl gadget trace exec " + a);',
      "run kubectl gadget trace exec ${a}?",
    ],
  ],
  "programs with arrays": [
    ['spawn("kubectl", ["gadget", "trace", "exec"])', "run kubectl gadget trace exec"],
    [
      'execFileSync("kubectl", ["gadget", "trace", "exec", "-n", ns])',
      "run kubectl gadget trace exec -n ${ns}",
    ],
    [
      'await execa("kubectl", ["gadget", `trace`, `exec`, `-n=${ns}`])',
      "run kubectl gadget trace exec -n=${ns}",
    ],
    ['Bun.spawn(["kubectl", "gadget", "trace", "exec"])', "run kubectl gadget trace exec"],
    ['new Deno.Command("kubectl", { args: ["gadget", "trace", "exec"] })', "run kubectl gadget trace exec"],
    ['Deno.run({ cmd: ["kubectl", "gadget", "trace", "exec"] })', "run kubectl gadget trace exec"],
    ['exec.exec("kubectl", ["gadget", "trace", "exec"])', "run kubectl gadget trace exec"],
    ['exec.exec("kubectl gadget", ["trace", "exec"])', "run kubectl gadget trace exec"],
    [
      'import spawn from "cross-spawn"; spawn.sync("kubectl", ["gadget", "top", "tcp"])',
      "run kubectl gadget top tcp",
    ],
    ['run("kubectl", ["gadget", "trace", "exec"])', "run kubectl gadget trace exec"],
    ['run("kubectl", "gadget", "trace", "exec", { cwd })', "run kubectl gadget trace exec"],
    [
      'spawn(path.join(bin, "kubectl-gadget"), ["trace", "exec"])',
      "run '${path.join(bin, \"kubectl-gadget\")}/kubectl-gadget' trace exec",
    ],
    ['spawn("kubectl", "gadget trace exec".split(" "))', "run kubectl gadget trace exec"],
    ['spawn("sh", ["-c", "kubectl gadget trace exec"])', "run sh -c 'kubectl gadget trace exec'"],
  ],
  "arrays by name": [
    ['const a = ["gadget", "trace", "exec"]; spawn("kubectl", a);', "run kubectl gadget trace exec"],
    ['const a = ["gadget", "trace"]; spawn("kubectl", [...a, "exec"]);', "run kubectl gadget trace exec"],
    ['const a = ["gadget"]; a.push("trace", "exec"); spawn("kubectl", a);', "run kubectl gadget trace exec"],
    [
      'const a = ["gadget", "trace", "exec"]; if (n) a.push("-n", n); spawn("kubectl", a);',
      "run kubectl gadget trace exec '...[\"-n\", n]?'",
    ],
    [
      'const a = ["gadget", "trace"]; spawn("kubectl", a.concat(["exec"], rest));',
      "run kubectl gadget trace exec ...rest?",
    ],
    [
      'spawn("kubectl", ["gadget", "trace", "exec", ...(n ? ["-n", n] : [])]);',
      "run kubectl gadget trace exec '...(n ? [\"-n\", n] : [])?'",
    ],
    [
      'spawn("kubectl", ["gadget", "trace", "exec", a && "-A"].filter(Boolean));',
      "run kubectl gadget trace exec '${a && \"-A\"}?'",
    ],
    [
      'spawn("kubectl", ["gadget", "trace", a ? "exec" : "dns"]);',
      'run kubectl gadget trace \'${a ? "exec" : "dns"}=exec/dns\'',
    ],
    ['const g = "exec"; spawn("kubectl", ["gadget", "trace", g]);', "run kubectl gadget trace exec"],
    ['spawn("kubectl", ["gadget", "trace", ...args]);', "run kubectl gadget trace ...args?"],
  ],
  choices: [
    [
      'exec(a ? "kubectl gadget trace exec" : "kubectl gadget trace dns");',
      "run kubectl gadget trace exec",
      "run kubectl gadget trace dns",
    ],
    [
      'for (const c of ["kubectl gadget trace exec", "kubectl gadget top tcp"]) execSync(c);',
      "run kubectl gadget trace exec",
      "run kubectl gadget top tcp",
    ],
    [
      'const t = { a: ["gadget", "trace", "exec"], b: ["gadget", "top", "tcp"] }; spawn("kubectl", t[x]);',
      "run kubectl gadget trace exec",
      "run kubectl gadget top tcp",
    ],
    [
      'spawn("kubectl", a ? ["gadget", "trace", "exec"] : ["gadget", "top", "tcp"]);',
      "run kubectl gadget trace exec",
      "run kubectl gadget top tcp",
    ],
  ],
  "known words": [
    [
      'for (const g of ["exec", "dns"]) exec(`kubectl gadget trace ${g}`);',
      "run kubectl gadget trace ${g}=exec/dns?",
    ],
    [
      'for (const g of ["exec", "dns"]) spawn("kubectl", ["gadget", "trace", g]);',
      "run kubectl gadget trace ${g}=exec/dns",
    ],
    [
      'const l = ["exec"]; l.forEach((g) => exec(`kubectl gadget trace ${g}`));',
      "run kubectl gadget trace ${g}=exec?",
    ],
    [
      'const t = { a: "exec", b: "dns" }; exec(`kubectl gadget trace ${t[x]}`);',
      "run kubectl gadget trace ${t[x]}=exec/dns?",
    ],
    [
      'const t = { a: "exec", b: c }; exec(`kubectl gadget trace ${t[x]}`);',
      "run kubectl gadget trace ${t[x]}?",
    ],
    [
      'exec(`kubectl gadget trace ${a ? "exec" : "dns"}`);',
      'run kubectl gadget trace \'${a ? "exec" : "dns"}=exec/dns?\'',
    ],
    ['exec(`kubectl gadget trace ${a ?? "exec"}`);', "run kubectl gadget trace '${a ?? \"exec\"}=exec?'"],
  ],
  templates: [
    ["await $`kubectl gadget trace exec -n ${ns}`", "run kubectl gadget trace exec -n ${ns}"],
    ['const f = ["-n", "x"]; await $`kubectl gadget trace exec ${f}`', "run kubectl gadget trace exec ${f}?"],
    ["$.sync`kubectl gadget trace exec`", "run kubectl gadget trace exec"],
    ["$({ nothrow: true })`kubectl gadget trace exec`", "run kubectl gadget trace exec"],
    ["Bun.$`kubectl gadget trace exec`", "run kubectl gadget trace exec"],
    [
      'import { $ } from "execa"; await $`kubectl gadget trace exec --f ${f}`',
      "run kubectl gadget trace exec --f ${f}",
    ],
    [
      'import { execaCommand as run } from "execa"; run("kubectl gadget trace exec")',
      "run kubectl gadget trace exec",
    ],
    ["$`kubectl gadget trace exec | jq .pid`", "run kubectl gadget trace exec | jq .pid"],
    ['execa.command("kubectl gadget trace exec")', "run kubectl gadget trace exec"],
  ],
  "renamed functions": [
    [
      'import { exec as run } from "node:child_process"; run("kubectl gadget trace exec")',
      "run kubectl gadget trace exec",
    ],
    ['const run = promisify(exec); run("kubectl gadget trace exec")', "run kubectl gadget trace exec"],
    [
      'const run = util.promisify(cp.exec); run("kubectl gadget trace exec", (e, o) => {})',
      "run kubectl gadget trace exec",
    ],
    [
      'const { exec: run } = require("child_process"); run("kubectl gadget trace exec")',
      "run kubectl gadget trace exec",
    ],
    ['const e = cp.execFile; e("kubectl", ["gadget", "top", "tcp"])', "run kubectl gadget top tcp"],
  ],
  helpers: [
    [
      'const k = (a) => execa("kubectl", a); k(["gadget", "trace", "exec"]);',
      "run kubectl gadget trace exec",
    ],
    [
      'function k(...a) { spawn("kubectl", ["gadget", ...a]); } k("trace", "exec"); k("top", "tcp");',
      "run kubectl gadget trace exec",
      "run kubectl gadget top tcp",
    ],
    ['const k = (c) => exec(`kubectl ${c}`); k("gadget trace exec");', "run kubectl gadget trace exec"],
    [
      'const k = ({ c }) => exec(`kubectl gadget ${c}`); k({ c: "trace exec" });',
      "run kubectl gadget trace exec",
    ],
    [
      'const r = (c) => exec(c); const g = (a) => r(`kubectl gadget ${a}`); g("trace exec");',
      "run kubectl gadget trace exec",
    ],
  ],
  "arrays that are joined": [
    [
      'const a = ["gadget", "trace", "exec"]; a.push("-n", n); exec("kubectl " + a.join(" "));',
      "run kubectl gadget trace exec -n ${n}?",
    ],
    [
      'const a = ["gadget", "trace", "exec"]; if (n) a.push("-n", n); exec("kubectl " + a.join(" "));',
      "run kubectl gadget trace exec '...[\"-n\", n]?'",
    ],
    [
      'exec(["kubectl", "gadget", "trace", "exec", ...rest].join(" "));',
      "run kubectl gadget trace exec ...rest?",
    ],
    [
      'const b = ["gadget", "trace"]; exec(["kubectl", ...b, "exec"].join(" "));',
      "run kubectl gadget trace exec",
    ],
  ],
  "variables that grow": [
    [
      'const a = ["kubectl", "gadget", "trace", "exec"]; if (n) a.push("-n", n); start(a);',
      "run kubectl gadget trace exec '...[\"-n\", n]?'",
    ],
    [
      'let c = "kubectl gadget trace exec"; if (n) c += " -A"; tell(c);',
      "text kubectl gadget trace exec '${\" -A\"}?'",
    ],
    [
      'const k = (a) => spawn("kubectl", a); const a = ["gadget", "top", "tcp"]; if (n) a.push(n); k(a);',
      "run kubectl gadget top tcp ...[n]?",
    ],
    [
      'const a = ["exec"]; a.push(x); for (const g of a) exec(`kubectl gadget trace ${g}`);',
      "run kubectl gadget trace ${g}?",
    ],
    [
      'const a = ["gadget", "trace", "exec"]; a.push("-n", n); exec(`kubectl ${a.join(" ")} | jq .pid`);',
      "run kubectl gadget trace exec -n ${n}? | jq .pid",
    ],
  ],
  methods: [
    [
      'class C { private k(a) { return spawn("kubectl", a); } f() { this.k(["gadget", "trace", "exec"]); } }',
      "run kubectl gadget trace exec",
    ],
    [
      'class C { #k(...a) { spawn("kubectl", ["gadget", ...a]); } f() { this.#k("trace", "exec"); } }',
      "run kubectl gadget trace exec",
    ],
    [
      'class C { exec(c) { cp.exec(`kubectl gadget ${c}`); } } const c = new C(); c.exec("trace exec");',
      "run kubectl gadget trace exec",
    ],
    [
      'class C { static k = (a) => spawn("kubectl", a); } C.k(["gadget", "trace", "exec"]);',
      "run kubectl gadget trace exec",
    ],
    [
      'const o = { k(a) { spawn("kubectl", a); } }; o.k(["gadget", "trace", "exec"]);',
      "run kubectl gadget trace exec",
    ],
    [
      'class C { base = ["gadget", "trace"]; f() { spawn("kubectl", [...this.base, "exec"]); } }',
      "run kubectl gadget trace exec",
    ],
    [
      'class C { constructor(k = "kubectl") { this.k = k; } f() { spawn(this.k, ["gadget", "top", "tcp"]); } }',
      "run ${this.k} gadget top tcp",
    ],
  ],
  objects: [
    ['x = { command: "kubectl", args: ["gadget", "trace", "exec"] }', "run kubectl gadget trace exec"],
    ['x = { command: ["kubectl"], args: ["gadget", "trace", "exec"] }', "run kubectl gadget trace exec"],
    [
      'x = { image: "ghcr.io/inspektor-gadget/ig:v0.30.0", args: ["trace", "exec"] }',
      "run (ghcr.io/inspektor-gadget/ig:v0.30.0) trace exec",
    ],
    ['x = { command: ["kubectl", "gadget", "trace", "exec"] }', "run kubectl gadget trace exec"],
  ],
  text: [
    ['const help = "kubectl gadget trace exec -n demo";', "text kubectl gadget trace exec -n demo"],
    ['console.log("kubectl gadget trace exec");', "text kubectl gadget trace exec"],
    ['throw new Error("kubectl gadget trace exec");', "text kubectl gadget trace exec"],
    ['const out = await sh("kubectl gadget trace exec");', "run kubectl gadget trace exec => captured"],
    ["x = `Usage:\n  $ kubectl gadget trace exec\n`", "text kubectl gadget trace exec"],
    [
      "x = `set -e\nfor p in a b; do\n  kubectl gadget trace exec -p $p\ndone`",
      "text kubectl gadget trace exec -p $p=a/b?",
    ],
    ['write("#!/bin/sh\\nkubectl gadget trace exec\\n");', "run kubectl gadget trace exec"],
    ['const x = <Code text="kubectl gadget trace exec" />;', "text kubectl gadget trace exec"],
    [
      "x = `# Title\n\\`\\`\\`bash\nkubectl gadget trace exec\n\\`\\`\\`\n`",
      "text kubectl gadget trace exec",
    ],
    ["const x = <code>kubectl gadget trace exec</code>;", "text kubectl gadget trace exec"],
    ['x = "kubectl gadget trace " + g + " -n demo"', "text kubectl gadget trace ${g}? -n demo"],
    [
      'x = a ? "kubectl gadget trace exec" : "kubectl gadget trace dns"',
      "text kubectl gadget trace exec",
      "text kubectl gadget trace dns",
    ],
    ['const x = "kubectl gadget trace exec"; tell(x);', "text kubectl gadget trace exec"],
  ],
  nothing: [
    ["// kubectl gadget trace exec"],
    ["/* kubectl gadget trace exec */"],
    ['type T = "kubectl gadget trace exec"; let x: "kubectl gadget trace exec";'],
    ['import x from "kubectl gadget trace exec"; require("kubectl gadget trace exec");'],
    ['x = { "kubectl gadget trace exec": 1 }'],
    ['it("kubectl gadget trace exec works", () => {})'],
    ['describe.only("kubectl gadget trace exec", () => {})'],
    ['test.each([1])("kubectl gadget trace exec", () => {})'],
    ['/kubectl gadget trace exec/.exec("kubectl gadget trace exec")'],
    ['line.includes("kubectl gadget trace exec")'],
    ['if (line === "kubectl gadget trace exec") {}'],
    ['switch (x) { case "kubectl gadget trace exec": }'],
    ['x = "Run kubectl gadget trace exec to see more."'],
    ['x = "kubectl gadget trace exec failed"'],
    ['x = "kubectl gadget trace exec:"'],
    ['x = "--- kubectl gadget trace exec"'],
    ["x = <p>Use kubectl gadget <b>trace exec</b></p>"],
    ['x = <Code text="kubectl gadget trace exec -n &lt;ns&gt;" />'],
  ],
};

const SPAWN = 'spawn("kubectl", ["gadget", "trace", "exec"])';
const EXEC = 'execSync("kubectl gadget trace exec")';

/** What becomes of the output of the last gadget command of a source. */
export const outputs: readonly (readonly [sink: string, source: string])[] = [
  ["stdout", `${EXEC};`],
  ["stdout", `await ${EXEC};`],
  ["captured", `const out = ${EXEC};`],
  ["captured", `const out = ${EXEC}; JSON.parse(out);`],
  ["captured", `const { stdout } = ${EXEC}; parse(stdout);`],
  ["stdout", `const { stderr } = ${EXEC}; parse(stderr);`],
  ["captured", `f(${EXEC}.toString().trim());`],
  ["stdout", `console.log(${EXEC}.toString());`],
  ["stdout", `console.log(\`it says \${${EXEC}}\`);`],
  ["captured", `function f() { return ${EXEC}; }`],
  ["stdout", `function f() { return ${EXEC}; } f();`],
  ["captured", `export function f() { return ${EXEC}; } f();`],
  ["captured", `const f = () => ${EXEC}; g(f());`],
  ["stdout", 'execSync("kubectl gadget trace exec", { stdio: "inherit" });'],
  [
    "stdout",
    'const x = execSync("kubectl gadget trace exec", { stdio: ["pipe", "inherit", "pipe"] }); f(x);',
  ],
  ["discarded", 'spawn("kubectl", ["gadget", "trace", "exec"], { stdio: "ignore" });'],
  ["captured", 'exec("kubectl gadget trace exec", (error, stdout) => parse(stdout));'],
  ["stdout", 'exec("kubectl gadget trace exec", (error, stdout) => console.log(stdout));'],
  ["stdout", 'exec("kubectl gadget trace exec", (error) => fail(error));'],
  ["captured", 'exec("kubectl gadget trace exec", onOutput);'],
  ["stdout", 'exec("kubectl gadget trace exec", options);'],
  ["stdout", 'exec("kubectl gadget trace exec", show); function show(e, out) { console.log(out); }'],
  ["stdout", `const p = ${SPAWN}; p.on("exit", (code) => done(code)); p.kill();`],
  ["captured", `const p = ${SPAWN}; p.stdout.on("data", (d) => parse(d));`],
  ["stdout", `const p = ${SPAWN}; p.stdout.on("data", (d) => process.stdout.write(d));`],
  ["stdout", `${SPAWN}.stdout.pipe(process.stdout);`],
  ["captured", `${SPAWN}.stdout.pipe(parser);`],
  ["captured", `let p; p = ${SPAWN}; p.stdout.on("data", onData);`],
  ["captured", `this.p = ${SPAWN};`],
  ["captured", `const [a] = await Promise.all([${EXEC}, x]); f(a);`],
  ["stdout", `await Promise.all([${EXEC}, x]);`],
  ["stdout", `${EXEC}.catch(() => {});`],
  ["captured", `${EXEC}.then((out) => parse(out));`],
  ["stdout", `void ${EXEC};`],
  ["stdout", `it("does", () => ${EXEC});`],
  ["stdout", `await Promise.all(list.map((x) => ${EXEC}));`],
  ["captured", `f(await Promise.all(list.map((x) => ${EXEC})));`],
  ["stdout", `if (${EXEC}.status === 0) {}`],
  ["captured", "const { stdout } = await $`kubectl gadget trace exec`; f(stdout);"],
  ["stdout", "await $({ stdio: 'inherit' })`kubectl gadget trace exec`;"],
  [
    "captured",
    'const c = new Deno.Command("kubectl", { args: ["gadget", "top", "tcp"] }); const { stdout } = await c.output(); f(stdout);',
  ],
  [
    "stdout",
    'const c = new Deno.Command("kubectl", { args: ["gadget", "top", "tcp"] }); const { code } = await c.output(); f(code);',
  ],
  [
    "captured",
    'const k = (a) => execa("kubectl", a); k(["gadget", "top", "tcp"]); f(await k(["gadget", "top", "tcp"]));',
  ],
];
