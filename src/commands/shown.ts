import { display, type Value } from "./command.ts";

/** Words as one would type them in a shell. */
export function shownLine(values: readonly Value[]): string {
  return values.map(quoted).join(" ");
}

function quoted(value: Value): string {
  const text = display(value);
  const dynamic = value.find((part) => typeof part !== "string");
  if (dynamic === undefined)
    return /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
  const isList = /^\$(?:@|\{\w+\[@\]\})$/.test(dynamic.code);
  return (dynamic.words === "one" || isList) && dynamic.code.startsWith("$") ? `"${text}"` : text;
}
