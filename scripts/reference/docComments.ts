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
}

/** The documented properties of an interface or class of this repository, in the order of the source. */
export function documentedProperties(
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
    const doc = oneLine(docOf(member));
    if (doc === "") throw new Error(`${path}: ${declaration}.${name} has no doc comment.`);
    return [{ name, type: oneLine(member.type?.getText(source) ?? ""), doc }];
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
