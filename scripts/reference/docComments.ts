import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "../testing/tool";

/** A property of an interface or class, as its source has it. */
export interface DocumentedProperty {
  readonly name: string;
  /** The type in TypeScript, on one line. */
  readonly type: string;
  /** The doc comment, on one line. */
  readonly doc: string;
  /** Whether the source says that it may be missing. */
  readonly isOptional: boolean;
}

/** The documented properties of an interface or class of this repository, in the order of the source. Throws for one without a doc comment. */
export function documentedProperties(
  path: string,
  declaration: string,
): readonly DocumentedProperty[] {
  const properties = declaredProperties(path, declaration);
  const undocumented = properties.find(({ doc }) => doc === "");
  if (undocumented === undefined) return properties;
  throw new Error(`${path}: ${declaration}.${undocumented.name} has no doc comment.`);
}

/** The doc comment of an interface, class, type or function, on one line. */
export function docOfDeclaration(path: string, declaration: string): string {
  const found = parse(path).statements.find(
    (statement) =>
      (ts.isInterfaceDeclaration(statement) ||
        ts.isClassDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement) ||
        ts.isFunctionDeclaration(statement)) &&
      statement.name?.text === declaration,
  );
  if (found === undefined) throw new Error(`${path} does not declare ${declaration}.`);
  return oneLine(docOf(found));
}

/** The properties of an interface or class, which need not be documented. */
export function declaredProperties(
  path: string,
  declaration: string,
): readonly DocumentedProperty[] {
  const source = parse(path);
  const found = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) &&
      statement.name?.text === declaration,
  );
  if (found === undefined) throw new Error(`${path} does not declare ${declaration}.`);
  return [...found.members].flatMap((member) => {
    if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
    const name = member.name.getText(source);
    const isOptional = member.questionToken !== undefined;
    const type = oneLine(member.type?.getText(source) ?? "");
    return [{ name, type, doc: oneLine(docOf(member)), isOptional }];
  });
}

/** What the type aliases of a file stand for, by their names. */
export function typeAliases(path: string): ReadonlyMap<string, string> {
  const source = parse(path);
  return new Map(
    source.statements
      .filter(ts.isTypeAliasDeclaration)
      .map(({ name, type }) => [name.text, oneLine(type.getText(source))]),
  );
}

function parse(path: string): ts.SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function docOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join(" ");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
