import { z } from "zod";
import { runOptions } from "./declaredActor";
import { id } from "./names";

const object = z.record(z.string(), z.unknown());

const option = runOptions.shape;

const nullableRunOptions = z.object({
  build: option.build.nullable(),
  timeoutSecs: option.timeoutSecs.nullable(),
  memoryMbytes: option.memoryMbytes.nullable(),
  maxItems: option.maxItems.nullable(),
  maxTotalChargeUsd: option.maxTotalChargeUsd.nullable(),
  restartOnError: option.restartOnError.nullable(),
});

/** Names in the API. A declaration may use more characters. */
const taskName = z
  .string()
  .min(3, "must be at least 3 characters long")
  .max(63, "must be at most 63 characters long")
  .regex(
    /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    "must have letters, digits and hyphens only, and no hyphen at its beginning or end",
  );

const wholeNumber = z.number().int().min(0).nullable().optional();

/** Kept, but without effect: there are no standby Actors here. */
const actorStandby = z.object({
  isEnabled: z.boolean().nullable().optional(),
  desiredRequestsPerActorRun: wholeNumber,
  maxRequestsPerActorRun: wholeNumber,
  idleTimeoutSecs: wholeNumber,
  build: z.string().nullable().optional(),
  memoryMbytes: wholeNumber,
  disableStandbyFieldsOverride: z.boolean().nullable().optional(),
  shouldPassActorInput: z.boolean().nullable().optional(),
});

/** The properties of a task that can be changed; others are ignored. */
export const taskPatch = z.object({
  name: taskName.optional(),
  title: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  actId: id.optional(),
  input: object.nullable().optional(),
  options: nullableRunOptions.nullable().optional(),
  actorStandby: actorStandby.nullable().optional(),
});
