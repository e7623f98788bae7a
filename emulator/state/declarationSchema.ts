import { z } from "zod";
import { actor, parsedActor, runOptions } from "./declaredActor";
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

/** The checked form of a declaration whose folders are relative to `base`. */
export function declarationSchema(base: string) {
  return declarationShape
    .transform(({ actors, ...rest }, context) => ({
      ...rest,
      actors: actors.map((declared, index) =>
        parsedActor(base, declared, (message) => {
          context.addIssue({ code: "custom", path: ["actors", index, "folder"], message });
        }),
      ),
    }))
    .superRefine(({ users, actors, tasks }, context) => {
      const usernames = new Set(users.map(({ username }) => username));
      const actorNames = new Set(actors.map((each) => `${each.username}~${each.name}`));
      tasks.forEach((each, index) => {
        if (!usernames.has(each.username)) {
          const message = `No user "${each.username}" is declared.`;
          context.addIssue({ code: "custom", path: ["tasks", index, "username"], message });
        }
        if (!actorNames.has(each.actor)) {
          const message = `No Actor "${each.actor}" is declared.`;
          context.addIssue({ code: "custom", path: ["tasks", index, "actor"], message });
        }
      });
    });
}
