import { z } from "zod";
import { errorTypes } from "../http/errorTypes";
import type { ErrorType } from "../http/errorTypes";

/** A declared {@link Refusal}. */
export const refusalSchema = z.strictObject({
  type: z.enum(Object.keys(errorTypes) as ErrorType[]),
  status: z.number().int().min(400).max(599).optional(),
  message: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
