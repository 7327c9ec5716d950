import type { Scalar } from "yaml";
import { captured } from "../../commands/captured.ts";
import type { Problem, Reading, Role } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { LanguageId, ReadContext } from "../language.ts";
import { setsVariable } from "./capture.ts";
import type { YamlDocument } from "./document.ts";
import { shellConstants } from "./environment.ts";
import { withExpressions } from "./expressions.ts";
import { languageOfInterpreter } from "./foreign.ts";
import { isCommandModule } from "./keys.ts";
import { isCommand, looksLikeCommand, mentionsProgram } from "./mention.ts";
import { knownInWords, treatmentOf, withRole, type Place } from "./place.ts";
import { readText } from "./text.ts";

const NOTHING: Reading = { invocations: [], problems: [] };

/** The commands in a scalar, which its place says to be a script, a document of its own, or text. */
export function readScalar(
  node: Scalar.Parsed,
  place: Place,
  document: YamlDocument,
  context: ReadContext,
): Reading {
  const treatment = treatmentOf(node.source, place);
  const isShell = treatment.kind === "script" && treatment.interpreter === "sh";
  if (treatment.kind === "skip" || (!isShell && !mentionsProgram(node.source))) return NOTHING;
  const text = document.text(node);
  if (text === null) return unmapped(node, document);
  const reader = new TextReader(text, place, context);
  switch (treatment.kind) {
    case "script":
      return reader.script(treatment.interpreter);
    case "lines":
      return reader.lines(treatment.role);
    case "yaml":
      return reader.nested(treatment.role) ?? reader.lines(treatment.role);
  }
}

/** A scalar that the parser accepted, though its text could not be traced to the source. */
function unmapped(node: Scalar.Parsed, document: YamlDocument): Reading {
  if (!document.isSound(node) || !isCommand(node.source)) return NOTHING;
  const [start, end] = node.range;
  const place = document.fragment.toSource({ start, end });
  const problem = { ...place, reason: "this scalar could not be decoded exactly", fatal: false };
  return { invocations: [], problems: [problem] };
}

/** The ways to read one text. */
class TextReader {
  constructor(
    private readonly text: Fragment,
    private readonly place: Place,
    private readonly context: ReadContext,
  ) {}

  script(interpreter: string): Reading {
    if (interpreter === "sh") return this.#shell(withoutArguments(this.text, this.place.key));
    return this.#windows(interpreter) ?? this.#program(interpreter) ?? this.#unread();
  }

  lines(role: Role): Reading {
    const { text, place, context } = this;
    const action = place.key === "action" || place.key === "local_action" ? ACTION.exec(text.text) : null;
    if (action !== null) {
      return this.#shell(withoutArguments(text.slice(action[0].length, text.text.length), "shell"));
    }
    return { invocations: readText(withExpressions(text, place.known), context, role), problems: [] };
  }

  /** Text that is a document of its own; null when it is none, or has no command. */
  nested(role: Role): Reading | null {
    const { invocations, problems } = this.context.read("yaml", this.text);
    if (invocations.length === 0 || (problems.length > 0 && role !== "run")) return null;
    return {
      invocations: invocations.map((invocation) => withRole(invocation, role)),
      problems: problems.map(notFatal),
    };
  }

  #shell(text: Fragment): Reading {
    const { place, context } = this;
    const script = withExpressions(text, knownInWords(place));
    const environment = shellConstants(place.variables);
    const { invocations, problems } = context.read("shell", script, undefined, environment);
    const isCaptured = place.sink === "captured" || setsVariable(place.key, place.parents);
    return {
      invocations: isCaptured ? invocations.map(captured) : invocations,
      problems: mentionsProgram(text.text) ? problems.map(notFatal) : [],
    };
  }

  /** A script for a shell of Windows; null for any other. */
  #windows(interpreter: string): Reading | null {
    const language = WINDOWS_SHELLS.get(interpreter);
    if (language === undefined) return null;
    const { text, place, context } = this;
    const script = withExpressions(text, knownInWords(place), (code) => !code.startsWith("$("));
    const { invocations, problems } = context.read(language, script);
    return {
      invocations: place.sink === "captured" ? invocations.map(captured) : invocations,
      problems: problems.map(notFatal),
    };
  }

  /** A script of another language that can be read; null when it cannot, or something is filled in. */
  #program(interpreter: string): Reading | null {
    const { text, place, context } = this;
    const language = languageOfInterpreter(interpreter, text.source);
    const isFilledIn = text.holes.length > 0 || /\$?\{\{|\$\(\w|<<\s*\w+\./.test(text.text);
    if (language === null || isFilledIn || context.canRead?.(language.id) !== true) return null;
    const { invocations, problems } = context.read(language.id, text, context.path + language.extension);
    return {
      invocations: place.sink === "captured" ? invocations.map(captured) : invocations,
      problems: problems.map(notFatal),
    };
  }

  /** A script of another language: what looks like a command in it is said to be unread. */
  #unread(): Reading {
    const { text } = this;
    const reason = "a command in a script of another language is not read here";
    const problems = [...text.text.matchAll(/[^\r\n]+/g)]
      .filter(([line]) => looksLikeCommand(line) && !/^\s*(?:#|\/\/)/.test(line))
      .map(({ index, 0: line }) => text.toSource({ start: index, end: index + line.length }));
    return { invocations: [], problems: problems.map((line) => ({ ...line, reason, fatal: false })) };
  }
}

const WINDOWS_SHELLS: ReadonlyMap<string, LanguageId> = new Map([
  ["pwsh", "powershell"],
  ["powershell", "powershell"],
  ["cmd", "cmd"],
]);

/** `action: shell ...` of Ansible. */
const ACTION = /^(?:ansible\.(?:builtin|legacy)\.)?(?:shell|command|raw)\s+/;

/** The text of a module's command without the arguments that Ansible takes from its end. */
function withoutArguments(text: Fragment, key: string): Fragment {
  if (!isCommandModule(key)) return text;
  const last = /(?:\s+(?:chdir|creates|removes|executable|stdin|warn)=(?:"[^"]*"|'[^']*'|\S+))+\s*$/.exec(
    text.text,
  );
  return last === null ? text : text.slice(0, last.index);
}

function notFatal(problem: Problem): Problem {
  return { ...problem, fatal: false };
}
