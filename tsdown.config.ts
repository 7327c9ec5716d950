import { fileURLToPath } from "node:url";
import { defineConfig } from "tsdown";
import { compilerPlugin } from "./scripts/compiler-plugin.ts";
import { linkBin } from "./scripts/link-bin.ts";
import { writeNotices } from "./scripts/notices.ts";
import { rawPlugin } from "./scripts/raw-plugin.ts";
import { rulesPlugin } from "./scripts/rules-plugin.ts";

/** Our own code in few files, split where it is loaded lazily; dependencies stay outside and are installed. */
export default defineConfig({
  entry: {
    index: "src/index.ts",
    bin: "src/cli/bin.ts",
    reader: "src/files/reader.ts",
    eslint: "src/eslint/index.ts",
  },
  plugins: [rulesPlugin(fileURLToPath(new URL("rules", import.meta.url))), compilerPlugin(), rawPlugin()],
  deps: { alwaysBundle: ["ts-morph"] },
  format: "esm",
  platform: "node",
  target: "node20",
  // By oxc, since the compiler itself would take two thirds of the build.
  dts: { oxc: true },
  clean: true,
  onSuccess: () => {
    writeNotices(fileURLToPath(new URL("dist/THIRD-PARTY-NOTICES", import.meta.url)));
    linkBin(fileURLToPath(new URL(".", import.meta.url)));
  },
});
