import type { z } from "zod";
import type {
  AccountLimits,
  DeclaredActor,
  DeclaredBuild,
  DeclaredRunOptions,
  DeclaredTask,
  DeclaredUser,
  Declaration,
  TaskPatch,
} from "../../emulator/state/declarationTypes";
import type { declarationShape, limits } from "../../emulator/state/declarationSchema";
import type { Refusal } from "../../emulator/state/refusal";
import type { refusalSchema } from "../../emulator/state/refusalSchema";
import type { taskPatch } from "../../emulator/state/taskPatch";
import type { AdHocWebhook } from "../../emulator/state/webhook";
import type { webhookSchema } from "../../emulator/state/webhookSchema";

// `tsc` fails here when a public interface of the emulator and its schema have other properties.

type Shape = z.input<typeof declarationShape>;
type ActorShape = NonNullable<Shape["actors"]>[number];

type SameKeys<A, B> = [Exclude<keyof A, keyof B>, Exclude<keyof B, keyof A>];
type None = [never, never];

const pairs: readonly [
  SameKeys<Declaration, Shape>,
  SameKeys<DeclaredUser, Shape["users"][number]>,
  SameKeys<DeclaredActor, ActorShape>,
  SameKeys<DeclaredBuild, NonNullable<ActorShape["builds"]>[number]>,
  SameKeys<DeclaredRunOptions, NonNullable<ActorShape["defaultRunOptions"]>>,
  SameKeys<DeclaredTask, NonNullable<Shape["tasks"]>[number]>,
  SameKeys<AccountLimits, z.output<typeof limits>>,
  SameKeys<TaskPatch, z.input<typeof taskPatch>>,
  SameKeys<Refusal, z.input<typeof refusalSchema>>,
  SameKeys<AdHocWebhook, z.input<typeof webhookSchema>>,
] extends infer Pairs
  ? Pairs extends readonly None[]
    ? "same"
    : Pairs
  : never = "same";

export { pairs };
