import { z } from "zod";
import { isTooDeep, tooDeep } from "../nesting";

/** Apify refuses larger inputs: https://docs.apify.com/api/v2/actor-task-runs-post (413). */
const maxInputBytes = 9_437_184;

/** An input: a JSON object of a size that Apify accepts. `purpose` says what it is for, in the error. */
export function inputSchema(purpose: string) {
  return z
    .custom<Record<string, unknown>>(isPlainObject, {
      error: `must be a JSON object such as { "startUrls": […] }: ${purpose}`,
    })
    .superRefine((value, context) => {
      if (isTooDeep(value)) {
        context.addIssue({ code: "custom", message: tooDeep });
        return;
      }
      const bytes = Buffer.byteLength(JSON.stringify(value), "utf8");
      if (bytes <= maxInputBytes) return;
      context.addIssue({
        code: "custom",
        message: `is ${bytes} bytes of JSON, but Apify accepts at most ${maxInputBytes}; put large data into a dataset or key-value store and pass its id`,
      });
    });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
