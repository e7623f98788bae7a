import { lines, message } from "../apify/message";
import { programError } from "./programError";
import type { Problem } from "../resources/validate";

/** How many problems an error lists: a long list can hold as many. */
const maxListed = 100;

/**
 * The error of arguments that cannot become JSON, with the path of each value.
 */
export function notJsonError(resourceName: string, problems: readonly Problem[]): Error {
  const listed = problems.slice(0, maxListed);
  const more = problems.length - listed.length;
  return programError(
    lines(
      message`The arguments of TaskRun "${resourceName}" cannot be sent to Apify as JSON:`,
      ...listed.map(({ property, reason }) => message`  ${property} ${reason}`),
      more > 0 ? message`  and ${more} more` : undefined,
    ),
  );
}
