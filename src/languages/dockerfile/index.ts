import type { Invocation, OutputUse, Problem, Reading, Role, Word } from "../../commands/command.ts";
import { endWithProgram, expand, type Expansion, referenceIn } from "../../commands/expand.ts";
import type { Fragment } from "../../text/fragment.ts";
import { dockerfileComments } from "../comments.ts";
import type { Language, ReadContext } from "../language.ts";
import { isCommandLine } from "../markdown/session.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { arrayWords } from "../yaml/array.ts";
import { isShell } from "../yaml/keys.ts";
import { looksLikeCommand } from "../yaml/mention.ts";
import { arrayTextOf, shellTextOf } from "./decode.ts";
import { type Instruction, instructionsOf } from "./lines.ts";
import { noStage, shellLanguage, type Stage, stageOf, stageUpon } from "./stage.ts";
import { type GivenValue, intoValue, valuesIn } from "./values.ts";
import { Variables } from "./variables.ts";

/** Dockerfiles: `RUN`, `CMD`, `ENTRYPOINT`, `HEALTHCHECK` as shell text and as arrays, scripts in here-documents. */
export const dockerfile: Language = {
  id: "dockerfile",
  comments: dockerfileComments,
  read(file, context) {
    const reader = new Reader(withPlainLineEnds(file), context);
    return reader.read();
  },
};

/** What a container prints goes to its log. */
const TO_LOG: OutputUse = { pipe: [], sink: { kind: "stdout" } };

/** When a shell text runs: variables may have other values in a container than while the image is built. */
type Time = "build" | "run";

class Reader {
  readonly #invocations: Invocation[] = [];
  readonly #problems: Problem[] = [];
  /** Set before the first `FROM`. */
  readonly #global = new Variables();
  readonly #stages = new Map<string, Stage>();
  #variables = this.#global;
  #stage = noStage();
  readonly #given: GivenValue[] = [];
  /** Values whose words are words of commands. */
  readonly #expanded = new Set<GivenValue>();

  constructor(
    private readonly fragment: Fragment,
    private readonly context: ReadContext,
  ) {}

  read(): Reading {
    for (const instruction of instructionsOf(this.fragment.text)) this.#add(instruction);
    this.#start();
    for (const given of this.#given) if (!this.#expanded.has(given)) this.#readGiven(given);
    return { invocations: this.#invocations, problems: this.#problems };
  }

  #add(instruction: Instruction): void {
    switch (instruction.name) {
      case "FROM":
        this.#from(this.#lineOf(instruction));
        return;
      case "ARG":
      case "ENV":
        this.#variables.set(instruction.name, this.#lineOf(instruction), this.#global);
        this.#give(instruction, instruction.name);
        return;
      case "LABEL":
        this.#readValues(instruction);
        return;
      case "SHELL":
        this.#stage.shell = shellLanguage(/^\s*\[\s*"([^"]*)"/.exec(this.#lineOf(instruction))?.[1] ?? "sh");
        return;
      case "RUN":
        this.#run(instruction);
        return;
      case "COPY":
      case "ADD":
        this.#copy(instruction);
        return;
      case "CMD":
        this.#stage.command = this.#wordsOrShell(instruction);
        return;
      case "ENTRYPOINT":
        this.#stage.entryPoint = this.#wordsOrShell(instruction) ?? "shell";
        return;
      case "HEALTHCHECK":
        this.#healthCheck(instruction);
    }
  }

  #from(line: string): void {
    this.#start();
    const [, image = "", name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(line) ?? [];
    const base = this.#stages.get(image.toLowerCase());
    this.#stage = base === undefined ? stageOf(this.#global.fill(image) ?? image) : stageUpon(base);
    if (name !== undefined) this.#stages.set(name.toLowerCase(), this.#stage);
    this.#variables = new Variables();
  }

  /** The command that a container of the stage runs. */
  #start(): void {
    const { image, entryPoint, command } = this.#stage;
    if (entryPoint === "shell") return;
    const words = [...(entryPoint ?? []), ...(command ?? [])];
    if (command === null && (entryPoint === null || entryPoint.length === 0)) return;
    const replaced = entryPoint === null ? {} : ({ isReplaced: true } as const);
    this.#addWords(words, image === null ? {} : { implied: { image, ...replaced } });
  }

  #addWords(words: readonly Word[], implied: Pick<Invocation, "implied"> = {}): void {
    if (words.length > 0)
      this.#invocations.push({ words, output: TO_LOG, role: "run", constants: [], ...implied });
  }

  /**
   * The words of an array; null where it is shell text, which is read.
   * @param ahead what stands before them
   */
  #wordsOrShell({ name, parts, documents }: Instruction, ahead = /^/): readonly Word[] | null {
    const words = arrayWords(behind(ahead, arrayTextOf(this.fragment, parts)));
    const isJson = words?.every((word) => word.list.fragment.text[word.start] === '"') ?? false;
    if (isJson) return words;
    this.#readShell(
      behind(ahead, shellTextOf(this.fragment, parts, documents)),
      name === "RUN" ? "build" : "run",
    );
    return null;
  }

  #run(instruction: Instruction): void {
    const [document] = instruction.documents;
    const line = this.#lineOf(instruction).replace(FLAGS, "");
    if (document !== undefined && /^<<-?\s*["']?\w+["']?\s*$/.test(line)) {
      this.#script(document, "build");
      return;
    }
    const words = this.#wordsOrShell(instruction, FLAGS);
    if (words !== null) this.#addWords(words);
  }

  /** `COPY <<EOF /usr/local/bin/watch.sh` */
  #copy(instruction: Instruction): void {
    const isScript = /\.(?:ba|da|k|z)?sh["']?\s*$/.test(this.#lineOf(instruction));
    for (const document of instruction.documents) {
      const isMarked = this.fragment.text.startsWith("#!", document.start);
      if (isScript || isMarked) this.#script(document, "run");
    }
  }

  #script({ start, end }: Instruction["documents"][number], time: Time): void {
    const script = this.fragment.slice(start, end);
    const interpreter = /^#!\s*([^\n]+)/.exec(script.text)?.[1];
    if (interpreter === undefined || isShell(interpreter)) this.#readShell(script, time);
  }

  #healthCheck(instruction: Instruction): void {
    if (!HEALTH_COMMAND.test(this.#lineOf(instruction))) return;
    const words = this.#wordsOrShell(instruction, HEALTH_COMMAND);
    if (words !== null) this.#addWords(words);
  }

  #readShell(script: Fragment, time: Time): void {
    const { shell } = this.#stage;
    if (shell === null) return;
    const environment = time === "build" ? this.#variables.constants() : this.#variables.ofContainer();
    const { invocations, problems } = this.context.read(shell, script, undefined, environment);
    for (const invocation of invocations) this.#invocations.push(this.#filledIn(invocation, script));
    this.#problems.push(...problems.map((problem) => ({ ...problem, fatal: false })));
  }

  /** A command with the words that variables hold; whatever the image runs sees these variables too. */
  #filledIn(invocation: Invocation, script: Fragment): Invocation {
    const used = new Set<GivenValue>();
    const words = expand(invocation.words, (code) => {
      const given = this.#givenBy(code, invocation, script);
      const expansion = given === undefined ? undefined : this.#expansionOf(given);
      if (given !== undefined && expansion !== undefined) used.add(given);
      return expansion;
    });
    if (used.size === 0) return invocation;
    for (const given of used) this.#expanded.add(given);
    const places = [...used].map((given) => this.fragment.toSource(given));
    return { ...invocation, words, usedElsewhere: [...(invocation.usedElsewhere ?? []), ...places] };
  }

  /** The value that an unquoted reference stands for, where the script does not set the variable itself. */
  #givenBy(code: string, { words }: Invocation, { text }: Fragment): GivenValue | undefined {
    const name = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/.exec(code)?.slice(1).join("") ?? "";
    const given = this.#stage.given.get(name);
    const isQuoted = words.some(
      (word) =>
        referenceIn(word) === code &&
        word.value.some((part) => typeof part !== "string" && part.words === "one"),
    );
    const isSetThere = new RegExp(String.raw`(?<![\w$]|\$\{)${name}\b`).test(text);
    return isQuoted || isSetThere ? undefined : given;
  }

  /** The words of a value that has several. */
  #expansionOf(given: GivenValue): Expansion | undefined {
    const { invocations, problems } = this.context.read("shell", this.#textOf(given));
    const [only, more] = invocations;
    const isSimple = problems.length === 0 && more === undefined && only?.output.pipe.length === 0;
    if (!isSimple || only.output.sink.kind !== "stdout" || only.words.length < 2) return undefined;
    return { words: only.words, isHeld: endWithProgram(only.words) };
  }

  #textOf(given: GivenValue): Fragment {
    return this.fragment.slice(given.start, given.end, intoValue(given));
  }

  #give({ parts }: Instruction, instruction: "ARG" | "ENV"): void {
    for (const given of valuesIn(this.fragment.text, parts, instruction)) {
      this.#stage.given.set(given.name, given);
      this.#given.push(given);
    }
  }

  /** A value that is a whole command and that nothing here runs. */
  #readGiven(given: GivenValue): void {
    const text = this.#textOf(given);
    if (isCommandLine(text.text) && looksLikeCommand(text.text)) this.#addTold(text, "data");
  }

  /** Values in quotes that are whole commands (`LABEL run="podman run ..."`). */
  #readValues({ parts }: Instruction): void {
    for (const { start, end } of parts) {
      for (const { index, 0: all, 1: text = "" } of this.fragment.text.slice(start, end).matchAll(QUOTED)) {
        if (!isCommandLine(text) || !looksLikeCommand(text) || /[\\$]/.test(text)) continue;
        const from = start + index + all.length - 1 - text.length;
        const value = this.fragment.slice(from, from + text.length, (written) =>
          /["'\\$\n]/.test(written) ? null : written,
        );
        this.#addTold(value, "text");
      }
    }
  }

  #addTold(text: Fragment, role: Role): void {
    const { invocations } = this.context.read("shell", text);
    this.#invocations.push(...invocations.map((invocation) => ({ ...invocation, role })));
  }

  /** What stands behind the instruction's name, lines that go on as they are. */
  #lineOf({ parts }: Instruction): string {
    const { text } = this.fragment;
    const isOne = parts.length === 1;
    const line = parts.map(({ start, end, continues }) => {
      return continues === null ? text.slice(start, end) : `${text.slice(start, continues)}\\`;
    });
    return isOne ? (line[0] ?? "").replace(/\\$/, "") : line.join("\n");
  }
}

/** The part of a fragment behind what a pattern finds at its begin. */
function behind(ahead: RegExp, fragment: Fragment): Fragment {
  const from = ahead.exec(fragment.text)?.[0].length ?? 0;
  return from === 0 ? fragment : fragment.slice(from, fragment.text.length);
}

const FLAGS = /^(?:--[\w-]+(?:=\S*)?(?:\s|\\\n)+)+/;
const HEALTH_COMMAND = /^(?:--\S+(?:\s|\\\n)+)*CMD(?:\s|\\\n)+/i;
const QUOTED = /=["']([^"'\n]+)["']/g;
