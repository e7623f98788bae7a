import { z } from "zod";
import { name } from "../state/names";

const minMbytes = 128;
const maxMbytes = 32_768;
const defaultMbytes = 1024;

const memory = z.number().int().min(minMbytes).max(maxMbytes);
const schema = z.union([z.string(), z.record(z.string(), z.unknown())], {
  error: "Give a path relative to .actor, or the schema itself.",
});

/**
 * The part of `.actor/actor.json` that the emulator uses. It accepts all other properties.
 * https://docs.apify.com/platform/actors/development/actor-definition/actor-json
 */
export const actorJson = z.looseObject({
  actorSpecification: z.literal(1, { error: "Set it to 1, the only version there is." }),
  name,
  title: z.string().optional(),
  description: z.string().optional(),
  version: z
    .string({ error: 'Give two numbers, such as "0.1".' })
    .regex(/^\d+\.\d+$/, 'Give two numbers, such as "0.1".'),
  buildTag: z.string().min(1).default("latest"),
  environmentVariables: z.record(z.string(), z.string()).default({}),
  /** Apify computes the memory if this is an expression. The emulator does not. */
  defaultMemoryMbytes: z
    .union([z.string(), memory], {
      error: `Give a number from ${minMbytes} to ${maxMbytes}, or an expression.`,
    })
    .optional(),
  minMemoryMbytes: memory.optional(),
  maxMemoryMbytes: memory.optional(),
  input: schema.optional(),
});

/** The part of `.actor/actor.json` that the emulator uses. */
export type ActorJson = z.output<typeof actorJson>;

/** The memory of a run that asks for none; undefined if actor.json does not say. */
export function defaultMemory(definition: ActorJson): number | undefined {
  const {
    defaultMemoryMbytes: given,
    minMemoryMbytes: min = 0,
    maxMemoryMbytes: max = Infinity,
  } = definition;
  if (typeof given !== "number" && min <= defaultMbytes && max >= defaultMbytes) return undefined;
  return Math.min(Math.max(typeof given === "number" ? given : defaultMbytes, min), max);
}
