export type { GadgetMigratePlugin, RuleOptions } from "gadget-migrate/eslint";
export { default } from "gadget-migrate/eslint";
