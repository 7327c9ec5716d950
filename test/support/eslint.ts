import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as eslint10 from "eslint";
import * as eslint9 from "eslint-v9";
import { createPlugin, type GadgetMigratePlugin } from "../../src/eslint/plugin.ts";
import { ROOT } from "./console.ts";

/** The plugin as it is in the sources; the thread that it starts is the built one, as in the package. */
export const plugin: GadgetMigratePlugin = createPlugin(
  pathToFileURL(join(ROOT, "dist", "eslint-worker.mjs")),
  pathToFileURL(`${ROOT}/`),
);

type Eslint = Pick<typeof eslint10, "ESLint" | "Linter" | "RuleTester">;

/** Both versions that the plugin is for; their types differ in what is not used here. */
export const ESLINTS: readonly (readonly [name: string, eslint: Eslint])[] = [
  ["ESLint 9", eslint9 as unknown as Eslint],
  ["ESLint 10", eslint10],
];
