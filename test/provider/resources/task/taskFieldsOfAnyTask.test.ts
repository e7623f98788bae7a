import assert from "node:assert/strict";
import * as fc from "fast-check";
import { taskFingerprint } from "../../../../provider/resources/taskFingerprint";
import {
  changedFields,
  fieldNames,
  withDeclaredFields,
} from "../../../../provider/resources/task/taskFields";
import { amount, chosenSeed } from "../../../support/figures";
import { aTask } from "../../support/tasks";
import type { Task } from "../../../../provider/apify/schemas/task";
import type { FieldArgs } from "../../../../provider/resources/task/taskFields";

const propertyNames = ["build", "memoryMbytes", "isEnabled", "maxItems"] as const;

const texts = fc.constantFrom("", "a", "b");
const inputs = fc.dictionary(fc.constantFrom("a", "b"), fc.jsonValue({ maxDepth: 2 }), {
  maxKeys: 2,
  noNullPrototype: true,
});

/** Options, or standby settings; those of a task may be null. */
function properties(ofTask: "ofTask" | "declared"): fc.Arbitrary<Record<string, unknown>> {
  const values = fc.constantFrom<unknown>(0, 512, false, "latest");
  const orNull = ofTask === "ofTask" ? fc.option(values) : values;
  return fc.dictionary(fc.constantFrom(...propertyNames), orNull, { noNullPrototype: true });
}

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary);

const tasks = fc
  .record(
    {
      title: orNull(texts),
      description: orNull(texts),
      input: orNull(inputs),
      options: orNull(properties("ofTask")),
      actorStandby: orNull(properties("ofTask")),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((fields) => aTask(fields as Partial<Task>));

const declarations = fc.record(
  {
    name: fc.constantFrom("scrape", "other"),
    title: texts,
    description: texts,
    input: inputs,
    options: properties("declared"),
    actorStandby: properties("declared"),
  },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<FieldArgs>;

function withoutNulls(value: object | null | undefined): Record<string, unknown> {
  const entries = Object.entries(value ?? {}) as [string, unknown][];
  return Object.fromEntries(entries.filter(([, property]) => property !== null));
}

function propertyOf(value: unknown, key: string): unknown {
  return (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
}

describe("the fields of any task and any arguments", () => {
  const seed = chosenSeed();
  const parameters = { seed, numRuns: amount({ quick: 1_000, full: 50_000 }) };

  function check(body: (task: Task, before: FieldArgs, args: FieldArgs) => void): void {
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    fc.assert(fc.property(tasks, declarations, declarations, body), parameters);
  }

  it("are none once they have been sent", () => {
    check((task, before, args) => {
      const after = withDeclaredFields(task, args, before);
      assert.deepEqual(changedFields(after, args, before), {});
      assert.deepEqual(changedFields(after, args), {});
    });
  });

  it("are none once Apify has dropped what is null", () => {
    check((task, before, args) => {
      const after = withDeclaredFields(task, args, before);
      const options = withoutNulls(after.options);
      const actorStandby = withoutNulls(after.actorStandby);
      assert.deepEqual(changedFields({ ...after, options, actorStandby }, args, before), {});
    });
  });

  it("never touch what is not declared, and reset what was", () => {
    check((task, before, args) => {
      const fields = changedFields(task, args, before) as Readonly<Record<string, unknown>>;
      const after = withDeclaredFields(task, args, before);
      for (const name of fieldNames) {
        const [was, now] = [before[name], args[name]];
        if (was === undefined && now === undefined) assert.ok(!(name in fields), name);
        if (name === "name") continue;
        if (name === "options" || name === "actorStandby") {
          for (const key of propertyNames) {
            const value: unknown = propertyOf(after[name], key) ?? undefined;
            const declared = propertyOf(now, key);
            if (declared !== undefined) assert.deepEqual(value, declared);
            else if (propertyOf(was, key) !== undefined) assert.equal(value, undefined);
            else assert.deepEqual(value, propertyOf(task[name], key) ?? undefined);
          }
        } else if (now !== undefined) {
          assert.deepEqual(after[name] ?? {}, now);
        } else if (was !== undefined) {
          assert.ok(JSON.stringify(after[name] ?? {}) === "{}", name);
        }
      }
    });
  });

  it("change the fingerprint if, and only if, they have an input or options", () => {
    check((task, before, args) => {
      const { input, options } = changedFields(task, args, before);
      const after = withDeclaredFields(task, args, before);
      const isChanged = taskFingerprint(after) !== taskFingerprint(task);
      assert.equal(isChanged, input !== undefined || options !== undefined);
    });
  });
});
