import { format } from "prettier";
import { argumentNames as taskArguments } from "../../provider/resources/task/argumentTable";
import { argumentNames as taskRunArguments } from "../../provider/resources/taskRun/argumentTable";
import { outputNames as taskRunOutputs } from "../../provider/resources/taskRun/runOutputs";
import { factNames as taskOutputs } from "../../provider/resources/task/storedState";
import { version } from "../../provider/resources/userAgent";
import { docOfDeclaration } from "../reference/docComments";
import { links, readManifest } from "./manifest";
import { pythonReadme } from "./pythonReadme";
import { withTextsForAllLanguages } from "./texts";
import { createTypeConverter, requiredOf } from "./types";
import type { PropertySpec, TypeConverter } from "./types";

/** Where the schema is. */
export const schemaPath = "provider/native/schema.json";

type Properties = Readonly<Record<string, PropertySpec>>;

/** The schema of the native plugin, from the sources: the arguments, outputs and functions with their doc comments. */
export async function schemaText(): Promise<string> {
  const converter = createTypeConverter();
  const manifest = readManifest();
  const { description, license } = manifest;
  const schema = withTextsForAllLanguages({
    name: "apify",
    displayName: "Apify",
    // Without one, the package for .NET says that it is Pulumi's.
    publisher: "pulumi-apify",
    version,
    description,
    keywords: ["pulumi", "apify", "category/utility", "kind/native"],
    ...links(manifest),
    license,
    // Each package has the version of the schema, and all that its language needs to build it.
    meta: { supportPack: true },
    config: { variables: configuration },
    provider: {
      description: "The Apify account that resources belong to.",
      inputProperties: configuration,
    },
    resources: {
      "apify:index:Task": resource(converter, {
        name: "Task",
        program: "provider/program/task.ts",
        args: ["provider/program/taskArgs.ts", "TaskArgs"],
        argumentNames: taskArguments,
        outputNames: taskOutputs,
      }),
      "apify:index:TaskRun": resource(converter, {
        name: "TaskRun",
        program: "provider/program/taskRun.ts",
        args: ["provider/program/taskRunArgs.ts", "TaskRunArgs"],
        argumentNames: taskRunArguments,
        outputNames: taskRunOutputs,
      }),
    },
    functions: functions(converter),
    types: { ...converter.named(), "apify:index:KeyValueStoreRecord": recordType },
    language: { python: { pyproject: { enabled: true }, readme: pythonReadme(description) } },
  });
  return format(JSON.stringify(schema), { parser: "json", printWidth: 100 });
}

const configuration: Properties = {
  token: {
    type: "string",
    secret: true,
    description: "The API token of the account. Default: the environment variable `APIFY_TOKEN`.",
  },
  baseUrl: {
    type: "string",
    description:
      "The address of Apify's API. Default: the environment variable `APIFY_API_BASE_URL`, or Apify's own.",
  },
  consoleUrl: {
    type: "string",
    description:
      "The address of Apify Console, for links. Default: the environment variable `APIFY_CONSOLE_URL`, or Apify's own.",
  },
  accounts: {
    type: "string",
    secret: true,
    description:
      "More accounts, which the argument `account` names: JSON text of an object of `{ token, baseUrl }`.",
  },
  organization: {
    type: "string",
    description:
      "The Pulumi organization of the stack, which no program but one in TypeScript tells. Runs are found by it: stacks of the same names in two organizations that share an Apify account need it. Default: none.",
  },
};

/**
 * What `getKeyValueStoreRecord` returns. It is an object, because the generated package for Python takes nothing but a
 * dict for a result of any type; the properties of a type may have any value.
 */
const recordType = {
  description: "A record of a key-value store.",
  type: "object",
  properties: {
    value: {
      $ref: "pulumi.json#/Any",
      description: "The value of the record: parsed if it is JSON, else text.",
    },
  },
};

interface ResourceSource {
  readonly name: string;
  readonly program: string;
  readonly args: readonly [path: string, declaration: string];
  readonly argumentNames: readonly string[];
  readonly outputNames: readonly string[];
}

function resource(converter: TypeConverter, source: ResourceSource): object {
  const { name, program, args } = source;
  const inputs = picked(converter.propertiesOf(...args), source.argumentNames);
  const ofClass = converter.propertiesOf(program, name);
  const outputs = picked(ofClass, source.outputNames);
  const required = requiredOf(...args);
  const always = requiredOf(program, name).filter((output) => source.outputNames.includes(output));
  return {
    description: docOfDeclaration(program, name),
    // Every argument is an output too.
    properties: { ...inputs, ...outputs },
    required: [...new Set([...required, ...always])],
    inputProperties: inputs,
    requiredInputs: required,
    aliases: [{ type: `pulumi-nodejs:dynamic/apify:${name}` }],
  };
}

/** The properties with these names, in this order. Throws if one is missing. */
function picked(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(
    names.map((name) => {
      const property = properties[name];
      if (property === undefined) throw new Error(`There is no doc comment for "${name}".`);
      return [name, property];
    }),
  );
}

function functions(converter: TypeConverter): object {
  const path = "provider/program/functions.ts";
  const common = {
    account: {
      type: "string",
      description:
        "The name of an entry in `apify:accounts`. Default: the account of `apify:token`.",
    },
    ifGone: {
      $ref: "pulumi.json#/Any",
      description:
        "The value to return when the data does not exist, for example because Apify has deleted it after the account's retention period. Default: none, and the deployment fails.",
    },
  };
  return {
    "apify:index:getDatasetItems": {
      description: docOfDeclaration(path, "datasetItems"),
      inputs: {
        properties: {
          datasetId: { type: "string", description: "The id of the dataset." },
          ...converter.propertiesOf(
            "provider/apify/types/datasetItemsQuery.ts",
            "DatasetItemsQuery",
          ),
          ...common,
        },
        required: ["datasetId"],
      },
      outputs: {
        properties: {
          items: {
            type: "array",
            items: { $ref: "pulumi.json#/Any" },
            description: "The items, each as Apify returns it.",
          },
        },
        required: ["items"],
      },
    },
    "apify:index:getKeyValueStoreRecord": {
      description: docOfDeclaration(path, "keyValueStoreRecord"),
      inputs: {
        properties: {
          storeId: { type: "string", description: "The id of the key-value store." },
          key: { type: "string", description: "The key of the record, such as `OUTPUT`." },
          ...common,
        },
        required: ["storeId", "key"],
      },
      outputs: {
        properties: {
          record: {
            $ref: "#/types/apify:index:KeyValueStoreRecord",
            description: "The record. Absent if there is none.",
          },
        },
      },
    },
  };
}
