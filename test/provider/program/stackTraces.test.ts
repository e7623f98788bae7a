import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as dynamic from "../../../provider";
import * as native from "../../../provider/nativeIndex";
import { shortenStackTraces } from "../../../provider/program/stackTraces";

type Declare = (opts?: pulumi.CustomResourceOptions) => unknown;

const classes: Readonly<Record<string, Declare>> = {
  TaskRun: (opts) => new dynamic.TaskRun("prices", { actorTaskId: "x" }, opts),
  Task: (opts) => new dynamic.Task("scraper", { actorId: "x" }, opts),
  "native TaskRun": (opts) => new native.TaskRun("prices", { actorTaskId: "x" }, opts),
  "native Task": (opts) => new native.Task("scraper", { actorId: "x" }, opts),
};

const errors: {
  prepareStackTrace?: ((error: Error, callSites: NodeJS.CallSite[]) => unknown) | undefined;
} = Error;

describe("the stack traces of a resource's promises", () => {
  const { prepareStackTrace: format } = errors;
  const { stackTraceLimit: limit } = Error;

  beforeEach(() => {
    // Mocha takes all limits away.
    Error.stackTraceLimit = 10;
  });

  afterEach(() => {
    errors.prepareStackTrace = format;
    Error.stackTraceLimit = limit;
  });

  for (const [name, declare] of Object.entries(classes)) {
    it(`are short: a ${name} makes one full trace, in which Pulumi finds the program's line`, async () => {
      await pulumi.runtime.setMocks({
        newResource: ({ name: id }) => ({ id, state: {} }),
        call: () => ({}),
      });
      let full = 0;
      errors.prepareStackTrace = (error, callSites) => {
        full += 1;
        return format?.(error, callSites);
      };
      declare();
      assert.equal(full, 1);
    });

    it(`are full again after a ${name} whose transformation throws, and so is that error's`, () => {
      const declared = () =>
        declare({
          transformations: [
            () => {
              throw new Error("not this one");
            },
          ],
        });
      assert.throws(declared, ({ stack }: Error) =>
        /^Error: not this one\n {4}at .*stackTraces\.test\.ts/.test(stack ?? ""),
      );
      assert.equal(errors.prepareStackTrace, format);
    });
  }

  it("are left alone where nothing formats them", () => {
    delete errors.prepareStackTrace;
    const restore = shortenStackTraces();
    assert.equal(errors.prepareStackTrace, undefined);
    restore();
    assert.equal(errors.prepareStackTrace, undefined);
  });
});
