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
        const isCalled = between.every((word) => isPassed(word) || RUNNERS.test(word));
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

/** What may stand between a runner and what it runs: flags, assignments, numbers and times. */
function isPassed(word: string): boolean {
  return /^(?:-.*|[A-Za-z_]\w*=.*|\d[\d.]*[smhd]?)$/.test(word);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
