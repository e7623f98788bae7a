import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { argumentTable as taskTable } from "../../provider/resources/task/argumentTable";
import { argumentTable as taskRunTable } from "../../provider/resources/taskRun/argumentTable";
import { root } from "../testing/tool";
import { documentedProperties, typeAliases } from "./docComments";
import type { ChangeRule as TaskRule } from "../../provider/resources/task/argumentTable";
import type { ChangeRule as TaskRunRule } from "../../provider/resources/taskRun/argumentTable";

/** The page that describes all arguments, outputs and functions. */
export const referencePath = "docs/reference.md";

/** The generated parts of the page, by the name in `<!-- generated: NAME -->`. */
const parts: Readonly<Record<string, () => string>> = {
  arguments: () =>
    argumentsPart("provider/program/taskRunArgs.ts", "TaskRunArgs", (name) => {
      const { change } = taskRunTable[name as keyof typeof taskRunTable];
      return taskRunWords[change];
    }),
  webhooks: () => propertyTable("provider/program/taskRunArgs.ts", "WebhookArgs", "field"),
  taskArguments: () =>
    argumentsPart("provider/program/taskArgs.ts", "TaskArgs", (name) => {
      const { change } = taskTable[name as keyof typeof taskTable];
      return taskWords[change];
    }),
  taskOptions: () => propertyTable("provider/program/taskArgs.ts", "TaskOptionsArgs", "option"),
  actorStandby: () => propertyTable("provider/program/taskArgs.ts", "ActorStandbyArgs", "property"),
  taskOutputs: () => propertyTable("provider/program/task.ts", "Task", "output"),
  outputs: () => propertyTable("provider/program/taskRun.ts", "TaskRun", "output"),
  query: () =>
    propertyTable("provider/apify/types/datasetItemsQuery.ts", "DatasetItemsQuery", "field"),
  options: () => propertyTable("provider/program/functions.ts", "ReadOptions", "option"),
};

/** What a change of an argument of a Task does, in words. */
const taskWords: Readonly<Record<TaskRule, string>> = {
  replaces: "replaces the task",
  adopts: "adopts the task it names",
  updates: "changes the task",
  updatesState: "changes nothing at Apify",
};

/** What a change of an argument of a TaskRun does, in words. */
const taskRunWords: Readonly<Record<TaskRunRule, string>> = {
  reruns: "runs again",
  adopts: "adopts the run it names",
  reevaluates: "may run again",
  appliesToNextRun: "takes effect at the next run",
  updatesState: "starts no run",
  appliesToDeployment: "starts no run",
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
  const style = await resolveConfig(join(root, referencePath));
  return format(text, { ...style, parser: "markdown" });
}

/** A table to look things up in, and below it what each argument does. */
function argumentsPart(
  path: string,
  declaration: string,
  changeWords: (name: string) => string,
): string {
  const aliases = typeAliases(path);
  const rows = documentedProperties(path, declaration).map(({ name, type, doc }) => {
    const plain = plainType(type);
    const [sentence, otherwise] = / Default: (.*?)\.(?= |$)/.exec(doc) ?? ["", "required"];
    return {
      cells: [code(name), code(aliases.get(plain) ?? plain), otherwise, changeWords(name)],
      description: `- ${code(name)}: ${doc.replace(sentence, "")}`,
    };
  });
  return [
    table(
      ["argument", "type", "default", "a change"],
      rows.map(({ cells }) => cells),
    ),
    rows.map(({ description }) => description).join("\n"),
  ].join("\n\n");
}

function propertyTable(path: string, declaration: string, title: string): string {
  const rows = documentedProperties(path, declaration);
  return table(
    [title, "type", "what it is"],
    rows.map(({ name, type, doc }) => [code(name), code(plainType(type)), doc]),
  );
}

/** A type without what Pulumi wraps it in, and without `undefined`: every value may be missing. */
function plainType(type: string): string {
  const inner = /^(?:pulumi\.Output|Input)<(.*)>$/.exec(type)?.[1] ?? type;
  return inner
    .replace(/\bInput<(\w+)>/g, "$1")
    .replace(/ \| undefined$/, "")
    .replace(/\breadonly /g, "");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
