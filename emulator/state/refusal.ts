import { z } from "zod";
import { errorTypes } from "../http/errorTypes";
import type { ErrorType } from "../http/errorTypes";

/**
 * What the start of a run is refused with; `status` and `message` default to what Apify answers for
 * the type. An Actor that is declared with one refuses every start.
 */
export const refusal = z.strictObject({
  type: z.enum(Object.keys(errorTypes) as ErrorType[]),
  status: z.number().int().min(400).max(599).optional(),
  message: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});

/** What the start of a run is refused with. */
export type Refusal = z.output<typeof refusal>;
