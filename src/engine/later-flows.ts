import { display, type Invocation, type Value, type Word } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";

/**
 * The pipelines of the same script that read a command's output later: from the file that it is written to, or from the
 * variable that holds it (`OUT=$(...)`). None where the same file or variable gets anything else too.
 */
export function laterFlows(
  { invocation, head }: FoundCommand,
  invocations: readonly Invocation[],
): readonly (readonly (readonly Word[])[])[] {
  const { sink } = invocation.output;
  const { fragment } = head.list;
  const here = invocations.filter(
    ({ words: [first] }) => first?.list.fragment.source === fragment.source && !isSame(first, invocation),
  );
  if (sink.kind === "file") return here.flatMap((other) => readsFile(other, display(sink.path)));
  if (sink.kind !== "captured") return [];
  const name = variableOf(head);
  return name === null ? [] : here.flatMap((other) => readsVariable(other, name));
}

function isSame(word: Word, { words: [first] }: Invocation): boolean {
  return first === word;
}

/** `jq .pid FILE`, `cat FILE | jq .pid`, `jq .pid < FILE` */
function readsFile({ words, output }: Invocation, path: string): readonly (readonly (readonly Word[])[])[] {
  const [program, ...args] = words;
  if (program === undefined || WRITES.test(display(program.value))) return [];
  const named = args.findIndex(({ value }) => samePath(display(value), path));
  if (display(program.value) === "cat") return named < 0 || args.length > 1 ? [] : [output.pipe];
  const stage = named < 0 ? words : words.filter((_, at) => at !== named + 1);
  if (named < 0 && !behind(words).some((text) => redirectOf(text, path))) return [];
  return [[stage, ...output.pipe]];
}

/** Programs that name a file and do not read what stands in it. */
const WRITES =
  /^(?:tee|rm|mv|cp|touch|chmod|chown|mkdir|ls|echo|printf|test|\[|\[\[|stat|du|trap|source|\.)$/;

function samePath(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/^\.\//, "").replace(/\$\{(\w+)\}/g, "$$$1");
  return plain(a) === plain(b);
}

/** What stands behind the words of a command on the same line (its redirects), and behind the loop whose test it is. */
function behind(words: readonly Word[]): readonly string[] {
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  const { text } = last.list.fragment;
  const loop = /\b(?:while|until)\s+(?:IFS=\S*\s+)?$/.test(text.slice(0, first.start))
    ? loopEnd(text, last.end)
    : null;
  return [last.end, ...(loop === null ? [] : [loop])].map((at) => {
    const end = text.indexOf("\n", at);
    return text.slice(at, end < 0 ? text.length : end);
  });
}

/** Where the `done` of a loop ends whose test stands before an offset. */
function loopEnd(text: string, from: number): number | null {
  let depth = 0;
  for (const { 0: word, index } of text.slice(from).matchAll(/(?<=^|[\s;&|])(?:do|done)(?=$|[\s;&|<>)])/g)) {
    depth += word === "do" ? 1 : -1;
    if (depth === 0) return from + index + word.length;
  }
  return null;
}

function redirectOf(text: string, path: string): boolean {
  const [, target = ""] = /^\s*<\s*["']?([^\s"'|;&<>]+)/.exec(text) ?? [];
  return target !== "" && samePath(target, path);
}

/** The variable that a `$(...)` or backquotes are given to, where nothing else is in it. */
function variableOf({ start, list }: Word): string | null {
  const before = list.fragment.text.slice(0, start);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return /(?:^|[\s;&(])(\w+)=["']?(?:\$\(|`)\s*(?:(?:sudo|timeout \S+|env)\s+)*$/.exec(line)?.[1] ?? null;
}

/** `echo "$OUT" | jq .pid`, `jq .pid <<< "$OUT"` */
function readsVariable(
  { words, output }: Invocation,
  name: string,
): readonly (readonly (readonly Word[])[])[] {
  const [program] = words;
  if (program === undefined) return [];
  const isShown = /^(?:echo|printf)$/.test(display(program.value));
  if (isShown)
    return words.slice(1).some(({ value }) => holds(value, name)) && output.pipe.length > 0
      ? [output.pipe]
      : [];
  const reads = behind(words).some((text) => new RegExp(`^\\s*<<<\\s*["']?\\$\\{?${name}\\b`).test(text));
  return reads ? [[words, ...output.pipe]] : [];
}

function holds(value: Value, name: string): boolean {
  return value.length === 1 && new RegExp(`^\\$\\{?${name}\\}?$`).test(display(value));
}
