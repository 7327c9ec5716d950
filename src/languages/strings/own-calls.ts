import { display, literal, type Invocation, type Word } from "../../commands/command.ts";
import { frozen } from "../../commands/lists.ts";
import type { Fragment } from "../../text/fragment.ts";
import { Argv } from "./argv.ts";
import type { Call } from "./expression.ts";
import type { Found } from "./found.ts";
import { argumentsFor, type Func } from "./functions.ts";
import { mentionsProgram } from "./mention.ts";
import type { Program } from "./program.ts";
import { ExpressionWords } from "./words.ts";

/** Calls of one function that are followed. */
const MAX_CALLS = 200;

/**
 * Reads the calls of the program's own functions that hand words on to a program:
 * `def gadget(*args): subprocess.run(["kubectl", "gadget", *args])`, for every `gadget(...)`.
 */
export class OwnCalls {
  constructor(
    private readonly program: Program,
    private readonly root: Fragment,
    private readonly found: Found,
  ) {}

  read(): void {
    for (const invocation of this.found.invocations) {
      const from = firstOpen(invocation);
      const func = from === null ? null : this.#functionAround(invocation.words[from]);
      if (from === null || func === null) continue;
      const calls = this.program.callsOf(func).slice(0, MAX_CALLS);
      const all = calls.map((call) => this.#wordsOf(invocation, from, func, call));
      const known = all.filter((argv) => argv !== null);
      for (const { words, used } of known) this.found.addCall(invocation, words, used);
      // What every call is known to run says all.
      if (known.length > 0 && known.length === all.length) this.found.drop(invocation);
    }
  }

  /** The function whose parameter a word is. */
  #functionAround(word: Word | undefined): Func | null {
    const name = word === undefined ? null : nameIn(word);
    if (word === undefined || name === null) return null;
    const { start } = word.list.fragment.toSource(word);
    const isIn = ({ block }: Func): boolean => {
      const body = this.root.toSource(block);
      return body.start <= start && start < body.end;
    };
    // The innermost begins last.
    const around = this.program.functions.findLast(isIn);
    return around?.params.some((param) => param.name === name) === true ? around : null;
  }

  /** The words of a command with what a call gives in the place of parameters; null where it gives none. */
  #wordsOf({ words }: Invocation, from: number, func: Func, call: Call): Argv | null {
    const argv = new Argv(this.program, this.root);
    argv.words.push(...frozen(words.slice(0, from)));
    for (const [i, word] of words.slice(from).entries()) {
      const name = nameIn(word);
      const param = func.params.find((one) => one.name === name);
      const given = name === null || param === undefined ? [] : argumentsFor(call, func, param.name);
      const [first] = given;
      if (first === undefined) {
        if (i === 0) return null;
        argv.words.push(...frozen([word]));
      } else if (param?.isRest === true) argv.elements(call.args, call.args.indexOf(first));
      else if (!(word.list instanceof ExpressionWords)) {
        if (!argv.split(first.value, true)) return null;
      } else if (word.value.some((part) => typeof part !== "string" && part.words === "any")) {
        if (!argv.list(first.value)) return null;
      } else argv.elements([first]);
    }
    return argv;
  }
}

/** Where the words of a command stop being known, if that is right behind its program; null elsewhere. */
function firstOpen({ words, role }: Invocation): number | null {
  const open = words.findIndex(({ value }) => literal(value) === null);
  const before = words[open - 1];
  const isProgram = before !== undefined && mentionsProgram(literal(before.value) ?? "");
  return role === "run" && isProgram ? open : null;
}

/** The name of the value that a word is: `args` of `*args`, `args...`, `{args}`, `" + args + "`. */
function nameIn({ value }: Word): string | null {
  const match = NAME.exec(display(value));
  return match?.[1] ?? null;
}

const NAME =
  /^(?:["'`]\s*(?:\+|\.\.?)\s*)?(?:\*|\.\.\.|&)?(?:list\(|tuple\()?[$#]?\{?\$?(\w+)\}?\)?(?:\.\.\.)?(?:\.(?:split|to_vec|clone)\(\))?(?:\s*(?:\+|\.\.?)\s*["'`])?$/;
