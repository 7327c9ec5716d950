import ts from "typescript";

/**
 * Of a program that is one long list of declarations, as bundlers write it, those that some names need, directly or through
 * others. A name counts wherever it stands as a word of its own, so that too much may stay but never too little; statements
 * that only run (they register services, or read the environment) are left out.
 * @param text the program
 * @param names of top-level declarations
 * @returns the declarations in their order, as they stand
 * @throws Error when one of the names is not declared
 */
export function cutOut(text: string, names: readonly string[]): string {
  const pieces = piecesOf(ts.createSourceFile("program.js", text, ts.ScriptTarget.Latest));
  const kept = reachable(pieces, names);
  return pieces
    .filter((piece) => kept.has(piece))
    .map((piece) => (piece.names[0] === TABLE ? tableOf(piece, kept) : piece.text))
    .join("\n");
}

/** The one table of which most rows are of no use: the messages of the type checker. */
const TABLE = "Diagnostics";

/** A statement. */
interface Piece {
  /** What it declares. */
  readonly names: readonly string[];
  /** What it completes that another one declares: `(function (X) { ... })(X || (X = {}))`, `X.y = 1`. */
  readonly completes: string | null;
  readonly needs: ReadonlySet<string>;
  readonly text: string;
  readonly statement: ts.Statement;
}

function piecesOf(file: ts.SourceFile): readonly Piece[] {
  return file.statements.map((statement) => ({
    names: declaredBy(statement),
    completes: completedBy(statement),
    needs: wordsIn(statement),
    text: file.text.slice(statement.pos, statement.end),
    statement,
  }));
}

function declaredBy(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}

function completedBy(statement: ts.Statement): string | null {
  if (!ts.isExpressionStatement(statement)) return null;
  const { expression } = statement;
  if (ts.isBinaryExpression(expression)) return expressionName(expression.left);
  if (!ts.isCallExpression(expression) || !ts.isParenthesizedExpression(expression.expression)) return null;
  const [argument] = expression.arguments;
  return argument !== undefined && ts.isBinaryExpression(argument) ? expressionName(argument.left) : null;
}

/** `X` of `X`, `X.y` and `X.y.z`. */
function expressionName(expression: ts.Expression): string | null {
  if (ts.isPropertyAccessExpression(expression)) return expressionName(expression.expression);
  return ts.isIdentifier(expression) ? expression.text : null;
}

/** All words that may be names of variables; not those behind a dot, and no keys. */
function wordsIn(statement: ts.Statement): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) words.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) visit(node.initializer);
    else ts.forEachChild(node, visit);
  };
  visit(statement);
  return words;
}

function reachable(pieces: readonly Piece[], names: readonly string[]): ReadonlySet<Piece> {
  const byName = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const about = piece.completes === null ? piece.names : [piece.completes];
    for (const name of about) byName.set(name, [...(byName.get(name) ?? []), piece]);
  }
  const missing = names.find((name) => !byName.has(name));
  if (missing !== undefined) throw new Error(`the program does not declare ${missing}`);
  const kept = new Set<Piece>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const piece of byName.get(name) ?? []) {
      if (kept.has(piece)) continue;
      kept.add(piece);
      open.push(...piece.needs);
    }
  }
  return kept;
}

/** `var TABLE = { ... }` with the rows that the other pieces name. */
function tableOf(table: Piece, kept: ReadonlySet<Piece>): string {
  const { statement } = table;
  const value = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations[0]?.initializer
    : null;
  if (value == null || !ts.isObjectLiteralExpression(value)) return table.text;
  const used = new Set([...kept].flatMap((piece) => (piece === table ? [] : rowsNamedIn(piece.statement))));
  const rows = value.properties.filter(
    ({ name }) => name !== undefined && ts.isIdentifier(name) && used.has(name.text),
  );
  const texts = rows.map((row) => table.text.slice(row.pos - statement.pos, row.end - statement.pos));
  return `\nvar ${TABLE} = {${texts.join(",")}\n};`;
}

function rowsNamedIn(statement: ts.Statement): readonly string[] {
  const rows: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && expressionName(node.expression) === TABLE)
      rows.push(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return rows;
}
