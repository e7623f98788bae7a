import { RunError } from "@pulumi/pulumi";
import type { Message } from "../apify/message";

/**
 * An error for the user's program. Pulumi shows only its message, wherever the program throws it. It has no
 * stack, because Node 20 and 22 need half a minute of processor time to print an error whose stack has lines
 * as long as Pulumi's (https://github.com/nodejs/node/issues/64011).
 */
export function programError(message: Message): Error {
  const error = new RunError(message);
  error.stack = message;
  return error;
}
