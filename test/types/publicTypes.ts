import type { PricingInfo, Run, RunUsage } from "../../provider";
import type { PricingInfo as PricingInfoOfSchema } from "../../provider/apify/schemas/pricing";
import type { Run as RunOfSchema } from "../../provider/apify/schemas/run";
import type { RunUsage as RunUsageOfSchema } from "../../provider/apify/schemas/usage";

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

export type Checks = [
  MustBeTrue<IsSame<Known<Run>, Known<RunOfSchema>>>,
  MustBeTrue<IsSame<Known<PricingInfo>, Known<PricingInfoOfSchema>>>,
  MustBeTrue<IsSame<Known<RunUsage>, Known<RunUsageOfSchema>>>,
];
