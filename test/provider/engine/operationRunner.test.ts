import assert from "node:assert/strict";
import { message } from "../../../provider/apify/message";
import { operationRunner } from "../../../provider/engine/operationRunner";
import { aDeployment, settings } from "../support/dynamicHost";
import type { Deployment } from "../../../provider/engine/deployment";
import type { OperationName } from "../../../provider/resources/userMessage";

/** A kind of resource that records nothing when an operation fails. */
const kind = {
  own: { of: "a test" },
  noun: "run",
  nothingDone: message`Nothing was started`,
  recordedBy: () => undefined,
} as const;

const all = ["check", "diff", "create", "read", "update", "delete"] as const;

describe("an operation of the host", () => {
  let steps: string[];
  let stop: AbortController;
  let deployment: Deployment;
  beforeEach(() => {
    steps = [];
    stop = new AbortController();
    const base = aDeployment();
    deployment = {
      ...base,
      engine: {
        ...base.engine,
        log: {
          write: () => undefined,
          flush: () => {
            steps.push("flushed");
            return Promise.resolve();
          },
        },
        beginOperation: () => {
          steps.push("began");
          return { signal: stop.signal, end: () => void steps.push("ended") };
        },
      },
    };
  });

  function run<T>(name: OperationName, operation: () => T | Promise<T>, hidden = {}): Promise<T> {
    return operationRunner(settings({}), deployment, kind)(name, hidden, operation);
  }

  it("gives what it gives, now or later", async () => {
    for (const name of all) {
      assert.equal(await run(name, () => 5), 5);
      assert.equal(await run(name, () => Promise.resolve(6)), 6);
    }
  });

  it("can be interrupted when it starts a run or waits for one, and only then", async () => {
    const interruptible: string[] = [];
    for (const name of all) {
      await operationRunner(settings({}), deployment, kind)(name, {}, ({ context }) => {
        if (context.signal === stop.signal) interruptible.push(name);
      });
    }
    assert.deepEqual(interruptible, ["create", "update"]);
  });

  it("ends when all that it reported has been shown", async () => {
    await run("create", () => void steps.push("worked"));
    assert.deepEqual(steps, ["began", "worked", "flushed", "ended"]);
  });

  it("throws in the form of the host, and ends all the same", async () => {
    const defect = new TypeError("a defect");
    for (const failing of [
      () => Promise.reject(defect),
      () => {
        throw defect;
      },
    ]) {
      steps = [];
      await assert.rejects(run("update", failing), { name: "pulumi-apify", cause: defect });
      assert.deepEqual(steps, ["began", "flushed", "ended"]);
    }
  });

  it("does not begin to work without the value of every argument", async () => {
    const missing = { __unknownArguments: ["input.from"] };
    const work = (): void => void steps.push("worked");
    await assert.rejects(run("create", work, missing), { message: /no value for `input\.from`/ });
    assert.deepEqual(steps, ["began", "flushed", "ended"]);
  });

  it("tells the hidden properties from the others", async () => {
    const properties = { a: 1, __urn: "urn", __organization: "acme" };
    await operationRunner(settings({}), deployment, kind)("read", properties, (call) => {
      assert.deepEqual(call.visible, { a: 1 });
      assert.deepEqual(call.hidden, { __urn: "urn", __organization: "acme" });
      assert.equal(call.context.owner, "acme/urn");
      assert.equal(call.context.of, "a test");
    });
  });
});
