import { ts } from "ts-morph";
import type { ParsedProgram, SyntaxFault } from "./parsed.ts";
import { fromTypeScript } from "./typescript/converter.ts";

/**
 * Parses a whole file without types and turns it into our own tree. Errors do not stop it.
 * @param path its ending tells the dialect (`.tsx`, `.mts`)
 */
export function parseTypeScript(path: string, text: string): ParsedProgram {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, scriptKind(path));
  return { root: fromTypeScript(file), faults: faultsOf(file) };
}

function scriptKind(path: string): ts.ScriptKind {
  const ending = /\.[cm]?([jt]sx?)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === "ts") return ts.ScriptKind.TS;
  // A script without an ending may be in either language.
  return ending === "js" || ending === "jsx" ? ts.ScriptKind.JSX : ts.ScriptKind.TSX;
}

/** The compiler keeps them in a property that its types leave out. */
function faultsOf(file: ts.SourceFile): readonly SyntaxFault[] {
  if (!("parseDiagnostics" in file) || !Array.isArray(file.parseDiagnostics)) return [];
  return file.parseDiagnostics.map(({ start, length, messageText }: ts.DiagnosticWithLocation) => ({
    start,
    end: start + length,
    reason: ts.flattenDiagnosticMessageText(messageText, " "),
  }));
}
