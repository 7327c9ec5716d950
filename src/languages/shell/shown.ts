import type { Command } from "unbash";

/** Commands to which it means nothing what a variable holds. */
export const SHOWS = /^(?:echo|printf|test|\[|:|logger|log|info|(?:log_|print_)\w+)$/;

/** Whether a command only shows its words, or asks no more than whether they are empty. */
export function isShown({ name, args, redirects }: Command): boolean {
  const program = name?.text ?? "";
  if (program === "test" || program === "[") return /^-[nz]$/.test(args[0]?.text ?? "");
  return SHOWS.test(program) && redirects.every(({ operator }) => !operator.includes(">"));
}
