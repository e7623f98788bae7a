import { z } from "zod";
import { errorTypes } from "../http/errorTypes";
import type { ErrorType } from "../http/errorTypes";

/**
 * The error of a start that is refused. `status` and `message` default to those of the type. An Actor
 * declared with a refusal refuses every start.
 */
export const refusal = z.strictObject({
  type: z.enum(Object.keys(errorTypes) as ErrorType[]),
  status: z.number().int().min(400).max(599).optional(),
  message: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});

/** The error of a start that is refused. */
export type Refusal = z.output<typeof refusal>;
