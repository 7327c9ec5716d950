import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeTree } from "../support/tree.ts";

/** What each shell offers for a command line whose last word is being typed. */
const SHELLS = {
  bash: bashOffers,
  zsh: zshOffers,
  fish: fishOffers,
} as const;

const CASES: readonly (readonly [
  words: readonly string[],
  has: readonly string[],
  hasNot: readonly string[],
])[] = [
  [["ex"], ["explain"], ["matrix"]],
  [["--image"], ["--image-style"], ["--format"]],
  [["--image-style", ""], ["short", "full"], ["keep"]],
  [["--format", "js"], ["json"], ["text"]],
  [["--target", "v0.55"], ["v0.55.1"], ["v0.45.0"]],
  [["explain", "trace", "op"], ["open"], ["exec", "trace"]],
  [["explain", "unkn"], ["unknown-gadget"], ["explain"]],
  [["explain", "--s"], ["--sources"], ["--strict"]],
  [["explain", "--format", "m"], ["markdown"], ["matrix"]],
  [["images", "--tool", ""], ["ig", "skopeo"], ["short"]],
  [["completion", ""], ["bash", "zsh", "fish"], ["assess"]],
  [["--config", "own"], ["own.yaml"], ["explain"]],
];

describe.each(["bash", "zsh", "fish"] as const)("%s", (shell) => {
  test.each(CASES)("offers for %j", async (words, has, hasNot) => {
    const folder = makeTree({ "own.yaml": "" });
    const { code, stdout: script } = await runCli(folder, ["completion", shell]);
    expect(code).toBe(0);
    const offers = SHELLS[shell](folder, script, words);
    expect(offers).toEqual(expect.arrayContaining([...has]));
    for (const one of hasNot) expect(offers).not.toContain(one);
  });
});

test("another shell is refused", async () => {
  const { code, stderr } = await runCli(".", ["completion", "tcsh"]);
  expect([code, stderr]).toEqual([2, 'gadget-migrate: completion takes bash, zsh or fish; got "tcsh".\n']);
});

function bashOffers(cwd: string, script: string, words: readonly string[]): readonly string[] {
  const line = ["gadget-migrate", ...words].map((word) => `'${word}'`).join(" ");
  return run("bash", cwd, [
    "--norc",
    "-c",
    `${script}
COMP_WORDS=(${line}); COMP_CWORD=${words.length}
_gadget_migrate
# What -o default does where the function offers nothing.
if [[ \${#COMPREPLY[@]} == 0 ]]; then COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); fi
printf '%s\\n' "\${COMPREPLY[@]}"`,
  ]);
}

/** The builtins that only work in a running completion are stood in for; what they filter by is what was typed. */
function zshOffers(cwd: string, script: string, words: readonly string[]): readonly string[] {
  const line = ["gadget-migrate", ...words].map((word) => `'${word}'`).join(" ");
  const typed = words.at(-1) ?? "";
  return run("zsh", cwd, [
    "-f",
    "-c",
    `compdef() { :; }
compadd() { shift; print -l -- \${(M)@:#\${PREFIX}*}; }
compset() { PREFIX=\${PREFIX#*=}; }
_files() { print -l -- \${PREFIX}*(N); }
${script}
words=(${line}); CURRENT=${words.length + 1}; PREFIX='${typed}'
_gadget_migrate`,
  ]);
}

function fishOffers(cwd: string, script: string, words: readonly string[]): readonly string[] {
  const line = ["gadget-migrate", ...words].join(" ");
  return run("fish", cwd, ["--no-config", "-c", `${script}\ncomplete -C '${line}'`]).map(
    (offer) => offer.split("\t")[0] ?? "",
  );
}

function run(program: string, cwd: string, words: readonly string[]): readonly string[] {
  const { stdout, stderr, error } = spawnSync(program, words, {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: cwd },
  });
  if (error !== undefined) throw error;
  if (stderr !== "") throw new Error(stderr);
  return stdout.split("\n").filter((offer) => offer !== "");
}
