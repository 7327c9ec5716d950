import type { Constant } from "../../commands/command.ts";

/** What `ARG` and `ENV` set, as far as the instructions before say. */
export class Variables {
  readonly #values = new Map<string, { readonly value: string | null; readonly overridable: boolean }>();

  /** @param line what stands behind `ARG` or `ENV`; `around`: where an `ARG` without a value takes it from */
  set(instruction: "ARG" | "ENV", line: string, around: Variables): void {
    const old = instruction === "ENV" ? /^([A-Za-z_]\w*)\s+([^=\s]\S*)\s*$/.exec(line) : null;
    const pairs = old === null ? [...line.matchAll(PAIR)] : [old];
    for (const [, name = "", value] of pairs) {
      const literal =
        value === undefined ? (around.#values.get(name)?.value ?? null) : this.fill(unquoted(value));
      this.#values.set(name, { value: literal, overridable: instruction === "ARG" });
    }
  }

  /** Text with its variables filled in; null when one is not known. */
  fill(text: string): string | null {
    let unknown = 0;
    const filled = text.replace(
      /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-([^{}$]*))?\})/g,
      (_, plain?: string, braced?: string, fallback?: string) => {
        const value = this.#values.get(plain ?? braced ?? "")?.value ?? fallback;
        if (value === undefined) unknown += 1;
        return value ?? "";
      },
    );
    return unknown === 0 && !filled.includes("$") ? filled : null;
  }

  /** As a shell that `RUN` starts sees them. */
  constants(): readonly Constant[] {
    return [...this.#values].flatMap(([name, { value, overridable }]) => {
      if (value === null || !/^\S+$/.test(value)) return [];
      const reference = { code: `$${name}`, words: "one" } as const;
      return [{ name, value, reference, ...(overridable ? { overridable } : {}) }];
    });
  }

  /** As a shell in a container sees them: an `ARG` is gone by then, and who starts it may set an `ENV` anew. */
  ofContainer(): readonly Constant[] {
    return this.constants()
      .filter(({ overridable }) => overridable !== true)
      .map((constant) => ({ ...constant, overridable: true }));
  }
}

const PAIR = /([A-Za-z_]\w*)(?:=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*))?/g;

function unquoted(value: string): string {
  return value.replace(/^(["'])([^]*)\1$/, "$2");
}
