import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Reading } from "../../commands/command.ts";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { asYaml } from "../json/as-yaml.ts";
import type { Language, ReadContext } from "../language.ts";
import { decodeDouble } from "../yaml/decode.ts";
import { parseDocuments, type YamlDocument } from "../yaml/document.ts";
import { doubleText } from "../yaml/encode.ts";
import { mentionsProgram } from "../yaml/mention.ts";
import { readCode } from "./code.ts";

/** Jupyter notebooks: code cells with what IPython hands to a shell, and cells of Markdown. Outputs are left alone. */
export const notebook: Language = {
  id: "notebook",
  read(file, context) {
    if (!mentionsProgram(file.text)) return NOTHING;
    const fragment = asYaml(file.text.startsWith("\uFEFF") ? file.slice(1, file.text.length) : file);
    try {
      return united(parseDocuments(fragment).flatMap((document) => readCells(document, context)));
    } catch {
      // Only what the parser itself cannot bear: a stack that overflows on thousands of brackets.
      const place = { start: 0, end: file.source.length };
      return {
        invocations: [],
        problems: [{ ...place, reason: "this notebook does not parse", fatal: true }],
      };
    }
  },
};

const NOTHING: Reading = { invocations: [], problems: [] };

function readCells(document: YamlDocument, context: ReadContext): readonly Reading[] {
  const { root } = document;
  const [fault] = document.faults;
  if (fault !== undefined) {
    const place = document.fragment.toSource(fault);
    return [
      { invocations: [], problems: [{ ...place, reason: "this notebook is not valid JSON", fatal: true }] },
    ];
  }
  if (!isMap(root)) return [];
  const cells = field(document, root, "cells");
  if (!isSeq(cells)) return [];
  const metadata = field(document, root, "metadata");
  const language =
    textOf(field(document, field(document, metadata, "kernelspec"), "language")) ||
    textOf(field(document, field(document, metadata, "language_info"), "name"));
  return cells.items.flatMap((cell: ParsedNode) => {
    const source = sourceOf(document, field(document, cell, "source"));
    if (source === null || !mentionsProgram(source.text)) return [];
    const kind = textOf(field(document, cell, "cell_type"));
    if (kind === "markdown") return [context.read("markdown", source, `${context.path}.md`)];
    return kind === "code" ? [readCode(source, language.toLowerCase(), context)] : [];
  });
}

function field(document: YamlDocument, node: ParsedNode | null, name: string): ParsedNode | null {
  return isMap(node) ? document.resolve(document.fields(node).get(name)) : null;
}

function textOf(node: ParsedNode | null): string {
  return isScalar(node) ? node.source : "";
}

/** The text of a cell, which is one string or one for each of its lines. */
function sourceOf(document: YamlDocument, node: ParsedNode | null): Fragment | null {
  const lines: readonly (ParsedNode | null)[] = isSeq(node) ? node.items : [node];
  const builder = new PieceBuilder();
  let expected = "";
  for (const line of lines) {
    if (!isScalar(line) || line.type !== "QUOTE_DOUBLE") return null;
    decodeDouble(document.fragment.text, line.range[0], line.range[1], builder);
    expected += line.source;
  }
  const piece = builder.build(doubleText);
  return piece.text === expected ? document.fragment.child(piece) : null;
}

function united(readings: readonly Reading[]): Reading {
  return {
    invocations: readings.flatMap(({ invocations }) => invocations),
    problems: readings.flatMap(({ problems }) => problems),
  };
}
