import * as outputModule from "@pulumi/pulumi/output";
import type { Output } from "@pulumi/pulumi";

// Pulumi exports `unknown`, but does not declare it.
const { unknown } = outputModule as unknown as { unknown: unknown };

/**
 * The output, unknown while it has no value. If --target or --exclude leaves out a resource, Pulumi resolves its outputs
 * to `undefined`, and dependent code would continue with that.
 */
export function orUnknown<Value>(output: Output<Value>): Output<Value> {
  const apply = (value: unknown): unknown => (value === undefined ? unknown : value);
  return (output as Output<unknown>).apply(apply) as Output<Value>;
}
