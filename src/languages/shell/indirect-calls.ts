import { type Command, forEachChild, type SyntaxNode } from "unbash";
import { display, type Invocation, type OutputUse, type Word } from "../../commands/command.ts";
import { CAPTURED } from "./output.ts";

/** A call of a function behind a word that runs it (`timeout 5 f`, `bash -c 'f 1'`). */
export interface IndirectCall {
  readonly output: OutputUse;
  /** The words of the call, where the function gets just them; null where nobody can tell what it gets. */
  readonly args: readonly Word[] | null;
  readonly invocation: Invocation;
}

/** Run the words behind them, functions included; what other programs run is no function of the script. */
const RUNNERS = /^(?:time|command|eval|exec|env|sudo|timeout|nohup|nice|stdbuf|unbuffer|chronic|setsid)$/;
/** Run them with more words, later, or elsewhere. */
const STARTERS =
  /^(?:xargs|parallel|trap|export|declare|typeset|(?:ba|da|a|k|z)?sh|ssh|su|watch|coproc|script)$/;
/** Programs whose words are data: a word that is called as a function stands for itself there. */
const READERS =
  /^(?:echo|printf|e?grep|fgrep|sed|awk|kubectl|oc|k|helm|docker|podman|git|test|\[|\[\[|unset|type|which|cat|rm|mkdir|touch|cp|mv|ls|cd|source|\.|local|readonly|read|set|return|exit|kill|pkill|pgrep|killall|make|npm|go|curl|tar|chmod|chown)$/;

/**
 * What a function does with the words that it is called with, as far as one of them may be the name of another function:
 * `runs`: it may run one; `passes`: it runs them only all together (`timeout 5 "$@"`), which is looked at as a command of its
 * own; `keeps`: it only hands them to programs (`ig "$@"`).
 * @param isFunction whether a name is of a function of the script
 */
export type UseOfArguments = "runs" | "passes" | "keeps";

export function useOfArguments(node: SyntaxNode, isFunction: (name: string) => boolean): UseOfArguments {
  let use: UseOfArguments = node.type === "Command" ? useInCommand(node, isFunction) : "keeps";
  forEachChild(node, (child) => {
    const inner = useOfArguments(child, isFunction);
    if (inner === "runs" || use === "keeps") use = inner;
  });
  return use;
}

function useInCommand({ name, args }: Command, isFunction: (name: string) => boolean): UseOfArguments {
  const texts = (name === undefined ? [] : [name, ...args]).map(({ text }) => text);
  const run = texts.slice(runnersIn(texts));
  const given = run.filter((text) => text.includes("$"));
  if (given.length === 0) return "keeps";
  const [head = "$"] = run;
  const runsHead = !/^[\w./@%+:-]+$/.test(head) || STARTERS.test(baseName(head)) || isFunction(head);
  const areTogether = given.every((text) => /^"?\$(?:@|\{@(?::\d+)?\})"?$/.test(text));
  if (runsHead) return areTogether && !STARTERS.test(baseName(head)) ? "passes" : "runs";
  if (READERS.test(baseName(head)) || !given.some((text) => /^"?\$\{?[1-9*]/.test(text))) return "keeps";
  return "runs";
}

/** The calls of functions that do not stand in the place of a command, by the names that they may be of. */
export class IndirectCalls {
  readonly #calls = new Map<string, IndirectCall[]>();

  /** A command of the script, whatever it is. */
  add(invocation: Invocation): void {
    const { words, output } = invocation;
    const [first, ...rest] = words.map((word) => display(word.value));
    if (first === undefined || rest.length === 0) return;
    const program = baseName(first);
    if (READERS.test(program)) return;
    const isRunner = RUNNERS.test(program);
    for (const [i, text] of rest.entries()) {
      const between = rest.slice(0, i);
      if (/^[\w.:@%+-]+$/.test(text)) {
        const isCalled = runnersIn([isRunner ? program : "env", ...between]) > i;
        const args = isRunner && isCalled ? words.slice(i + 2) : null;
        const isStarted = [program, ...between].some((word) => STARTERS.test(baseName(word)));
        const isExported = /^(?:export|declare|typeset)$/.test(program);
        if (isExported && !between.some((word) => /^-\w*f/.test(word))) continue;
        if (isCalled || isStarted)
          this.#add(text, { output: isExported ? CAPTURED : output, args, invocation });
      } else if (isRunner || [program, ...between].some((word) => STARTERS.test(baseName(word)))) {
        for (const name of new Set(text.match(/[\w.:@%+-]+/g)))
          this.#add(name, { output, args: null, invocation });
      }
    }
  }

  of(name: string): readonly IndirectCall[] {
    return this.#calls.get(name) ?? [];
  }

  #add(name: string, call: IndirectCall): void {
    const calls = this.#calls.get(name);
    if (calls === undefined) this.#calls.set(name, [call]);
    else calls.push(call);
  }
}

/** How many words stand before what runners run. */
function runnersIn(texts: readonly string[]): number {
  const at = texts.findIndex((text, i) => {
    const isLimit = /^(?:timeout|nice)$/.test(baseName(texts[i - 1] ?? "")) && /^"?\$\{?\w+\}?"?$/.test(text);
    return !isLimit && !isPassed(text) && !RUNNERS.test(baseName(text));
  });
  return at < 0 ? texts.length : at;
}

/** What may stand between a runner and what it runs: flags, assignments, numbers and times. */
function isPassed(word: string): boolean {
  return /^(?:-.*|[A-Za-z_]\w*=.*|\d[\d.]*[smhd]?)$/.test(word);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
