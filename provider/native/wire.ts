import { signatureKey } from "../engine/declaredProperties";
import { nativeMark } from "../engine/operations";
import { pulumiLibraries } from "../engine/pulumiLibraries";
import { toWire } from "../engine/wire";
import type { HiddenInputs } from "../engine/hiddenInputs";
import type { Properties } from "../engine/operations";
import type { Struct } from "../engine/pulumiLibraries";

/** The signature of a secret. */
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Hidden inputs that the plugin is told with each request, and that no state needs. */
const toldWithRequest = new Set(["__provider", "__urn", "__timeLimitSecs", nativeMark]);

/** The properties of a request, without the marks of secrets: the engine marks the same values in the answer. */
export function propertiesFrom(struct: Struct | undefined): Properties {
  return withoutSecretMarks(struct?.toJavaScript() ?? {}) as Properties;
}

/** The properties, with what the request tells about their resource. What the program says takes precedence. */
export function withFacts(properties: Properties, facts: HiddenInputs): Properties {
  const { __organization } = facts;
  return {
    ...(__organization === undefined ? {} : { __organization }),
    ...properties,
    ...Object.fromEntries(Object.entries(facts).filter(([name]) => toldWithRequest.has(name))),
  };
}

/** Inputs for an answer: without the facts that each request tells. */
export function inputsTo(properties: Properties): Struct {
  return structOf(withoutFacts(properties));
}

/** Outputs for an answer, marked as those of this plugin. */
export function outputsTo(properties: Properties): Struct {
  return structOf({ ...withoutFacts(properties), [nativeMark]: true });
}

/** A value that the engine encrypts in the state, and does not show. */
export function secret(value: unknown): object {
  return { [signatureKey]: secretSignature, value };
}

/** An object for an answer. */
export function structOf(value: Properties): Struct {
  return pulumiLibraries().Struct.fromJavaScript(toWire(value));
}

function withoutFacts(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => !toldWithRequest.has(name)),
  );
}

function withoutSecretMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecretMarks);
  if (typeof value !== "object" || value === null) return value;
  const properties = value as Properties;
  if (properties[signatureKey] === secretSignature) return withoutSecretMarks(properties.value);
  return Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [name, withoutSecretMarks(inner)]),
  );
}
