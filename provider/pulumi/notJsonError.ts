import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../lifecycle/validate";

/** How many problems an error lists: a long list can hold as many. */
const maxListed = 100;

/**
 * The error of arguments that cannot become JSON, with the path of each value. Pulumi shows its text
 * alone; what else reads it finds no lines of this package in its stack.
 */
export function notJsonError(resourceName: string, problems: readonly Problem[]): Error {
  const lines = problems.slice(0, maxListed).map(({ property, reason }) => `${property} ${reason}`);
  const more = problems.length - lines.length;
  const error = new pulumi.RunError(
    [
      `The arguments of TaskRun "${resourceName}" cannot be sent to Apify as JSON:`,
      ...lines.map((line) => `  ${line}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join("\n"),
  );
  // Node 20 and 22 take half a minute to print a long stack: https://github.com/nodejs/node/issues/64011
  error.stack = error.message;
  return error;
}
