import * as pulumi from "@pulumi/pulumi";
import { types } from "node:util";

/** The key by which Pulumi marks an object that is not plain data. Source: sdk/go/common/resource/sig/sig.go in pulumi/pulumi. */
const signatureKey = "4dabf18193072939515e22adb298388d";

/** The texts by which Pulumi marks a value that is not known yet. Source: the same file. */
const unknownTexts: ReadonlySet<string> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** gRPC replaces a lone surrogate by U+FFFD. */
const loneSurrogate = /\p{Surrogate}/u;

/**
 * Why a value cannot become JSON, or would lose its content there, and what to pass instead; `undefined`
 * if it can. Does not look inside a list or an object.
 */
export function whyNotJson(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return whyNotText(value);
    case "number":
      if (Number.isFinite(value)) return undefined;
      return `is ${value}, which JSON cannot represent; pass a finite number, a string or null`;
    case "bigint":
      return "is a BigInt; pass a string, or a number if it is small enough";
    case "function":
      return "is a function; pass what it returns, or omit it";
    case "symbol":
      return "is a symbol; pass a string";
    case "object":
      return value === null ? undefined : whyNotData(value);
    case "boolean":
    case "undefined":
      return undefined;
  }
}

/** Why an object may not have this key, and what to do; `undefined` if it may. */
export function whyNotKey(key: string): string | undefined {
  if (key === "__proto__") return "has a name that cannot be sent to Apify; rename it";
  // Pulumi would read an object with such a key as one of its own special values.
  if (key === signatureKey || key.startsWith("__pulumi")) {
    return "has a name that Pulumi reserves; rename it";
  }
  return loneSurrogate.test(key) ? `has a name that ${halfCharacter}` : undefined;
}

/** Whether a value is a Date without a time, which JSON would turn into null. */
export function isInvalidDate(value: unknown): boolean {
  return types.isDate(value) && Number.isNaN(Date.prototype.getTime.call(value));
}

/**
 * The value that `JSON.stringify` converts in place of this one: the result of its `toJSON`, called once
 * with the key.
 */
export function toJsonResult(given: unknown, key: string): unknown {
  if (given === null || !typesWithToJson.has(typeof given)) return given;
  const { toJSON: toJson } = given as { toJSON?: unknown };
  return typeof toJson === "function" ? (toJson.call(given, key) as unknown) : given;
}

/** The types for which `JSON.stringify` calls `toJSON`. */
const typesWithToJson: ReadonlySet<string> = new Set(["object", "function", "bigint"]);

/** The primitive in an object such as `new Number(1)`, as JSON has it; any other value as it is. */
export function unboxed(value: unknown): unknown {
  if (!types.isBoxedPrimitive(value)) return value;
  if (types.isNumberObject(value)) return Number(value);
  return types.isStringObject(value) ? String(value) : value.valueOf();
}

const halfCharacter =
  "contains half a character (a lone surrogate), as when a string is cut inside an emoji; cut it between characters";

function whyNotText(text: string): string | undefined {
  if (loneSurrogate.test(text)) return halfCharacter;
  return unknownTexts.has(text)
    ? "is the string that Pulumi uses to mark an unknown value; pass another string"
    : undefined;
}

function whyNotData(value: object): string | undefined {
  if (Array.isArray(value) || isPlain(value)) return undefined;
  if (pulumi.Resource.isInstance(value)) {
    return "is a Pulumi resource; pass one of its outputs, such as its id";
  }
  if (pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value)) {
    return "is a Pulumi asset or archive; pass its text, or a URL that the Actor can load";
  }
  if (isInvalidDate(value)) return "is an invalid date; pass a valid one, or an ISO 8601 string";
  if (types.isMap(value)) return "is a Map; pass Object.fromEntries(map)";
  if (types.isSet(value)) return "is a Set; pass Array.from(set)";
  if (types.isRegExp(value)) return "is a regular expression; pass its source, a string";
  if (types.isNativeError(value)) return "is an Error; pass its message";
  if (isThenable(value)) return "has a `then` method but is not a promise; await it first";
  if (types.isAnyArrayBuffer(value) || types.isArrayBufferView(value)) {
    return `is binary data (${classOf(value)}); pass it as base64 or as a list of numbers`;
  }
  if (Object.keys(value).length > 0) return undefined;
  return `is an instance of a class (${classOf(value)}) that JSON turns into {}; pass its content as plain data`;
}

function isThenable(value: object): boolean {
  return "then" in value && typeof value.then === "function";
}

/** Whether an object has no class of its own, in this realm or another (`node:vm`). */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function classOf(value: object): string {
  const { constructor } = value as { constructor?: { name?: unknown } };
  return typeof constructor?.name === "string" ? constructor.name : "unnamed";
}
