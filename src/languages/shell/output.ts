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

/**
 * Where what is written to each open file goes, by its number (`1`: standard output) or by the variable that holds it
 * (`$log` of `exec {log}> file`).
 */
export type Descriptors = ReadonlyMap<string, OutputUse>;

/** What a script starts with. */
export const NO_DESCRIPTORS: Descriptors = new Map([["2", STDOUT]]);

/** Where standard output goes once the redirects of a command are made; `use` is where it went before. */
export function redirected(
  redirects: readonly Redirection[],
  use: OutputUse,
  descriptors: Descriptors,
  targets: Targets,
): OutputUse {
  return redirects.length === 0 ? use : (openFiles(redirects, use, descriptors, targets).get("1") ?? use);
}

/** All open files once redirects are made. */
export function openFiles(
  redirects: readonly Redirection[],
  use: OutputUse,
  descriptors: Descriptors,
  targets: Targets,
): Descriptors {
  const open = new Map([...descriptors, ["1", use]]);
  for (const redirect of redirects) {
    if (redirect.type !== "Redirect" || redirect.target === undefined || !WRITES.has(redirect.operator))
      continue;
    const moved = destination(redirect, redirect.target, open, targets);
    open.set(nameOf(redirect), moved);
  }
  return open;
}

const WRITES = new Set([">", ">>", ">|", ">&", "&>", "&>>"]);

function nameOf({ descriptor }: Redirect): string {
  if (descriptor === undefined) return "1";
  return descriptor.type === "FileDescriptor" ? String(descriptor.value) : `$${descriptor.name}`;
}

function destination(
  redirect: Redirect,
  target: { readonly pos: number; readonly end: number },
  open: Descriptors,
  targets: Targets,
): OutputUse {
  const use = open.get("1") ?? STDOUT;
  const stages = targets.stagesOf(redirect);
  if (stages.length > 0) return { pipe: [...stages, ...use.pipe], sink: use.sink };
  const value = targets.valueOf(redirect);
  const name = display(value).replace(/^\$\{(\w+)\}$/, "$$$1");
  if (redirect.operator === ">&" && /^(?:\d+-?|-|\$\w+)$/.test(name)) {
    // Of a file that something else opened, nobody knows who reads it.
    return name === "-" ? DISCARDED : (open.get(name.replace(/-$/, "")) ?? CAPTURED);
  }
  return { pipe: [], sink: sinkOf(value, target, targets.fragment) };
}

/** Where output goes that several callers share: one way if all agree, else to someone whom nobody can follow. */
export function unite(calls: readonly OutputUse[]): OutputUse {
  const [first, ...rest] = calls.filter(({ sink }) => sink.kind !== "discarded");
  if (first === undefined) return calls[0] ?? CAPTURED;
  const agree = rest.every(({ pipe, sink }) => pipe.length === 0 && isSameSink(sink, first.sink));
  return rest.length === 0 || (agree && first.pipe.length === 0) ? first : CAPTURED;
}

function isSameSink(a: Sink, b: Sink): boolean {
  if (a.kind !== "file" || b.kind !== "file") return a.kind === b.kind;
  return display(a.path) === display(b.path) && a.readHere === b.readHere;
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
