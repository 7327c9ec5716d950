import type { Constant } from "../../commands/command.ts";
import type { Fragment, Hole } from "../../text/fragment.ts";
import { usualText, type Part } from "./chain.ts";
import type { Surroundings } from "./elements.ts";
import type { Style } from "./literals.ts";
import type { Node, Variable } from "./model.ts";
import type { Binding, Program } from "./program.ts";
import { DIRECT, Resolver } from "./resolve.ts";
import { stringOf, stringOfParts, type ProgramString } from "./string.ts";

interface Named {
  readonly variable: Variable;
  readonly binding: Binding;
  readonly constant: Constant;
}

/** What all commands of one file share. */
export class Workshop {
  /** Of what stands in the code itself, whichever way leads to it. */
  readonly direct: Resolver;
  readonly #quote: Style["quote"];
  #sealed: Fragment | undefined;
  #constants: readonly Named[] | undefined;

  /** @param root the whole file */
  constructor(
    readonly program: Program,
    readonly root: Fragment,
  ) {
    this.direct = new Resolver(program, DIRECT);
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
    this.#constants ??= this.#allConstants();
    const inSight = this.#constants.filter(({ variable, binding }) =>
      nodes.every(
        (node) => variable.end <= node.start && this.program.declared(node, binding.name) === binding,
      ),
    );
    return inSight.map(({ constant }) => constant);
  }

  #allConstants(): readonly Named[] {
    return this.program.nodes.flatMap((node): readonly Named[] => {
      if (node.kind !== "variable" || node.style !== "const" || node.init === null) return [];
      const [bound] = node.names;
      const binding = bound?.part.kind === "whole" ? this.program.declared(node, bound.name) : null;
      const text = this.direct.plain(node.init);
      const value = text ?? usualText(node.init, this.direct);
      if (binding === null || value === null) return [];
      const { name } = binding;
      const reference = { code: "${" + name + "}", words: "one" } as const;
      const constant = { name, value, reference, ...(text === null ? { overridable: true } : {}) };
      return [{ variable: node, binding, constant }];
    });
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
