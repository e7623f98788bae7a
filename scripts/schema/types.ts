import { declaredProperties, docOfDeclaration, typeAliases } from "../reference/docComments";

/** A type, as Pulumi's schema writes it. */
export interface TypeSpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
}

/** A property, as Pulumi's schema writes it. */
export interface PropertySpec extends TypeSpec {
  readonly description?: string;
  readonly secret?: boolean;
}

/** A named type: an object, or a union of texts. */
export type NamedType =
  | {
      readonly description: string;
      readonly type: "object";
      readonly properties: Readonly<Record<string, PropertySpec>>;
      readonly required: readonly string[];
    }
  | {
      readonly description: string;
      readonly type: "string";
      readonly enum: readonly { readonly name: string; readonly value: string }[];
    };

/** Turns the types of the sources into those of the schema, and collects the named ones. */
export interface TypeConverter {
  readonly typeOf: (typescript: string) => TypeSpec;
  /** The properties of an interface, with their descriptions. */
  readonly propertiesOf: (
    path: string,
    declaration: string,
  ) => Readonly<Record<string, PropertySpec>>;
  readonly named: () => Readonly<Record<string, NamedType>>;
}

const any: TypeSpec = { $ref: "pulumi.json#/Any" };

/** Where the interfaces and unions of texts are declared that properties name. */
const sources: Readonly<Record<string, string>> = {
  ...inFile("provider/program/taskRunArgs.ts", [
    "WebhookArgs",
    "OnDelete",
    "OnFailure",
    "OnExpired",
    "RunEndStatus",
  ]),
  ...inFile("provider/program/taskArgs.ts", [
    "TaskOptionsArgs",
    "ActorStandbyArgs",
    "TaskOnDelete",
  ]),
  ...inFile("provider/apify/types/run.ts", [
    "RunMeta",
    "RunOptions",
    "RunStats",
    "Metamorph",
    "StorageIds",
  ]),
  ...inFile("provider/apify/types/links.ts", ["Links"]),
};

/** Types for which the schema has no better word. */
const others: Readonly<Record<string, TypeSpec>> = {
  string: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  unknown: any,
  PricingInfo: any,
  Run: any,
  // Some names of counters are none in other languages.
  RunUsage: { type: "object", additionalProperties: { type: "number" } },
};

/** Numbers that are whole and need no more than 32 bits, by the names of their properties. */
const wholeNumbers = new Set([
  "timeoutSecs",
  "idleTimeoutSecs",
  "memoryMbytes",
  "diskMbytes",
  "maxItems",
  "exitCode",
  "limit",
  "offset",
  "desiredRequestsPerActorRun",
  "maxRequestsPerActorRun",
  "migrationCount",
  "rebootCount",
  "restartCount",
  "resurrectCount",
  "metamorph",
]);

/** Creates a converter that has collected nothing yet. */
export function createTypeConverter(): TypeConverter {
  const named: Record<string, NamedType> = {};

  function typeOf(typescript: string): TypeSpec {
    const type = plain(typescript);
    const list = /^(?:readonly )?(.+)\[\]$/.exec(type)?.[1];
    if (list !== undefined) return { type: "array", items: typeOf(list) };
    const record = /^(?:Readonly<)?Record<string, (.+?)>>?$/.exec(type)?.[1];
    if (record !== undefined) return { type: "object", additionalProperties: typeOf(record) };
    const known = others[type];
    if (known !== undefined) return known;
    return namedType(type);
  }

  function namedType(type: string): TypeSpec {
    const path = sources[type];
    if (path === undefined) throw new Error(`The schema has no word for the type ${type}.`);
    const name = type.replace(/Args$/, "");
    const union = typeAliases(path).get(type);
    named[`apify:index:${name}`] ??=
      union === undefined
        ? {
            description: docOfDeclaration(path, type),
            type: "object",
            properties: propertiesOf(path, type),
            required: requiredOf(path, type),
          }
        : {
            description: docOfDeclaration(path, type),
            type: "string",
            enum: [...union.matchAll(/"([^"]+)"/g)].map(([, value = ""]) => ({
              name: enumName(value),
              value,
            })),
          };
    return { $ref: `#/types/apify:index:${name}` };
  }

  function propertiesOf(path: string, type: string): Readonly<Record<string, PropertySpec>> {
    return Object.fromEntries(
      declaredProperties(path, type).map(({ name, type: typescript, doc }) => {
        const spec = wholeNumbers.has(name) ? { type: "integer" } : typeOf(typescript);
        return [name, { ...spec, ...(doc === "" ? {} : { description: doc }) }];
      }),
    );
  }

  return { typeOf, propertiesOf, named: () => named };
}

/** The names of an interface's properties that are always there. */
export function requiredOf(path: string, declaration: string): readonly string[] {
  return declaredProperties(path, declaration)
    .filter(({ isOptional, type }) => !isOptional && !type.includes("undefined"))
    .map(({ name }) => name);
}

/** A type without what Pulumi wraps it in, and without the values that stand for a missing one. */
function plain(typescript: string): string {
  let type = typescript;
  for (;;) {
    const next = (/^(?:pulumi\.Output|Input)<(.*)>$/.exec(type)?.[1] ?? type)
      .replace(/ \| (?:null|undefined)/g, "")
      .replace(/\bInput<(\w+)>/g, "$1");
    if (next === type) return type;
    type = next;
  }
}

function inFile(path: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, path]));
}

/** `TIMED-OUT` as TimedOut. */
function enumName(value: string): string {
  return value
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join("");
}
