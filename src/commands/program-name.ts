import { constantOf, literal, type Value, type Word } from "./command.ts";

/** Operating system, processor and release in the name of a downloaded program. */
const PLATFORM = /(?:[-_](?:linux|darwin|windows|amd64|arm64|x86_64|aarch64|v?\d+(?:\.\d+)+))+$/;

/** The name of the program that a word starts: without folders, `.exe`, platform; null when nobody knows. */
export function programName({ value }: Word): string | null {
  const last = value.at(-1);
  const text = textOf(value) ?? (typeof last === "string" && last.includes("/") ? last : null);
  return text === null
    ? null
    : text
        .replace(/^.*[/\\]/s, "")
        .replace(/\.exe$/i, "")
        .replace(PLATFORM, "");
}

/** The text of a value that is literal, or that the file gives one literal value. */
export function textOf(value: Value): string | null {
  return literal(value) ?? constantOf(value);
}

/** An image's registry and path, without tag and digest; a part that nobody knows is `*`. */
export function imagePath(image: Value): string {
  const text = image.map((part) => (typeof part === "string" ? part : (textOf([part]) ?? "*"))).join("");
  return text.replace(/@.*$/s, "").replace(/:[^/]*$/, "");
}

/**
 * The program in a variable, by the code that puts it in: what is looked up, or what the variable is named after; null where
 * neither tells.
 */
export function meantProgram(code: string): string | null {
  const name = NAME_OF_PROGRAM.exec(code)?.[1] ?? FILLED_IN.exec(code)?.[1];
  return LOOKED_UP.exec(code)?.[1] ?? name?.toLowerCase().replaceAll("_", "-") ?? null;
}

/** `$IG`, `${KUBECTL_BIN}`, `$(IG)`, `@IG@` */
const NAME_OF_PROGRAM = /^(?:\$[({]?|@)([A-Za-z_]\w*?)(?:_(?:BIN|BINARY|CMD|COMMAND|PATH))?[)}@]?$/;
/** `{{ ig_bin }}`, `{{.IG}}`, `${{ env.IG }}`: the last name in what is filled in. */
const FILLED_IN =
  /^\$?\{\{-?\s*(?:[\w$]*\.)*([A-Za-z_]\w*?)(?:_(?:bin|binary|cmd|command|path))?(?:\s*\|[^|]*)?\s*-?\}\}$/i;

/** `$(command -v ig)`, `$(which ig)`, `` `type -P ig` ``: the path of a program. */
const LOOKED_UP = /[(`]\s*(?:which|command\s+-v|type\s+-[pP]|whence(?:\s+-p)?)\s+"?([\w.-]+)"?/;
