import type { Constant, Reading } from "../commands/command.ts";
import { NO_HELPERS } from "../commands/helper.ts";
import type { Code } from "../data/code.ts";
import type { Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";
import type { Language, LanguageId, ReadContext } from "./language.ts";
import { MANIFEST_SIGN, MANIFEST_TEMPLATE_SIGN } from "./manifest.ts";
import { JAVASCRIPT_SIGN, PYTHON_SIGN } from "./yaml/foreign.ts";

interface Entry {
  readonly load: () => Promise<Language>;
  /** Languages that may be nested in it and are loaded along with it, so that reading itself is synchronous. */
  readonly nested: readonly LanguageId[];
  /** Those of them whose parser is worth waiting for only where a text has a sign of them. */
  readonly signs?: Signs;
}

type Sign = Pick<RegExp, "test">;
type Signs = Partial<Readonly<Record<LanguageId, Sign>>>;

/** What shell holds in here-documents: manifests, programs that it feeds to their interpreter, files that it writes. */
const IN_SHELL: readonly LanguageId[] = ["yaml", "python", "systemd", "crontab", "dockerfile", "makefile"];
const SHELL_SIGNS: Signs = {
  yaml: {
    test: (text) =>
      HERE_DOCUMENT.test(text) &&
      /\.(?:ya?ml|json)\b|apiVersion|kind\\?"?:|(?:-f|-c|file|filename|values)[\s=]*(?:-|\/dev\/stdin)/.test(
        text,
      ),
  },
  python: inHereDocument(/python|\.py\b/),
  systemd: inHereDocument(/Exec\w*\s*=/),
  crontab: inHereDocument(/cron/),
  dockerfile: inHereDocument(/(?:Docker|Container)file/i),
  makefile: inHereDocument(/makefile|\.mk\b/i),
};
const HERE_DOCUMENT = /<<|&lt;&lt;/;

function inHereDocument(sign: RegExp): Pick<RegExp, "test"> {
  return { test: (text) => HERE_DOCUMENT.test(text) && sign.test(text) };
}

/** What programs hold in their strings. */
const OF_STRINGS: Pick<Entry, "nested" | "signs"> = {
  nested: ["shell", "yaml", "helm"],
  signs: { yaml: MANIFEST_SIGN, helm: MANIFEST_TEMPLATE_SIGN },
};

/** What documents show in their blocks of code. */
const IN_DOCUMENTS: readonly LanguageId[] = [
  "shell",
  "yaml",
  "javascript",
  "json",
  "makefile",
  "dockerfile",
  "python",
  "go",
  "rust",
  "toml",
  "powershell",
  "cmd",
];

/** A block of code in a language, as documents other than Markdown name it: `.. code-block:: go`, `[source,go]`, `language-go`. */
function block(names: string): RegExp {
  return new RegExp(String.raw`(?:::|,|lang(?:uage)?[-:="']+|\`{3})[ \t]*(?:${names})\b`, "i");
}

const BLOCK_SIGNS: Signs = {
  yaml: block("ya?ml|json"),
  javascript: block("[jt]sx?|javascript|typescript"),
  json: block("json"),
  makefile: block("make|makefile"),
  dockerfile: block("docker|dockerfile|containerfile"),
  python: block("py|python3?"),
  go: block("go|golang"),
  rust: block("rs|rust"),
  toml: block("toml"),
};

/** Settings before a page, with what may be a command. */
const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n(?:(?!---)[^\n]*\n)*?[^\n]*(?:gadget|\big\b)/im;

/** What an MDX page exports, with what may be a command. */
const MODULE_OF_A_PAGE =
  /^export\s+(?:const|let|var|default|function|async)\b(?:[^\n]+\n)*?[^\n]*(?:gadget|\big\b)/m;

const REGISTRY: Readonly<Record<LanguageId, Entry>> = {
  shell: {
    load: async () => (await import("./shell/index.ts")).shell,
    nested: IN_SHELL,
    signs: SHELL_SIGNS,
  },
  yaml: {
    load: async () => (await import("./yaml/index.ts")).yaml,
    nested: ["shell", "javascript", "python", "powershell", "cmd"],
    signs: { javascript: JAVASCRIPT_SIGN, python: PYTHON_SIGN },
  },
  helm: {
    load: async () => (await import("./helm/index.ts")).helm,
    nested: ["yaml", "shell", "javascript", "python", "powershell", "cmd"],
    signs: { javascript: JAVASCRIPT_SIGN, python: PYTHON_SIGN },
  },
  python: { load: async () => (await import("./strings/tables/python.ts")).language, ...OF_STRINGS },
  go: { load: async () => (await import("./strings/tables/go.ts")).language, ...OF_STRINGS },
  rust: { load: async () => (await import("./strings/tables/rust.ts")).language, ...OF_STRINGS },
  java: { load: async () => (await import("./strings/tables/java.ts")).language, ...OF_STRINGS },
  kotlin: { load: async () => (await import("./strings/tables/kotlin.ts")).language, ...OF_STRINGS },
  csharp: { load: async () => (await import("./strings/tables/csharp.ts")).language, ...OF_STRINGS },
  ruby: { load: async () => (await import("./strings/tables/ruby.ts")).language, ...OF_STRINGS },
  php: { load: async () => (await import("./strings/tables/php.ts")).language, ...OF_STRINGS },
  groovy: { load: async () => (await import("./strings/tables/groovy.ts")).language, ...OF_STRINGS },
  terraform: {
    load: async () => (await import("./strings/tables/terraform.ts")).language,
    ...OF_STRINGS,
  },
  lua: { load: async () => (await import("./strings/tables/lua.ts")).language, ...OF_STRINGS },
  starlark: { load: async () => (await import("./strings/tables/starlark.ts")).language, ...OF_STRINGS },
  javascript: { load: async () => (await import("./javascript/index.ts")).javascript, ...OF_STRINGS },
  makefile: { load: async () => (await import("./makefile/index.ts")).makefile, nested: ["shell"] },
  dockerfile: {
    load: async () => (await import("./dockerfile/index.ts")).dockerfile,
    nested: ["shell", "powershell", "cmd"],
    signs: { powershell: /powershell|pwsh/i, cmd: /^\s*SHELL\b.*\bcmd\b/im },
  },
  json: {
    load: async () => (await import("./json/index.ts")).json,
    nested: ["yaml", "shell", "javascript", "python", "powershell", "cmd"],
    signs: { javascript: JAVASCRIPT_SIGN, python: PYTHON_SIGN },
  },
  toml: { load: async () => (await import("./toml/index.ts")).toml, nested: ["shell"] },
  notebook: {
    load: async () => (await import("./notebook/index.ts")).notebook,
    nested: ["shell", "python", "markdown"],
  },
  justfile: { load: async () => (await import("./justfile/index.ts")).justfile, nested: ["shell"] },
  spec: { load: async () => (await import("./spec/index.ts")).spec, nested: ["shell"] },
  systemd: { load: async () => (await import("./systemd/index.ts")).systemd, nested: ["shell"] },
  text: { load: async () => (await import("./text/index.ts")).text, nested: ["shell"] },
  powershell: { load: async () => (await import("./windows/index.ts")).powershell, nested: ["shell"] },
  cmd: { load: async () => (await import("./windows/index.ts")).cmd, nested: ["shell"] },
  crontab: { load: async () => (await import("./crontab/index.ts")).crontab, nested: ["shell"] },
  settings: { load: async () => (await import("./settings/index.ts")).settings, nested: ["shell"] },
  rst: {
    load: async () => (await import("./rst/index.ts")).rst,
    nested: IN_DOCUMENTS,
    signs: BLOCK_SIGNS,
  },
  asciidoc: {
    load: async () => (await import("./asciidoc/index.ts")).asciidoc,
    nested: IN_DOCUMENTS,
    signs: BLOCK_SIGNS,
  },
  html: {
    load: async () => (await import("./html/index.ts")).html,
    nested: IN_DOCUMENTS,
    signs: BLOCK_SIGNS,
  },
  markdown: {
    load: async () => (await import("./markdown/index.ts")).markdown,
    nested: IN_DOCUMENTS,
    signs: {
      yaml: either(fence("ya?ml|json"), FRONT_MATTER),
      javascript: either(
        fence("js|ts|jsx|tsx|javascript|typescript"),
        either(JAVASCRIPT_SIGN, MODULE_OF_A_PAGE),
      ),
      json: fence("json"),
      makefile: fence("make|mk"),
      dockerfile: fence("docker|containerfile"),
      python: either(fence("py"), PYTHON_SIGN),
      go: fence("go"),
      rust: fence("rs|rust"),
      toml: fence("toml"),
    },
  },
};

/** A code block in a language. */
function fence(names: string): Sign {
  const named = new RegExp(names, "i");
  return { test: (text) => named.test(fencesOf(text)) };
}

/** What stands behind the marks of code blocks, for the text that was asked for last: each language asks for the same. */
function fencesOf(text: string): string {
  if (lastFences.text !== text) {
    const marks = text.includes("```") || text.includes("~~~") ? text.matchAll(FENCE) : [];
    lastFences = { text, infos: Array.from(marks, ([, info = ""]) => info).join("\n") };
  }
  return lastFences.infos;
}

let lastFences = { text: "", infos: "" };
const FENCE = /^[^`~\n]*(?:`{3}|~{3})(.*)/gm;

function either(one: Sign, other: Sign): Sign {
  return { test: (text) => one.test(text) || other.test(text) };
}

/** A stretch of a file and the language that it was read in: the whole file, or what is nested in it. */
export interface Part {
  readonly language: LanguageId;
  readonly fragment: Fragment;
  /** The file's path, or what stood for it, see {@link ReadContext.read}. */
  readonly path: string;
}

/** Reads a fragment of a file in one of the loaded languages. */
export type Read = (
  language: LanguageId,
  fragment: Fragment,
  path?: string,
  environment?: readonly Constant[],
) => Reading;

/** The languages that a run has needed so far: a parser is loaded when the first file needs it. */
export class Languages {
  readonly #loaded: Map<LanguageId, Language>;

  /** @param given languages that are read in another way than ours */
  constructor(given: readonly Language[] = []) {
    this.#loaded = new Map(given.map((language) => [language.id, language]));
  }

  /**
   * Makes `id`, and what may be nested in it, ready to be read.
   * @param text what is to be read; without it, everything that may be nested is made ready
   */
  async load(id: LanguageId, text?: string): Promise<void> {
    const needed = new Set([id]);
    for (const each of needed) {
      const { nested, signs } = REGISTRY[each];
      const isNeeded = (other: LanguageId): boolean =>
        text === undefined ? each === id : signs?.[other]?.test(text) !== false;
      for (const other of nested.filter(isNeeded)) needed.add(other);
      if (!this.#loaded.has(each)) this.#loaded.set(each, await REGISTRY[each].load());
    }
  }

  /** The comments of a part that was read. */
  commentsOf({ language, fragment, path }: Part): readonly Range[] {
    return this.#loaded.get(language)?.comments?.(fragment.text, path) ?? [];
  }

  /** What a part that was read says as a program; null where its language does not tell. */
  codeOf({ language, fragment, path }: Part): Code | null {
    return this.#loaded.get(language)?.code?.(fragment, path) ?? null;
  }

  /**
   * How fragments of the file at `path` are read, each time in the same way: in a language that was not loaded for the file,
   * nothing is found.
   * @param helpers functions of other files that it may call
   * @param onPart told of every part before it is read; a part may come several times, and be read on trial only
   * @param onScript told of scripts in a script of the same language too: the bodies of here-documents
   */
  reader(
    path: string,
    helpers = NO_HELPERS,
    onPart: (part: Part) => void = () => undefined,
    onScript: (part: Part) => void = () => undefined,
  ): Read {
    const loaded = new Map(this.#loaded);
    const canRead = (id: LanguageId): boolean => loaded.has(id);
    const read: ReadContext["read"] = (id, fragment, as = path, environment = []) => {
      const language = loaded.get(id);
      if (language === undefined) return { invocations: [], problems: [] };
      onPart({ language: id, fragment, path: as });
      return language.read(fragment, {
        path: as,
        environment,
        helpers,
        canRead,
        read,
        onScript: (script) => {
          onScript({ language: id, fragment: script, path: as });
        },
      });
    };
    return read;
  }
}
