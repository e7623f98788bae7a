import { z } from "zod";
import { actor, runOptions } from "./declaredActor";
import { id, name } from "./names";
import { refusalSchema } from "./refusalSchema";

/** The limits of an account. */
export const limits = z.strictObject({
  maxMemoryMbytes: z.number().min(0).default(65_536),
  maxConcurrentRuns: z.number().int().min(0).default(256),
  maxMonthlyUsageUsd: z.number().min(0).default(300),
  dataRetentionDays: z.number().int().min(1).default(7),
});

const user = z.strictObject({
  id: id.optional(),
  username: name,
  token: z.string().min(1),
  limits: limits.optional(),
  pricingTier: z.string().default("FREE"),
  refusal: refusalSchema.optional(),
});

const task = z.strictObject({
  id: id.optional(),
  username: name,
  name,
  title: z.string().optional(),
  actor: z.string().regex(/^[\w.-]+~[\w.-]+$/, "Name the Actor as username~name."),
  input: z.record(z.string(), z.unknown()).optional(),
  options: runOptions.optional(),
});

/** A declaration as a caller writes it. */
export const declarationShape = z.strictObject({
  $schema: z.string().optional(),
  users: z.array(user).min(1),
  actors: z.array(actor).default([]),
  tasks: z.array(task).default([]),
});
