/** Made from the YAML files of `rules/` by `scripts/rules-plugin.ts`. */
declare module "virtual:rules" {
  /** Parses the rules anew. */
  export function read(): unknown;
}
