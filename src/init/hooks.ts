import { installStep, manifestOf, packageManagerOf } from "./packages.ts";
import type { Setup, Surroundings } from "./setup.ts";

/** Hooks before a commit, for the tool that the repository uses; for pre-commit where it uses none. */
export function hooksOf(around: Surroundings): Partial<Setup> {
  const known = [preCommit(around), lefthook(around), lintStaged(around), husky(around)];
  const found = known.filter((part) => part !== null);
  if (found.length === 0) return around.isGit ? newPreCommit(around) : {};
  return {
    files: found.flatMap(({ files = [] }) => files),
    kept: found.flatMap(({ kept = [] }) => kept),
    byHand: found.flatMap(({ byHand = [] }) => byHand),
  };
}

const PRE_COMMIT = ".pre-commit-config.yaml";

function preCommit({ read, version }: Surroundings): Partial<Setup> | null {
  const text = read(PRE_COMMIT);
  if (text === null) return null;
  if (text.includes("gadget-migrate")) return has(PRE_COMMIT);
  const indent = /^repos:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*([ \t]*)- /m.exec(text)?.[1] ?? "  ";
  const where = /^repos:[ \t]*\[[ \t]*\]/m.test(text)
    ? "below `repos:`, in place of its `[]`"
    : "at the end of `repos:`";
  return { byHand: [{ what: `${PRE_COMMIT}: add ${where}`, lines: localHook(version, indent) }] };
}

function newPreCommit({ version }: Surroundings): Partial<Setup> {
  return {
    files: [
      {
        path: PRE_COMMIT,
        text: ["repos:", ...localHook(version, "  ")].map((line) => `${line}\n`).join(""),
        what: "writes the safe fixes before a commit",
      },
    ],
    byHand: [{ what: "Install pre-commit (https://pre-commit.com), then:", lines: ["pre-commit install"] }],
  };
}

function localHook(version: string, indent: string): readonly string[] {
  return [
    "- repo: local",
    "  hooks:",
    "    - id: gadget-migrate-fix",
    "      name: gadget-migrate --fix",
    "      entry: gadget-migrate --fix",
    "      args: [--]",
    "      language: node",
    `      additional_dependencies: [gadget-migrate@${version}]`,
    "      types: [text]",
    "      require_serial: true",
  ].map((line) => indent + line);
}

function lefthook(around: Surroundings): Partial<Setup> | null {
  const file = around.list("").find((name) => /^\.?lefthook\.(?:ya?ml|toml|json)$/.test(name));
  if (file === undefined) return null;
  if (around.read(file)?.includes("gadget-migrate") === true) return has(file);
  const { exec } = packageManagerOf(around);
  const lines = [
    "pre-commit:",
    "  commands:",
    "    gadget-migrate:",
    `      run: ${exec} gadget-migrate --fix -- {staged_files}`,
    "      stage_fixed: true",
  ];
  return { byHand: [{ what: `${file}: add to its commands, in its syntax`, lines }, ...installStep(around)] };
}

const LINT_STAGED = ".lintstagedrc.json";
const ENTRY = '"*": "gadget-migrate --fix --"';

function lintStaged(around: Surroundings): Partial<Setup> | null {
  const { packages, keys } = manifestOf(around);
  const own = around.list("").find((name) => /^(?:\.lintstagedrc|lint-staged\.config\.)/.test(name));
  if (own === undefined && !keys.has("lint-staged") && !packages.has("lint-staged")) return null;
  const file = own ?? (keys.has("lint-staged") ? "package.json" : null);
  if (file === null) {
    const what = "writes the safe fixes into a commit";
    return { files: [{ path: LINT_STAGED, text: `{ ${ENTRY} }\n`, what }], byHand: installStep(around) };
  }
  if (around.read(file)?.includes("gadget-migrate --") === true) return has(file);
  return {
    byHand: [{ what: `${file}: add to what lint-staged runs`, lines: [ENTRY] }, ...installStep(around)],
  };
}

const HUSKY = ".husky/pre-commit";

/** With lint-staged, its line is all that the hook needs. */
function husky(around: Surroundings): Partial<Setup> | null {
  const { packages } = manifestOf(around);
  const isUsed = packages.has("husky") || around.list(".husky").length > 0;
  if (!isUsed) return null;
  const { exec } = packageManagerOf(around);
  const usesLintStaged = lintStaged(around) !== null;
  const line = usesLintStaged ? `${exec} lint-staged` : `${exec} gadget-migrate --staged`;
  const text = around.read(HUSKY);
  if (text === null) {
    const what = usesLintStaged ? "starts lint-staged" : "reports what is staged";
    return {
      files: [{ path: HUSKY, text: `${line}\n`, what }],
      byHand: usesLintStaged ? [] : installStep(around),
    };
  }
  if (text.includes("gadget-migrate")) return has(HUSKY);
  if (usesLintStaged && text.includes("lint-staged")) {
    return { kept: [{ path: HUSKY, why: "starts lint-staged already" }] };
  }
  return {
    byHand: [{ what: `${HUSKY}: add`, lines: [line] }, ...(usesLintStaged ? [] : installStep(around))],
  };
}

function has(path: string): Partial<Setup> {
  return { kept: [{ path, why: "has gadget-migrate already" }] };
}
