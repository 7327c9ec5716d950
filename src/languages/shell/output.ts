import type { Redirect, Redirection } from "unbash";
import {
  display,
  literal,
  type OutputUse,
  type Sink,
  type Value,
  type Word,
} from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";

export const STDOUT: OutputUse = { pipe: [], sink: { kind: "stdout" } };
export const CAPTURED: OutputUse = { pipe: [], sink: { kind: "captured" } };
const DISCARDED: OutputUse = { pipe: [], sink: { kind: "discarded" } };

/** What redirects point at, as the script reads it. */
export interface Targets {
  readonly fragment: Fragment;
  valueOf(redirect: Redirect): Value;
  /** The commands of `>(...)`; empty for any other target. */
  stagesOf(redirect: Redirect): readonly (readonly Word[])[];
}

/** Where standard output goes once the redirects of a command are made; `use` is where it went before. */
export function redirected(redirects: readonly Redirection[], use: OutputUse, targets: Targets): OutputUse {
  return redirects.reduce((before, redirect) => {
    if (redirect.type !== "Redirect" || redirect.target === undefined || !movesOutput(redirect))
      return before;
    const stages = targets.stagesOf(redirect);
    if (stages.length > 0) return { pipe: [...stages, ...use.pipe], sink: use.sink };
    const value = targets.valueOf(redirect);
    const text = literal(value);
    if (redirect.operator === ">&" && text !== null && /^(?:\d+|-)$/.test(text)) {
      return text === "-" ? DISCARDED : text === "1" ? before : STDOUT;
    }
    return { pipe: [], sink: sinkOf(value, redirect.target, targets.fragment) };
  }, use);
}

/** Where output that is written to a file ends. */
export function sinkOf(
  path: Value,
  target: { readonly pos: number; readonly end: number },
  fragment: Fragment,
): Sink {
  const text = literal(path);
  if (text === "/dev/null") return { kind: "discarded" };
  if (text !== null && /^\/dev\/(?:stdout|stderr|tty|fd\/\d+)$/.test(text)) return { kind: "stdout" };
  const place = fragment.toSource({ start: target.pos, end: target.end });
  return { kind: "file", path, readHere: isNamedElsewhere(path, place, fragment.source) };
}

function movesOutput({ operator, descriptor }: Redirect): boolean {
  if (operator === "&>" || operator === "&>>") return true;
  if (operator !== ">" && operator !== ">>" && operator !== ">|" && operator !== ">&") return false;
  return descriptor === undefined || (descriptor.type === "FileDescriptor" && descriptor.value === 1);
}

/**
 * Whether the file names a path again where it may be read: not where it is written, set as a variable, removed, or
 * shown to people.
 * @param place of this mention in the source
 */
function isNamedElsewhere(path: Value, place: Range, source: string): boolean {
  return namesOf(path).some((name) => {
    for (const { index, 0: found } of source.matchAll(name)) {
      const isThisPlace = index < place.end && place.start < index + found.length;
      if (!isThisPlace && !isHarmless(source.slice(source.lastIndexOf("\n", index - 1) + 1, index)))
        return true;
    }
    return false;
  });
}

/** Patterns for the ways in which a path may be written: `$OUT` and `${OUT}`, and what OUT holds. */
function namesOf(path: Value): readonly RegExp[] {
  const known = path.length === 1 && typeof path[0] !== "string" ? (path[0]?.known ?? []) : [];
  return [display(path), ...known].map((text) => {
    const name = text
      .replace(/^\.\//, "")
      .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
      .replace(
        /\\\$(?:\\\{(\w+)\\\}|(\w+))/g,
        (_, long?: string, short?: string) => `\\$\\{?${long ?? short ?? ""}\\b\\}?`,
      );
    return new RegExp(`(?<![\\w.-])${name}(?![\\w-]|\\.\\w)`, "g");
  });
}

/** @param before the line up to the path */
function isHarmless(before: string): boolean {
  if (/(?:>\|?|\btee(?:\s+-a)?)\s*["']?(?:\.\/)?$/.test(before) || /(?:^|\s)\w+=["']?$/.test(before))
    return true;
  const command = before.slice(
    Math.max(before.lastIndexOf(";"), before.lastIndexOf("&"), before.lastIndexOf("|")) + 1,
  );
  return (
    /^\s*#/.test(before) ||
    /^\s*(?:sudo\s+)?(?:rm|touch|mkdir|chmod|chown|ls|echo|printf|trap)\b/.test(command)
  );
}
