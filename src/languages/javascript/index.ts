import type { Language } from "../language.ts";
import { parseTypeScript } from "./from-typescript.ts";
import { javascriptBy } from "./language.ts";

/** JavaScript and TypeScript, with and without JSX. */
export const javascript: Language = javascriptBy(parseTypeScript);
