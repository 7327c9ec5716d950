import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist/", "fixtures/", "coverage/", "packages/"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["*.js"] } } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-unnecessary-condition": "error",
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^node:", message: "Only src/files, src/cli and the build touch node: modules." },
          ],
        },
      ],
    },
  },
  {
    files: ["src/files/**", "src/cli/**", "src/eslint/**", "test/**", "scripts/**", "*.ts", "*.js"],
    rules: { "no-restricted-imports": "off" },
  },
  {
    files: ["test/**/*.test.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "Property[key.name='numRuns'] > Literal",
          message: "runs(n), so that FUZZ=1 runs it more often.",
        },
      ],
    },
  },
  // Plain JavaScript, so that Node runs it as it is; the compiler knows nothing of it.
  { files: ["scripts/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
