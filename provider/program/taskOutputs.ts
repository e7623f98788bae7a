import { orUnknown } from "./unknownOutputs";
import type * as pulumi from "@pulumi/pulumi";

/** The outputs of a Task. */
export const taskOutputNames = [
  "name",
  "username",
  "userId",
  "actId",
  "createdAt",
  "modifiedAt",
  "fingerprint",
  "consoleUrl",
] as const;

type TaskOutputs = Readonly<Record<(typeof taskOutputNames)[number], pulumi.Output<unknown>>>;

/** The outputs, unknown until the resource is deployed. If --target or --exclude leaves it out, Pulumi resolves them to `undefined`. */
export function taskOutputsUntilDeployed(task: TaskOutputs): object {
  return Object.fromEntries(taskOutputNames.map((output) => [output, orUnknown(task[output])]));
}
