import type { OutputInstance } from "@pulumi/pulumi";
import type {
  ActorStandbyArgs,
  PricingInfo,
  Run,
  RunUsage,
  TaskArgs,
  TaskOptionsArgs,
  TaskRunArgs,
} from "../../provider";
import type { TaskStartOptions } from "../../provider/apify/endpoints/startTaskRun";
import type { PricingInfo as PricingInfoOfSchema } from "../../provider/apify/schemas/pricing";
import type { Run as RunOfSchema } from "../../provider/apify/schemas/run";
import type { RunUsage as RunUsageOfSchema } from "../../provider/apify/schemas/usage";
import type {
  Args,
  ArgumentsThat,
  argumentTable,
} from "../../provider/resources/taskRun/argumentTable";
import type {
  Args as ArgsOfTask,
  argumentTable as tableOfTask,
} from "../../provider/resources/task/argumentTable";
import type { Kind } from "../../provider/resources/usableArguments";
import type { IntentArgument } from "../../provider/run/intent";

// `tsc` fails here when a public interface and the schema that it stands for are not the same.

/** A type without `readonly`, and without saying that there may be other fields. */
type Known<T> = T extends readonly (infer Item)[]
  ? Known<Item>[]
  : T extends object
    ? { -readonly [K in keyof T as IsOtherField<K, T[K]> extends true ? never : K]: Known<T[K]> }
    : T;

type IsOtherField<K, Value> = string extends K ? (unknown extends Value ? true : false) : false;

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- only two such functions tell whether two types are identical */
type IsSame<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */

type MustBeTrue<T extends true> = T;

/** Arguments as Pulumi resolves them. One that is null, or left out, is not there. */
type Resolved<T> = T extends Promise<unknown> | OutputInstance<unknown>
  ? never
  : T extends readonly (infer Item)[]
    ? Resolved<Item>[]
    : T extends object
      ? { [K in keyof T]-?: Resolved<NonNullable<T[K]>> }
      : T;

/** The names of the properties that only one of two types has, or that have different types. */
type Differences<A, B> = {
  [K in keyof A | keyof B]: K extends keyof A & keyof B
    ? IsSame<A[K], B[K]> extends true
      ? never
      : K
    : K;
}[keyof A | keyof B];

/** The error names what is there although nothing should be. */
type MustBeNothing<T extends never> = T;

/** The names of the arguments that must be given. */
type RequiredOf<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];

type ValueOf<K extends Kind> = {
  string: string;
  number: number;
  boolean: boolean;
  list: readonly unknown[];
  object: object;
}[K];

/** The names of the arguments whose row in the table says another kind than their schema. */
type OfOtherKind<A, Table extends { readonly [Name in keyof A]: { readonly kind: Kind } }> = {
  [Name in keyof A]-?: NonNullable<A[Name]> extends ValueOf<Table[Name]["kind"]> ? never : Name;
}[keyof A];

/** An argument of a Task that has properties, as its schema takes it. */
type OfTask<Name extends "options" | "actorStandby"> = Resolved<NonNullable<ArgsOfTask[Name]>>;

export type Checks = [
  MustBeTrue<IsSame<Known<Run>, Known<RunOfSchema>>>,
  MustBeTrue<IsSame<Known<PricingInfo>, Known<PricingInfoOfSchema>>>,
  MustBeTrue<IsSame<Known<RunUsage>, Known<RunUsageOfSchema>>>,
  // The arguments: what a program may give is what the table takes.
  MustBeNothing<Differences<Resolved<TaskRunArgs>, Resolved<Args>>>,
  MustBeTrue<IsSame<RequiredOf<TaskRunArgs>, RequiredOf<Args>>>,
  MustBeNothing<OfOtherKind<Args, typeof argumentTable>>,
  // Those of a Task, and of what is inside them.
  MustBeNothing<Differences<Resolved<TaskArgs>, Resolved<ArgsOfTask>>>,
  MustBeNothing<Differences<Resolved<TaskOptionsArgs>, OfTask<"options">>>,
  MustBeNothing<Differences<Resolved<ActorStandbyArgs>, OfTask<"actorStandby">>>,
  MustBeTrue<IsSame<RequiredOf<TaskArgs>, RequiredOf<ArgsOfTask>>>,
  MustBeTrue<IsSame<RequiredOf<TaskOptionsArgs>, RequiredOf<NonNullable<ArgsOfTask["options"]>>>>,
  MustBeTrue<
    IsSame<RequiredOf<ActorStandbyArgs>, RequiredOf<NonNullable<ArgsOfTask["actorStandby"]>>>
  >,
  MustBeNothing<OfOtherKind<ArgsOfTask, typeof tableOfTask>>,
  // What goes into the run key is what reruns.
  MustBeTrue<IsSame<ArgumentsThat<"reruns">, IntentArgument>>,
  // What the next run gets is what a start can send. Apify does not get these two of the intent.
  MustBeNothing<
    Exclude<
      ArgumentsThat<"appliesToNextRun"> | Exclude<IntentArgument, "triggers" | "idempotencyKey">,
      keyof TaskStartOptions
    >
  >,
];
