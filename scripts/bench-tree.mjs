/**
 * A repository of many files, the same for the same numbers: kinds, sizes and words as in a large monorepo of services, charts
 * and docs. One file in `every` has commands of built-in gadgets, in turn in each language that is read.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Kinds of files with their share in percent, about as in public projects around Kubernetes, and what they are made of. */
const KINDS = [
  { extension: "go", share: 38, text: "code" },
  { extension: "yaml", share: 22, text: "yaml" },
  { extension: "md", share: 11, text: "prose" },
  { extension: "ts", share: 5, text: "code" },
  { extension: "tsx", share: 2, text: "code" },
  { extension: "js", share: 4, text: "code" },
  { extension: "sh", share: 4, text: "shell" },
  { extension: "py", share: 3, text: "code" },
  { extension: "json", share: 3, text: "json" },
  { extension: "", share: 3, text: "prose" },
  { extension: "png", share: 2, text: "bytes" },
  { extension: "tpl", share: 1, text: "helm" },
  { extension: "html", share: 1, text: "prose" },
  { extension: "css", share: 1, text: "code" },
];

/** About as many with `ig` in them as in real sources, where it makes 0.15 % of all bytes. */
const WORDS = [
  ..."config right design assign signal trigger migrate digital original light foreign sign ignore high weight align".split(
    " ",
  ),
  ...Array.from({ length: 6 }, () =>
    (
      "pod container image name node cluster service deploy trace profile snapshot audit script run top file command " +
      "the of and to in is for that with as on be by this it from are or an at not have if else return const function import " +
      "value type string number key list index data error result request response handler client server context option path " +
      "update create delete get set find read write parse render build test check start stop open close next previous first last " +
      "user account order payment session token cache queue worker event message channel stream buffer record field column table"
    ).split(" "),
  ).flat(),
];

const LINES = {
  code: (w) => [
    `import { ${w()}, ${w()} } from "./${w()}/${w()}";`,
    `export function ${w()}${w()}(${w()}, ${w()}) {`,
    `  const ${w()} = await ${w()}.${w()}("${w()} ${w()}", { ${w()}: ${w()} });`,
    `  // ${w()} ${w()} ${w()} ${w()} ${w()} ${w()} ${w()}`,
    `  if (${w()} !== undefined && ${w()}.${w()} > 0) return ${w()}[${w()}];`,
    `}`,
    ``,
  ],
  yaml: (w) => [
    `${w()}:`,
    `  ${w()}: ${w()}`,
    `  - name: ${w()}-${w()}`,
    `    image: registry.example.com/${w()}/${w()}:1.2.3`,
    `# ${w()} ${w()} ${w()}`,
  ],
  shell: (w) => [
    `${w()}="$(${w()} --${w()} "$${w()}")"`,
    `if [ -n "$${w()}" ]; then`,
    `  kubectl -n ${w()} get ${w()} | grep ${w()}`,
    `fi`,
    `# ${w()} ${w()}`,
  ],
  helm: (w) => [`{{- define "${w()}.${w()}" -}}`, `{{ .Values.${w()} | default "${w()}" }}`, `{{- end }}`],
  json: (w) => [`  "${w()}": "${w()}",`, `  "${w()}": { "${w()}": [1, 2, 3] },`],
  prose: (w) => [
    `## ${w()} ${w()}`,
    ``,
    `${w()} ${w()} ${w()} ${w()} ${w()} ${w()} ${w()} ${w()} ${w()} ${w()} ${w()} ${w()}.`,
    "```",
    `$ ${w()} ${w()} --${w()}`,
    "```",
  ],
};

/** What the files with findings have between their ordinary lines; each once in four. */
const FINDINGS = [
  {
    extension: "sh",
    text: (line) =>
      `#!/bin/sh\n${line(20)}\nkubectl gadget trace exec -n demo --timeout 30\nsudo ig top file -m 10 &\n${line(20)}\n`,
  },
  {
    extension: "yaml",
    text: () =>
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: tracer\nspec:\n  containers:\n    - name: ig\n      image: ghcr.io/inspektor-gadget/ig:v0.40.0\n      command: [ig, trace, open, --host]\n",
  },
  {
    extension: "tpl",
    folder: "templates",
    text: () =>
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  {{- if .Values.debug }}\n  trace.sh: |\n    kubectl gadget trace dns -n {{ .Release.Namespace }}\n  {{- end }}\n",
  },
  {
    extension: "ts",
    text: (line) =>
      `import { spawn } from "node:child_process";\n${line(20)}\nexport const child = spawn("kubectl", ["gadget", "snapshot", "process", "-A"]);\n`,
  },
];

/**
 * Writes the tree and commits it.
 * @param {string} root an empty folder
 * @param {{ files: number, every: number, seed: number }} size
 * @returns {{ files: number, withFindings: number, bytes: number }}
 */
export function growTree(root, { files, every, seed }) {
  const random = randomNumbers(seed);
  const texts = Object.fromEntries(
    Object.entries(LINES).map(([kind, lines]) => [kind, longText(lines, random)]),
  );
  const kinds = KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  const made = { files: 0, withFindings: 0, bytes: 0 };
  const write = (path, content) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    made.files += 1;
    made.bytes += content.length;
  };
  write(".gitignore", "dist/\n*.log\n");
  write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
  for (let i = 0; i < files; i++) {
    const folder = `packages/p${i % 97}/src/d${i % 13}/e${i % 7}`;
    if (i % every === 0) {
      const { extension, text, folder: inside = "src" } = FINDINGS[(i / every) % FINDINGS.length];
      write(
        `packages/p${i % 97}/${inside}/f${i}.${extension}`,
        text((count) => texts.code.slice(0, count * 10).replace(/^/gm, extension === "sh" ? "# " : "// ")),
      );
      made.withFindings += 1;
      continue;
    }
    const { extension, text } = kinds[Math.floor(random() * kinds.length)];
    const length = sizeOf(random);
    const start = Math.floor(random() * 900_000);
    write(
      extension === "" ? `${folder}/NOTES${i}` : `${folder}/f${i}.${extension}`,
      text === "bytes" ? someBytes(length, random) : wholeLines(texts[text], start, length),
    );
  }
  git(root, "init", "--quiet");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "benchmark");
  return made;
}

/** Log-normal, as sizes of source files are: half below 2.5 kB, the mean about 6 kB, few beyond 100 kB. */
function sizeOf(random) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(1_000_000, Math.max(40, Math.round(2500 * Math.exp(1.35 * normal))));
}

/** A word cut in two could look like a command of its own. */
function wholeLines(text, start, length) {
  const from = text.indexOf("\n", start) + 1;
  return text.slice(from, text.indexOf("\n", from + length) + 1);
}

function longText(lines, random) {
  const word = () => WORDS[Math.floor(random() * WORDS.length)];
  let text = "";
  while (text.length < 2_000_000) text += `${lines(word).join("\n")}\n`;
  return text;
}

function someBytes(length, random) {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i += 4)
    bytes.writeUInt32LE(Math.floor(random() * 2 ** 32), Math.min(i, Math.max(0, length - 4)));
  return bytes;
}

/** Mulberry32: small, and good enough for sizes and words. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function git(root, ...args) {
  const settings = [
    "-c",
    "user.name=bench",
    "-c",
    "user.email=bench@example.com",
    "-c",
    "commit.gpgSign=false",
    "-c",
    "gc.auto=0",
    "-c",
    "core.hooksPath=/dev/null",
  ];
  execFileSync("git", ["-C", root, ...settings, ...args], { stdio: ["ignore", "ignore", "inherit"] });
}
