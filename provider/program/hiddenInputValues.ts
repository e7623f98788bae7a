import * as pulumi from "@pulumi/pulumi";
import { timeLimitSecs } from "./customTimeouts";
import { unknownPaths } from "./unknownPaths";
import type { HiddenInputs } from "../engine/hiddenInputs";

/** The values of the `HiddenInputs` with which to register a resource of this type. */
export function hiddenInputs(
  typeToken: string,
  name: string,
  args: object,
  { parent, customTimeouts }: pulumi.CustomResourceOptions,
): Record<string, pulumi.Input<unknown>> {
  const organization = organizationOfStack();
  const limits = timeLimitSecs(customTimeouts);
  const unknown = unknownPaths(args);
  return {
    __urn: urnOf(typeToken, name, parent),
    ...(unknown === undefined ? {} : { __unknownArguments: unknown }),
    ...(organization === undefined ? {} : { __organization: organization }),
    ...(limits === undefined ? {} : { __timeLimitSecs: limits }),
  } satisfies { [K in keyof HiddenInputs]: pulumi.Input<HiddenInputs[K]> };
}

/** The organization; `undefined` with an older CLI, for which `getOrganization` throws. */
function organizationOfStack(): string | undefined {
  try {
    return pulumi.getOrganization();
  } catch {
    return undefined;
  }
}

/**
 * The resource's URN. Without a parent it is plain text, which is faster than the outputs of `createUrn`.
 * With a parent it is a promise, not an output: an output would depend on the parent, and Pulumi expands that
 * dependency to all children of the parent, so that two children would wait for each other.
 */
function urnOf(
  typeToken: string,
  name: string,
  parent: pulumi.Resource | undefined,
): string | Promise<string> {
  if (parent === undefined) {
    return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${typeToken}::${name}`;
  }
  return new Promise((resolve) => {
    pulumi.createUrn(name, typeToken, parent).apply(resolve);
  });
}
