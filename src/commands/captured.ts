import type { Invocation } from "./command.ts";

/** The same command where something else reads what it would print. */
export function captured(invocation: Invocation): Invocation {
  const { pipe, sink } = invocation.output;
  return sink.kind === "stdout"
    ? { ...invocation, output: { pipe, sink: { kind: "captured" } } }
    : invocation;
}
