import type { Reading } from "../commands/command.ts";
import { Fragment } from "../text/fragment.ts";
import type { Language, LanguageId } from "./language.ts";

interface Entry {
  readonly load: () => Promise<Language>;
  /** Languages that may be nested in it and are loaded along with it, so that reading itself is synchronous. */
  readonly nested: readonly LanguageId[];
}

const REGISTRY: Readonly<Record<LanguageId, Entry>> = {
  shell: { load: async () => (await import("./shell/index.ts")).shell, nested: [] },
  yaml: { load: async () => (await import("./yaml/index.ts")).yaml, nested: ["shell"] },
  helm: { load: async () => (await import("./helm/index.ts")).helm, nested: ["yaml", "shell"] },
  javascript: { load: async () => (await import("./javascript/index.ts")).javascript, nested: ["shell"] },
};

/** Reads a fragment of a file in one of the loaded languages. */
export type Read = (language: LanguageId, fragment: Fragment) => Reading;

/** The languages that a run has needed so far: a parser is loaded when the first file needs it. */
export class Languages {
  readonly #loaded = new Map<LanguageId, Language>();

  /** Makes `id`, and what may be nested in it, ready to be read. */
  async load(id: LanguageId): Promise<void> {
    for (const needed of [id, ...REGISTRY[id].nested]) {
      if (!this.#loaded.has(needed)) this.#loaded.set(needed, await REGISTRY[needed].load());
    }
  }

  /** How fragments of the file at `path` are read. A language that was not loaded is a programming error. */
  reader(path: string): Read {
    const read: Read = (id, fragment) => {
      const language = this.#loaded.get(id);
      if (language === undefined) throw new Error(`language ${id} is not loaded`);
      return language.read(fragment, { path, read });
    };
    return read;
  }
}
