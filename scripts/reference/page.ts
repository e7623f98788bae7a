import { format } from "prettier";
import { documentedProperties } from "./docComments";

/** The page that describes all arguments, outputs and functions. */
export const referencePath = "docs/reference.md";

/** The generated parts of the page, by the name in `<!-- generated: NAME -->`. */
const parts: Readonly<Record<string, () => string>> = {
  arguments: () => {
    const rows = documentedProperties("provider/program/args.ts", "TaskRunArgs");
    return table(
      ["argument", "type", "what it does"],
      rows.map(({ name, type, doc }) => [code(name), code(withoutWrapper(type, "Input")), doc]),
    );
  },
  webhooks: () => propertyTable("provider/program/args.ts", "WebhookArgs", "field"),
  outputs: () => propertyTable("provider/program/taskRun.ts", "TaskRun", "output"),
  query: () =>
    propertyTable("provider/apify/types/datasetItemsQuery.ts", "DatasetItemsQuery", "field"),
  options: () => propertyTable("provider/program/functions.ts", "ReadOptions", "option"),
};

/** The page with its generated parts made anew. Throws when one of them has no place in it. */
export async function withGeneratedParts(page: string): Promise<string> {
  let text = page;
  for (const [name, generate] of Object.entries(parts)) {
    const place = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`${referencePath} has no place for "${name}".`);
    text = text.replace(
      place,
      (_, begin: string, end: string) => `${begin}\n${generate()}\n\n${end}`,
    );
  }
  return format(text, { parser: "markdown" });
}

function propertyTable(path: string, declaration: string, title: string): string {
  const rows = documentedProperties(path, declaration);
  return table(
    [title, "type", "what it is"],
    rows.map(({ name, type, doc }) => [code(name), code(plainType(type)), doc]),
  );
}

/** A type without what it is wrapped in, and without `undefined`: every value may be missing. */
function plainType(type: string): string {
  return withoutWrapper(withoutWrapper(type, "pulumi.Output"), "Input")
    .replace(/ \| undefined$/, "")
    .replace(/\breadonly /g, "");
}

/** `Value` of `Wrapper<Value>`, however often it is wrapped. */
function withoutWrapper(type: string, wrapper: string): string {
  let text = type;
  for (;;) {
    const inner = new RegExp(`^${wrapper}<(.*)>$`).exec(text)?.[1];
    if (inner === undefined) return text;
    text = inner;
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
