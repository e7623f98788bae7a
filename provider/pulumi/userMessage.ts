import { ApifyError, ApifyNoAnswerError } from "../apify/errors";
import { remedyOf } from "../apify/remedy";
import { TaskRunError } from "../lifecycle/errors";

/** The text for the user of an error that this package foresees; `undefined` for any other, which is a bug and keeps its stack. */
export function userMessage(error: unknown): string | undefined {
  if (error instanceof TaskRunError) return error.message;
  if (error instanceof ApifyError || error instanceof ApifyNoAnswerError) {
    return `${error.message}\n${remedyOf(error)}`.trimEnd();
  }
  return undefined;
}
