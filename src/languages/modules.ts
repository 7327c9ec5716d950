/*
 * What files say of other files, found in their text alone: enough to know what may be called where, and never the ground
 * of a fix that is called safe.
 */

/** One `export ... from "module"`: each name in the module, and what it is called behind it. */
export interface ReExport {
  readonly module: string;
  readonly names: "all" | readonly (readonly [string, string])[];
}

const EXPORT_FROM = /\bexport\s*(?:type\s+)?(\*(?:\s*as\s+[\w$]+)?|\{[^{}]*\})\s*from\s*["']([^"'\n]+)["']/g;

/** What a module of JavaScript hands on of others. */
export function reExports(text: string): readonly ReExport[] {
  return [...text.matchAll(EXPORT_FROM)].map(([, what = "", module = ""]) => ({
    module,
    names: what.startsWith("*") ? "all" : namesIn(what),
  }));
}

/** The names that a module of JavaScript exports for one of its own. */
export function exportedNames(text: string, local: string): readonly string[] {
  const name = local.replace(/\$/g, "\\$");
  const names: string[] = [];
  for (const [, what = ""] of text.matchAll(/\bexport\s*(\{[^{}]*\})(?!\s*from)/g)) {
    names.push(...namesIn(what).flatMap(([name, as]) => (name === local ? [as] : [])));
  }
  if (
    new RegExp(String.raw`\bexport\s+default\s+(?:(?:async\s+)?function\s*\*?\s*|class\s+)?${name}\b`).test(
      text,
    )
  )
    names.push("default");
  if (new RegExp(String.raw`\bmodule\.exports\s*=\s*${name}\b`).test(text)) names.push("default", local);
  for (const [, as = ""] of text.matchAll(new RegExp(String.raw`\bexports\.([\w$]+)\s*=\s*${name}\b`, "g")))
    names.push(as);
  for (const [, body = ""] of text.matchAll(/\b(?:module\.exports|export\s+default)\s*=?\s*\{([^]*?)\}/g)) {
    const entry = new RegExp(String.raw`(?:^|[,{\s])(?:([\w$]+)\s*:\s*)?${name}\s*(?:,|$|\n)`).exec(
      body.trim(),
    );
    if (entry !== null) names.push(entry[1] ?? local);
  }
  const declares = String.raw`(?:(?:async\s+)?function\s*\*?\s*|const\s+|let\s+|var\s+|(?:abstract\s+)?class\s+)`;
  if (new RegExp(String.raw`\bexport\s+${declares}${name}\b`).test(text)) names.push(local);
  return [...new Set(names)];
}

/** `{ a, b as c, type d }` */
function namesIn(list: string): readonly (readonly [string, string])[] {
  const names = list
    .replace(/[{}]|\/\*[^]*?\*\/|\/\/[^\n]*/g, "")
    .split(",")
    .map((entry) =>
      entry
        .trim()
        .replace(/^type\s+/, "")
        .split(/\s+as\s+/),
    );
  return names.flatMap(([name = "", as = name]) => (name === "" ? [] : [[name, as] as const]));
}

/** In the place of what is known only at run time. */
const UNKNOWN = "\u0000";

/** The ends of the paths that a script sources, from the last part that is known only at run time on. */
export function sourcedFiles(text: string): readonly string[] {
  let plain = text.replace(/\$(?:\{[^{}]*\}|\w+)/g, UNKNOWN);
  for (let before = ""; before !== plain;) {
    before = plain;
    plain = plain.replace(/\$\([^()]*\)/g, UNKNOWN);
  }
  const found = plain.matchAll(/(?:^|[\s;&|({])(?:source|\.)[ \t]+([^\n;&|]+)/g);
  return [...found].flatMap(([, path = ""]) => {
    const tail = /([\w@+-][\w.@+-]*(?:\/[\w.@+-]+)*)["']?\s*(?:#.*)?$/.exec(path.trim())?.[1];
    return tail === undefined ? [] : [tail.replace(/^(?:\.{1,2}\/)+/, "")];
  });
}
