import assert from "node:assert/strict";
import { shellOf } from "../../support/shell";
import type { Properties } from "../../support/calls";
import type { Registration } from "../../support/host";

/** Expects the form in which the shell of the resource stores a state: what makes it deletable, or its mark. */
export function expectOwnForm(properties: Properties, { urn, inputs }: Registration): void {
  const { __provider, __urn, __native } = properties;
  const expected =
    shellOf(urn) === "dynamic"
      ? { __provider: inputs.__provider, __urn: urn, __native: undefined }
      : { __provider: undefined, __urn: undefined, __native: true };
  assert.deepEqual({ __provider, __urn, __native }, expected);
}

/** Expects that a state has each of the arguments as they are declared. */
export function expectArguments(properties: Properties, { inputs }: Registration): void {
  const recorded = Object.keys(inputs).map((name) => [name, properties[name]]);
  assert.deepEqual(Object.fromEntries(recorded), inputs);
}
