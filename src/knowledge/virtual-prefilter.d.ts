/** Made from the YAML files of `rules/` by `scripts/rules-plugin.ts`. */
declare module "virtual:prefilter" {
  /** See `PrefilterWords`. */
  export const words: { readonly programs: readonly string[]; readonly commands: readonly string[] };
}
