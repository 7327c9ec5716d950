import { type Fragment, PieceBuilder } from "../../text/fragment.ts";

/** Scripts of zsh, by name or first line. */
export function isZsh({ source }: Fragment, path: string): boolean {
  return (
    /(?:\.zsh|\.?z(?:shrc|shenv|profile|login|logout))$/.test(path) || /^\uFEFF?#![^\n]*\bzsh\b/.test(source)
  );
}

/** Quotes, comments and hidden characters, where nothing of the syntax stands; then what zsh alone has. */
const SYNTAX = new RegExp(
  [
    /'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]|(?<![^\s;|&(])#[^\n]*/,
    /(?<end>(?<=[^\s;&|{(][ \t]+)\}(?=[\s;&|)]|$))/,
    /(?<![^\s;|&({])(?<loop>for|foreach)(?<name>[ \t]+\w+[ \t]*)\((?<list>[^()\n]*)\)(?<body>[ \t]*(?:[;\n{])?)/,
    /(?<![^\s;|&({])(?<repeat>repeat[ \t]+[^\s;{]+)(?=[ \t]*(?<block>;[ \t]*do\b|\n[ \t]*do\b)?)/,
    /(?<![^\s;|&({])end(?=[\s;&|)]|$)/,
    /(?<=[ \t])(?<file>=)(?=\()/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/**
 * What zsh allows and other shells do not, as they would write it: `for x (a b) { ... }`, `foreach`, `repeat 3 { ... }`,
 * `{ ... }` without `;` at the end, `=(...)`.
 */
export function withoutZsh(fragment: Fragment): Fragment {
  const { text } = fragment;
  const builder = new PieceBuilder();
  let at = 0;
  let open = 0;
  const replace = (start: number, end: number, written: string): void => {
    if (start > at) builder.copy(text, at, start);
    builder.escape(written, start, end);
    at = end;
  };
  for (const { index, 0: all, groups = {} } of text.matchAll(SYNTAX)) {
    const end = index + all.length;
    const { loop, name = "", list = "", body = "", repeat, block } = groups;
    if (groups["end"] !== undefined) replace(index, end, ";}");
    else if (groups["file"] !== undefined) replace(index, end, "<");
    else if (repeat !== undefined) replace(index, end, block === undefined ? "" : "while :");
    else if (all === "end" && open > 0) {
      open -= 1;
      replace(index, end, "done");
    } else if (loop !== undefined) {
      const from = index + loop.length + name.length;
      const to = from + 1 + list.length;
      const isBlock = body.trim() !== "" || body.includes("\n");
      if (loop === "foreach") open += 1;
      if (loop === "for" && !isBlock) {
        replace(index, to + 1, "");
        continue;
      }
      replace(index, index + loop.length, "for");
      replace(from, from + 1, " in ");
      replace(to, to + 1, loop === "foreach" ? "; do " : body.trim() === "{" ? ";" : "");
      if (loop === "foreach" && body.trim() === ";") replace(end - 1, end, " ");
    }
  }
  if (at === 0) return fragment;
  builder.copy(text, at, text.length);
  return fragment.child(builder.build((written) => written));
}
