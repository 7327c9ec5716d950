import type { Constant } from "../../commands/command.ts";
import type { Fragment, Hole } from "../../text/fragment.ts";
import { usualText, type Part } from "./chain.ts";
import type { Surroundings } from "./elements.ts";
import type { Style } from "./literals.ts";
import type { Node } from "./model.ts";
import type { Binding, Program } from "./program.ts";
import { DIRECT, Resolver } from "./resolve.ts";
import { stringOf, stringOfParts, type ProgramString } from "./string.ts";

/** What all commands of one file share. */
export class Workshop {
  readonly #quote: Style["quote"];
  #sealed: Fragment | undefined;

  /** @param root the whole file */
  constructor(
    readonly program: Program,
    readonly root: Fragment,
  ) {
    this.#quote = usualQuote(program);
  }

  /** The string that an expression stands for. */
  string(node: Node, resolver: Resolver, words: Hole["words"]): ProgramString | null {
    return stringOf(node, this.root, resolver, { words, constants: (texts) => this.constants(texts) });
  }

  /** A stretch of such a string. */
  stretch(parts: readonly Part[], resolver: Resolver): ProgramString | null {
    const constants = (texts: readonly Node[]): readonly Constant[] => this.constants(texts);
    return stringOfParts(parts, this.root, resolver, { words: "any", constants });
  }

  /** What a list of words at this node needs. */
  around(node: Node, resolver: Resolver, isJoined: boolean): Surroundings {
    return {
      isJoined,
      fragment: resolver.isShared(node) ? this.#seal() : this.root,
      quote: this.#quote,
      inside: (element) => this.string(element, resolver, "any")?.fragment ?? null,
    };
  }

  /** The constants that can be named at each of the nodes. */
  constants(nodes: readonly Node[]): readonly Constant[] {
    const [first, ...others] = nodes.map((node) => new Set(this.#declaredBefore(node)));
    const common = [...(first ?? [])].filter((binding) => others.every((set) => set.has(binding)));
    return common.flatMap((binding) => this.#constant(binding) ?? []);
  }

  *#declaredBefore(node: Node): Generator<Binding, void> {
    for (const binding of this.program.visible(node)) {
      if (binding.source.kind === "variable" && binding.source.variable.end <= node.start) yield binding;
    }
  }

  #constant({ name, source }: Binding): Constant | null {
    if (source.kind !== "variable" || source.bound.part.kind !== "whole") return null;
    const { init, style } = source.variable;
    if (init === null || style !== "const") return null;
    const resolver = new Resolver(this.program, DIRECT);
    const text = resolver.plain(init);
    const value = text ?? usualText(init, resolver);
    if (value === null) return null;
    const reference = { code: "${" + name + "}", words: "one" } as const;
    return text === null ? { name, value, reference, overridable: true } : { name, value, reference };
  }

  /** The file, where nothing may be changed. */
  #seal(): Fragment {
    this.#sealed ??= this.root.slice(0, this.root.text.length, () => null);
    return this.#sealed;
  }
}

function usualQuote({ nodes }: Program): Style["quote"] {
  const quotes = nodes.map((node) => (node.kind === "text" ? node.quote : ""));
  const single = quotes.filter((quote) => quote === "'").length;
  return single > quotes.filter((quote) => quote === '"').length ? "'" : '"';
}
