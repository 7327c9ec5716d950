import { PieceBuilder, type Fragment, type Hole } from "../../text/fragment.ts";
import { valuesOf, type KnownValues } from "./known.ts";

/**
 * What something else than YAML fills in: `{{ x }}` of Argo and Ansible, `${{ x }}` of GitHub, `$(X)` of Kubernetes,
 * Tekton and Azure, `${X}` and `$X` of compose and GitLab, `<placeholders>`. `$$` is an escaped `$`.
 */
const EXPRESSION = /\$\$|\$?\{\{.*?\}\}|\$\([^()\s]*\)|\$\{[^{}]*\}|\$[A-Za-z_]\w*|<[A-Za-z][\w .-]*>/gs;

/** The parts of a word that are known only later: the holes of its text, and expressions in it; in order. */
export function expressionsIn(fragment: Fragment, known: KnownValues): readonly Hole[] {
  const holes = fragment.holes.map((hole) => withValues(hole, known));
  for (const { index: start, 0: code } of fragment.text.matchAll(EXPRESSION)) {
    const end = start + code.length;
    if (code !== "$$" && fragment.holesIn({ start, end }).length === 0)
      holes.push(withValues({ start, end, code, words: "one" }, known));
  }
  return holes.sort((a, b) => a.start - b.start);
}

function withValues(hole: Hole, known: KnownValues): Hole {
  const values = hole.known ?? valuesOf(hole.code, known);
  return values?.every((value) => /^\S+$/.test(value)) === true ? { ...hole, known: values } : hole;
}

/** Expressions that are filled in before a shell reads the text; `<< x >>` of CircleCI is a here-document to a shell. */
const BEFORE_SHELL =
  /\$?\{\{[^\n{}]*\}\}|\$\([\w.[\]'"-]+\)|(?<!<)<<\s*(?:parameters|pipeline|matrix|inputs)\.[\w.-]+\s*>>/g;

/**
 * The text of a script with the expressions as holes whose values the file gives, or that a shell would misread.
 * @param isMisread whether the shell that reads it takes braces for its own
 */
export function withExpressions(
  text: Fragment,
  known: KnownValues,
  isMisread: (code: string) => boolean = (code) => code.startsWith("<<"),
): Fragment {
  const builder = new PieceBuilder();
  let at = 0;
  for (const { index: start, 0: code } of text.text.matchAll(BEFORE_SHELL)) {
    const end = start + code.length;
    const values = valuesOf(code, known);
    if ((values === undefined && !isMisread(code)) || text.holesIn({ start, end }).length > 0) continue;
    const isWord = values?.every((value) => /^\S+$/.test(value)) === true;
    builder.copy(text.text, at, start);
    builder.hole({ code, words: "any", ...(isWord ? { known: values } : {}) }, start, end);
    at = end;
  }
  if (at === 0) return text;
  builder.copy(text.text, at, text.text.length);
  return text.child(builder.build((written) => written));
}
