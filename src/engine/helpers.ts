import { type Invocation, literal, type Value, type Word } from "../commands/command.ts";
import { findCommands } from "../commands/find.ts";
import type { Helper, KnownHelper, OtherHelpers } from "../commands/helper.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { LanguageId } from "../languages/language.ts";
import type { Read } from "../languages/registry.ts";
import { reExports, sourcedFiles } from "../languages/modules.ts";
import type { Survey } from "./survey.ts";

/** A helper under one of the names that a file hands it on by. */
interface Offer {
  /** Of the file that hands it on: its own, one that exports it again, one that sources that. */
  readonly from: string;
  /** `.name` for a method. */
  readonly name: string;
  readonly language: LanguageId;
  readonly helper: KnownHelper;
}

/** The helpers of all files of a scan, and which file may call which. */
export class HelperIndex {
  readonly #offers: Offer[] = [];
  readonly #known = new Set<string>();
  readonly #names = new Set<string>();

  get isEmpty(): boolean {
    return this.#offers.length === 0;
  }

  /** The helpers of one file, as far as they run gadgets. */
  add(
    path: string,
    language: LanguageId,
    { reading, document }: Pick<Survey, "reading" | "document">,
    knowledge: Knowledge,
  ): void {
    for (const helper of reading.helpers ?? []) {
      const given = givenWords(helper, knowledge, document.read);
      if (given === null) continue;
      const { parameter, as, output, behind, names, isMethod } = helper;
      const isRead = output.pipe.length > 0 || (output.sink.kind !== "stdout" && language === "shell");
      for (const name of names) {
        const values = behind.map(({ value }) => value);
        const known = { name, path, given, behind: values, parameter, as, isRead };
        this.#offer({ from: path, name: isMethod ? `.${name}` : name, language, helper: known });
      }
    }
  }

  /**
   * What a file hands on of others: a barrel, a script that sources the library.
   * @returns whether it hands on something that was not known of it
   */
  handOn(path: string, language: LanguageId, text: string): boolean {
    const before = this.#offers.length;
    const others = this.#offers.filter((offer) => offer.language === language && offer.from !== path);
    if (language === "shell") {
      const sourced = sourcedFiles(text);
      for (const offer of others) {
        if (sourced.some((tail) => isSourced(offer.from, tail))) this.#offer({ ...offer, from: path });
      }
    } else {
      for (const { module, names } of reExports(text)) {
        for (const offer of others.filter(({ from }) => leadsTo(module, path, from))) {
          const as = names === "all" ? [offer.name] : behindOf(names, offer.name);
          for (const name of as) this.#offer({ ...offer, from: path, name });
        }
      }
    }
    return this.#offers.length > before;
  }

  /** Texts one of which every file has that calls a helper, or hands it on. */
  get marks(): ReadonlySet<string> {
    const files = this.#offers.map(({ from, language }) =>
      language === "shell" ? baseName(from) : `/${baseName(withoutExtension(from).replace(/\/index$/, ""))}`,
    );
    const names = this.#offers.map(({ name }) => name.replace(/^\./, ""));
    return new Set([...names.filter((name) => name !== "default"), ...files]);
  }

  /** @param path of the file that may call them */
  of(path: string): OtherHelpers {
    return {
      knows: (name) => this.#names.has(name),
      find: (module, name) =>
        this.#offers.find((offer) => {
          if (offer.name !== name || offer.from === path) return false;
          return offer.language === "shell"
            ? isSourced(offer.from, module)
            : leadsTo(module, path, offer.from);
        })?.helper,
    };
  }

  #offer(offer: Offer): void {
    const key = JSON.stringify([offer.from, offer.name, offer.helper.path, offer.helper.name]);
    if (!this.#known.has(key)) this.#offers.push(offer);
    this.#names.add(offer.name);
    this.#known.add(key);
  }
}

/** The words from the program on that a helper puts before what it is given; null when that runs no gadget. */
function givenWords({ given, output }: Helper, knowledge: Knowledge, read: Read): readonly Value[] | null {
  const [first] = given;
  if (first === undefined) return null;
  const rest: Word = { ...first, value: [{ code: "...", words: "any" }] };
  const call: Invocation = { words: [...given, rest], output, role: "run", constants: [] };
  const [found, more] = findCommands([call], knowledge, read);
  if (found === undefined || more !== undefined || found.words.at(-1)?.value !== rest.value) return null;
  const { words, programWords, program } = found;
  const values = words.slice(0, -1).map(({ value }) => value);
  if (words.length - 1 < programWords) return null;
  const isPlain = values.slice(programWords).every((value) => literal(value) !== null);
  if (!isPlain) return null;
  return programWords > 0 ? values : [[program.spellings[0] ?? program.id], ...values];
}

/** What a name of a module is called behind it; a method has the name that it has. */
function behindOf(names: readonly (readonly [string, string])[], name: string): readonly string[] {
  return name.startsWith(".") ? [name] : names.flatMap(([own, as]) => (own === name ? [as] : []));
}

function isSourced(from: string, tail: string): boolean {
  return `/${from}`.endsWith(`/${tail.replace(/^(?:\.{1,2}\/)+/, "")}`);
}

/**
 * Whether a module that a file imports is another file: by its relative path, with or without extension, as a folder's
 * `index`; or by the end of its path where an alias stands for the folder (`@/lib/kube`).
 */
function leadsTo(module: string, path: string, target: string): boolean {
  const bare = withoutExtension(target);
  if (module.startsWith(".")) {
    const found = withoutExtension(joined(path, module));
    return found === bare || (found === "" ? "index" : `${found}/index`) === bare;
  }
  const tail = withoutExtension(module.replace(/^(?:[@~#]\/|~|\/)/, ""));
  return (
    module.includes("/") &&
    tail.includes("/") &&
    (`/${bare}`.endsWith(`/${tail}`) || `/${bare}`.endsWith(`/${tail}/index`))
  );
}

function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}

/** A relative path from the folder of a file. */
function joined(path: string, relative: string): string {
  const parts = path.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
