import { detectLanguage } from "../../languages/detect.ts";
import { type Root, TextSource } from "./source.ts";

/** A file as ESLint gives it to a language. */
interface File {
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly bom: boolean;
}

interface Parsed {
  readonly ok: true;
  readonly ast: Root;
  readonly text: string;
}

/**
 * ESLint's language for everything that ESLint has no language for: a text of which only the comments for ESLint are known.
 * What the text holds is read by the rules, in the language that its name and first line tell.
 */
export const textLanguage = {
  fileType: "text" as const,
  lineStart: 1 as const,
  columnStart: 1 as const,
  nodeTypeKey: "type",
  visitorKeys: { GadgetMigrateText: [] },
  // Configurations without `files` give options of JavaScript to every language.
  validateLanguageOptions: (): void => undefined,
  matchesSelectorClass: (): boolean => false,
  parse({ body }: File): Parsed {
    const text = typeof body === "string" ? body : new TextDecoder().decode(body);
    return { ok: true, text, ast: { type: "GadgetMigrateText", range: [0, text.length] } };
  },
  createSourceCode({ path, bom }: File, { text }: Parsed): TextSource {
    return new TextSource(text, { language: detectLanguage(path.replaceAll("\\", "/"), text), hasBOM: bom });
  },
};
