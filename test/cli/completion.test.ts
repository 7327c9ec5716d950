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
  [["--rule", "unkn"], ["unknown-gadget"], ["unused-ignore"]],
  [["--format", "text,js"], ["text,json"], ["text,text", "json"]],
  [["--format", "text,json,"], ["text,json,sarif"], ["text,json,text", "text,json,json"]],
  [["--rule", "builtin-gadget,unkn"], ["builtin-gadget,unknown-gadget"], ["own.yaml"]],
  [["--gadget", "trace_ex"], ["trace_exec"], ["trace_open"]],
  [["--gadget", "trace_exec,trace_op"], ["trace_exec,trace_open"], ["trace_exec,trace_exec"]],
  [["--output", "r.txt,ow"], ["r.txt,own.yaml"], ["r.txt,explain"]],
  [["--baseline", "own"], ["own.yaml"], []],
  [["--registry", "ow"], [], ["own.yaml"]],
  [["--pin", "own"], [], ["own.yaml"]],
  [["init", "--"], ["--dry-run", "--yes", "--target"], ["--format"]],
];

/** As one word with its option, which shells part in their own ways. */
const INLINE: typeof CASES = [
  [["--format=js"], ["json"], ["text"]],
  [["--format=text,js"], ["text,json"], ["text,text"]],
  [["--rule=builtin-gadget,unkn"], ["builtin-gadget,unknown-gadget"], []],
  [["--fail-on=n"], ["never"], ["error"]],
];

describe.each(["bash", "zsh", "fish"] as const)("%s", (shell) => {
  test.each([...CASES, ...INLINE])("offers for %j", async (words, has, hasNot) => {
    const folder = makeTree({ "own.yaml": "" });
    const { code, stdout: script } = await runCli(folder, ["completion", shell]);
    expect(code).toBe(0);
    const offers = SHELLS[shell](folder, script, words);
    expect(offers).toEqual(expect.arrayContaining([...has]));
    for (const one of hasNot) expect(offers).not.toContain(one);
  });
});

describe("gadgets of one's own", () => {
  const CONFIG = "gadgets: [{ command: acme watch, to: [{ image: trace_exec, state: same }] }]\n";

  test.each(["bash", "zsh", "fish"] as const)("%s offers them", async (shell) => {
    const folder = makeTree({
      "gadget-migrate.config.yaml": CONFIG,
      "own.yaml": CONFIG.replace("acme", "corp"),
    });
    const { stdout } = await runCli(folder, ["completion", shell]);
    expect(SHELLS[shell](folder, stdout, ["explain", "acme", ""])).toContain("watch");
    expect(SHELLS[shell](folder, stdout, ["--gadget", "acme"])).toContain("acme_watch");
    const named = await runCli(folder, ["completion", "--config", "own.yaml", shell]);
    expect(SHELLS[shell](folder, named.stdout, ["explain", "corp", ""])).toContain("watch");
  });

  test("a broken configuration that was only found does not keep a shell from starting", async () => {
    const folder = makeTree({ "gadget-migrate.config.yaml": "gadgets: [{}]\n" });
    expect((await runCli(folder, ["completion", "bash"])).code).toBe(0);
    const asked = await runCli(folder, ["completion", "bash", "--config", "gadget-migrate.config.yaml"]);
    expect([asked.code, asked.stdout]).toEqual([2, ""]);
  });
});

test.each([
  { name: "another shell", words: ["tcsh"], got: '"tcsh"' },
  { name: "two shells", words: ["bash", "zsh"], got: '"bash zsh"' },
  { name: "no shell", words: [], got: "none of them" },
])("$name is refused", async ({ words, got }) => {
  const { code, stderr } = await runCli(".", ["completion", ...words]);
  expect([code, stderr]).toEqual([2, `gadget-migrate: completion takes bash, zsh or fish; got ${got}.\n`]);
});

function bashOffers(cwd: string, script: string, words: readonly string[]): readonly string[] {
  // Bash parts words at the equals sign.
  const parted = ["gadget-migrate", ...words].flatMap((word) => word.split(/(?<=^--[\w-]+)(=)/));
  const line = parted.map((word) => `'${word}'`).join(" ");
  return run("bash", cwd, [
    "--norc",
    "-c",
    `${script}
compopt() { [[ $1 == +o ]] && files=no; }
COMP_WORDS=(${line}); COMP_CWORD=${parted.length - 1}
_gadget_migrate
# What -o default does where the function offers nothing.
if [[ \${#COMPREPLY[@]} == 0 && $files != no ]]; then COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); fi
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
compadd() { shift; print -l -- \${IPREFIX##*=}\${(M)^@:#\${PREFIX}*}; }
compset() { IPREFIX+=\${(M)PREFIX##\${~2}}; PREFIX=\${PREFIX##\${~2}}; }
_files() { local found=(\${PREFIX}*(N)); (( $#found )) && print -l -- \${IPREFIX##*=}\${^found}; }
${script}
words=(${line}); CURRENT=${words.length + 1}; PREFIX='${typed}'
_gadget_migrate`,
  ]);
}

function fishOffers(cwd: string, script: string, words: readonly string[]): readonly string[] {
  const line = ["gadget-migrate", ...words].join(" ");
  return run("fish", cwd, ["--no-config", "-c", `${script}\ncomplete -C '${line}'`]).map(
    // What stands before the equals sign is repeated.
    (offer) => (offer.split("\t")[0] ?? "").slice(/^--[\w-]+=/.exec(words.at(-1) ?? "")?.[0].length ?? 0),
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
