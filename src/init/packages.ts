import type { HandStep, Setup, Surroundings } from "./setup.ts";

/** How a package manager of JavaScript installs and starts programs. */
export interface PackageManager {
  readonly add: string;
  readonly exec: string;
}

const MANAGERS: readonly (PackageManager & { readonly name: string; readonly locks: readonly string[] })[] = [
  { name: "pnpm", locks: ["pnpm-lock.yaml"], add: "pnpm add --save-dev --save-exact", exec: "pnpm exec" },
  { name: "yarn", locks: ["yarn.lock"], add: "yarn add --dev --exact", exec: "yarn" },
  { name: "bun", locks: ["bun.lock", "bun.lockb"], add: "bun add --dev --exact", exec: "bunx" },
  { name: "npm", locks: ["package-lock.json"], add: "npm install --save-dev --save-exact", exec: "npx" },
];

/** What a package.json says, as far as it matters; empty where it is missing or broken. */
export interface Manifest {
  readonly packages: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  readonly packageManager: string;
}

export function manifestOf({ read }: Pick<Surroundings, "read">): Manifest {
  const content = parsed(read("package.json"));
  const lists = ["dependencies", "devDependencies"].map((key) => content[key]).filter(isRow);
  const { packageManager } = content;
  return {
    packages: new Set(lists.flatMap((list) => Object.keys(list))),
    keys: new Set(Object.keys(content)),
    packageManager: typeof packageManager === "string" ? packageManager : "",
  };
}

/** The one that package.json names, else the one whose lock file is there, else npm. */
export function packageManagerOf(around: Pick<Surroundings, "read" | "list">): PackageManager {
  const { packageManager } = manifestOf(around);
  const names = around.list("");
  const named = MANAGERS.find(({ name }) => packageManager.startsWith(`${name}@`));
  const locked = MANAGERS.find(({ locks }) => locks.some((lock) => names.includes(lock)));
  return named ?? locked ?? { add: "npm install --save-dev --save-exact", exec: "npx" };
}

/** The step that makes the program one of the repository's own; none where it is. */
export function installStep(around: Surroundings): readonly HandStep[] {
  if (manifestOf(around).packages.has("gadget-migrate")) return [];
  const { add } = packageManagerOf(around);
  return [{ what: "Install the program:", lines: [`${add} gadget-migrate@${around.version}`] }];
}

/** What to add to the configuration of ESLint, where there is one in the form that plugins of today take. */
export function eslintOf(around: Surroundings): Partial<Setup> {
  const file = around.list("").find((name) => /^eslint\.config\.[cm]?[jt]s$/.test(name));
  if (file === undefined) return {};
  if (around.read(file)?.includes("gadget-migrate") === true) {
    return { kept: [{ path: file, why: "has gadget-migrate already" }] };
  }
  const lines = [
    'import gadgetMigrate from "gadget-migrate/eslint";',
    "",
    "gadgetMigrate.configs.recommended, // first in the list",
  ];
  return {
    byHand: [
      { what: `${file}: findings in the editor, if you like (the package must be installed):`, lines },
    ],
  };
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse((text ?? "{}").replace(/^\uFEFF/, ""));
    return isRow(content) ? content : {};
  } catch {
    // It is broken, which is for its own tools to say.
    return {};
  }
}

function isRow(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
