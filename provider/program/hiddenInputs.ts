import * as pulumi from "@pulumi/pulumi";
import { durationSecs } from "./customTimeouts";
import { unknownPaths } from "./unknownPaths";
import type { HiddenInputs } from "../engine/hiddenInputs";

/** `Input`s in the place of the values that `HiddenInputs` names, for a resource of this type. */
export function hiddenInputs(
  typeToken: string,
  name: string,
  args: object,
  opts: pulumi.CustomResourceOptions,
): Record<string, pulumi.Input<unknown>> {
  const organization = organizationOfStack();
  const limits = timeLimits(opts.customTimeouts);
  const unknown = unknownPaths(args);
  return {
    __urn: urnOf(typeToken, name, opts.parent),
    ...(unknown === undefined ? {} : { __unknownArguments: unknown }),
    ...(organization === undefined ? {} : { __organization: organization }),
    ...(Object.keys(limits).length === 0 ? {} : { __timeLimitSecs: limits }),
  } satisfies { [K in keyof HiddenInputs]: pulumi.Input<HiddenInputs[K]> };
}

function timeLimits({ create, update }: pulumi.CustomTimeouts = {}): Record<string, number> {
  const limits = { create: durationSecs(create ?? ""), update: durationSecs(update ?? "") };
  return Object.fromEntries(
    Object.entries(limits).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}

/** Older CLIs do not tell, and `getOrganization` throws then. */
function organizationOfStack(): string | undefined {
  try {
    return pulumi.getOrganization();
  } catch {
    return undefined;
  }
}

/**
 * The resource's URN. Without a parent it is plain text, which spares each command `createUrn`'s outputs.
 * With one it is a promise of the text alone: as an output it would depend on the parent, which Pulumi
 * takes for all of the parent's children, and two children that wait for each other never deploy.
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
