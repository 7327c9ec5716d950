import type { CommandNode, PipelineNode, ProcessSubstitutionPart, Statement, SyntaxNode } from "unbash";
import type { OutputUse, Word } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { CommandWords } from "./command-words.ts";
import { sinkOf } from "./output.ts";

/** Commands in a row, each with its words: what reads what. */
export type Stages = readonly (readonly Word[])[];

/** The readers of output in the pipelines of one script. */
export class Readers {
  constructor(
    private readonly fragment: Fragment,
    private readonly words: CommandWords,
  ) {}

  /** What reads the output that is piped into a node, command by command. */
  of(node: PipelineNode): Stages {
    switch (node.type) {
      case "Command": {
        const words = this.words.of(node);
        const branches = node.args.flatMap((arg) => (arg.type === "Word" ? (arg.parts ?? []) : []));
        const inner = branches.flatMap((part) => this.branchesOf(part));
        return words.length === 0 ? inner : [words, ...inner];
      }
      case "Pipeline":
        return node.commands.flatMap((command) => this.of(command));
      case "Redirected":
        return this.of(node.command);
      case "Subshell":
      case "BraceGroup": {
        const [only, more] = node.body.commands;
        return only !== undefined && more === undefined && only.command.type !== "AndOr"
          ? this.of(only.command)
          : [[this.words.keyword(node)]];
      }
      case "While": {
        const first = node.clause.commands[0]?.command;
        return [[this.words.keyword(node), ...(first?.type === "Command" ? this.words.of(first) : [])]];
      }
      default:
        return [[this.words.keyword(node)]];
    }
  }

  /** `>(...)` */
  branchesOf(part: SyntaxNode): Stages {
    if (part.type !== "ProcessSubstitution" || part.operator !== ">") return [];
    return commandsOf(part).flatMap(({ command }) => (command.type === "AndOr" ? [] : this.of(command)));
  }

  /** `| tee FILE` at the end of a pipeline is a file that may be read later. */
  writtenByTee(node: CommandNode, use: OutputUse): OutputUse {
    if (node.type !== "Command" || node.name?.text !== "tee" || use.pipe.length > 0) return use;
    for (const arg of node.args) {
      if (arg.type !== "Word" || arg.text.startsWith("-")) continue;
      const sink = sinkOf(this.words.valueOf(arg, node), arg, this.fragment);
      if (sink.kind === "file" && sink.readHere) return { pipe: [], sink };
    }
    return use;
  }
}

function commandsOf({ script }: ProcessSubstitutionPart): readonly Statement[] {
  return script?.commands ?? [];
}
