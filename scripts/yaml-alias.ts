import { createRequire } from "node:module";
import { join } from "node:path";

const main = createRequire(import.meta.url).resolve("yaml");

/**
 * The package `yaml` as ES modules: the same code as the one that Node would choose, but in a form that a bundler can join,
 * and that runs in browsers too, as the API does. For the build, and for the tests, so that they test what is built.
 */
export const yamlAlias = { yaml: join(main, "../../browser/dist/index.js") };
