import { display, type Invocation, type Reading } from "../../../src/commands/command.ts";
import type { Language, LanguageId, ReadContext } from "../../../src/languages/language.ts";
import { helm } from "../../../src/languages/helm/index.ts";
import { shell } from "../../../src/languages/shell/index.ts";
import { yaml } from "../../../src/languages/yaml/index.ts";
import { Fragment } from "../../../src/text/fragment.ts";

const LANGUAGES: Partial<Record<LanguageId, Language>> = { shell, yaml, helm };

const context: ReadContext = {
  path: "chart/templates/file.yaml",
  read: (id, fragment, path = context.path, environment = []) =>
    LANGUAGES[id]?.read(fragment, { ...context, path, environment }) ?? { invocations: [], problems: [] },
};

/** Reads a whole file with the real nested languages. */
export function read(language: "yaml" | "helm", source: string, path?: string): Reading {
  const reader = language === "yaml" ? yaml : helm;
  return reader.read(Fragment.of(source), path === undefined ? context : { ...context, path });
}

/** Each invocation as `role: words`, the image in front in brackets whose entry point is implied. */
export function list({ invocations }: Reading): readonly string[] {
  return invocations.map(line);
}

function line({ words, role, implied }: Invocation): string {
  const isReplaced = implied !== undefined && "image" in implied && implied.isReplaced === true;
  const image =
    implied === undefined || isReplaced ? [] : [`[${"image" in implied ? implied.image : implied.program}]`];
  return `${role}: ${[...image, ...words.map(({ value }) => display(value))].join(" ")}`;
}

/** Lines of a template literal without their common indentation. */
export function dedent({ raw: [text = ""] }: TemplateStringsArray): string {
  const lines = text.replace(/^\n/, "").split("\n");
  const depths = lines.filter((each) => each.trim() !== "").map((each) => each.search(/\S/));
  const depth = Math.min(...depths);
  return lines
    .map((each) => each.slice(depth))
    .join("\n")
    .replace(/ +$/, "");
}
