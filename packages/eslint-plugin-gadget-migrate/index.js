export { default } from "gadget-migrate/eslint";
