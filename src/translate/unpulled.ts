import { display } from "../commands/command.ts";
import type { CommandLine, Note, ProgramId } from "./translation.ts";

/**
 * What to say of a command whose image becomes another one, where nothing is pulled for it: by its own flags, or by those of
 * the agent that the same document starts.
 */
export function unpulledNotes(line: CommandLine): readonly Note[] {
  const flag = ownRefusal(line) ?? agentRefusal(line);
  return flag === null ? [] : [{ messageId: "image-not-pulled", args: { flag } }];
}

/** `--pull` is a flag of every program's `run`, `--disallow-pulling` one of those that pull themselves. */
function ownRefusal({ words }: CommandLine): string | null {
  const texts = words.map(display);
  if (isOn("--disallow-pulling", texts)) return "--disallow-pulling";
  const at = texts.findLastIndex((text) => text === "--pull" || text.startsWith("--pull="));
  const value = texts[at] === "--pull" ? texts[at + 1] : texts[at]?.slice("--pull=".length);
  return value === "never" ? "--pull never" : null;
}

/** The commands that start an agent, by the program that asks it, and their flag. */
const AGENTS: Readonly<
  Partial<Record<ProgramId, { readonly program: ProgramId; readonly verb: string; readonly flag: string }>>
> = {
  "kubectl-gadget": { program: "kubectl-gadget", verb: "deploy", flag: "--disallow-gadgets-pulling" },
  gadgetctl: { program: "ig", verb: "daemon", flag: "--disallow-pulling" },
};

/** What an agent's settings call it (v0.42.0 pkg/config/gadgettracermanagerconfig). */
const SETTING = /(?:^|[=,])operator\.oci\.disallow-pulling=true\b/;

function agentRefusal({ program, document }: CommandLine): string | null {
  const agent = AGENTS[program];
  if (agent === undefined) return null;
  for (const { program: starter, words } of document?.lines ?? []) {
    const texts = words.map(display);
    if (starter !== agent.program || !texts.includes(agent.verb)) continue;
    if (isOn(agent.flag, texts)) return `${agent.verb} ${agent.flag}`;
    if (texts.some((text) => SETTING.test(text)))
      return `${agent.verb} with operator.oci.disallow-pulling=true`;
  }
  return null;
}

/** Whether a bool flag is given, and not as false; one that is known only at run time may be on. */
function isOn(flag: string, texts: readonly string[]): boolean {
  const last = texts.findLast((text) => text === flag || text.startsWith(`${flag}=`));
  return last !== undefined && !/=(?:0|f|false)$/i.test(last);
}
