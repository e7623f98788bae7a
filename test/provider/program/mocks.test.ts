import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { datasetItems, keyValueStoreRecord } from "../../../provider/program/functions";
import { TaskRun } from "../../../provider/program/taskRun";
import { outputNames } from "../../../provider/program/taskRunOutputs";

type Mocks = pulumi.runtime.Mocks;

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

async function read(resource: TaskRun, name: string): Promise<unknown> {
  const output = (resource as unknown as Readonly<Record<string, pulumi.Output<unknown>>>)[name];
  assert.ok(output, name);
  return valueOf(output);
}

/** Mocks as in Pulumi's guide to unit tests, which gives the arguments back as outputs. */
function mocks(
  state: Readonly<Record<string, unknown>> = {},
  call: Mocks["call"] = ({ inputs }) => inputs as object,
): Mocks {
  return {
    newResource: ({ name, inputs }) => ({
      id: `${name}-id`,
      state: { ...(inputs as object), ...state },
    }),
    call,
  };
}

describe("a TaskRun under Pulumi's mocks", () => {
  it("has undefined for each output that the mock leaves out", async () => {
    await pulumi.runtime.setMocks(mocks());
    const prices = new TaskRun("prices", { actorTaskId: "janedoe~scrape" });
    for (const name of outputNames.filter((each) => each !== "runId")) {
      assert.equal(await read(prices, name), undefined, name);
    }
    assert.equal(await valueOf(prices.runId), "prices-id");
  });

  it("has what the mock returns under the public name, for each output", async () => {
    const state = Object.fromEntries(outputNames.map((name) => [name, `the ${name}`]));
    const { runJson, links, ...readable } = state;
    assert.ok(runJson);
    assert.ok(links);
    await pulumi.runtime.setMocks(mocks(readable));
    const prices = new TaskRun("prices", { actorTaskId: "janedoe~scrape" });
    for (const [name, value] of Object.entries(readable)) {
      assert.equal(await read(prices, name), value);
    }
  });

  it("has what the mock returns as a provider would, and prefers the public name", async () => {
    const runJson = JSON.stringify({ id: "r", status: "FAILED", exitCode: 0, buildId: "b" });
    const links = { console: "a link" };
    await pulumi.runtime.setMocks(mocks({ runJson, links, status: "SUCCEEDED" }));
    const prices = new TaskRun("prices", { actorTaskId: "janedoe~scrape" });
    assert.equal(await valueOf(prices.status), "SUCCEEDED");
    assert.equal(await valueOf(prices.exitCode), 0);
    assert.equal(await valueOf(prices.consoleUrl), "a link");
  });

  it("has no value in the preview of mocks", async () => {
    await pulumi.runtime.setMocks(mocks(), "project", "stack", true);
    const prices = new TaskRun("prices", { actorTaskId: "janedoe~scrape" });
    const { isKnown } = prices.status as unknown as { isKnown: Promise<boolean> };
    assert.equal(await isKnown, false);
  });

  it("can be read by the id of a run", async () => {
    await pulumi.runtime.setMocks(mocks({ status: "SUCCEEDED" }));
    const prices = TaskRun.get("prices", "run1");
    assert.equal(await valueOf(prices.runId), "run1");
    assert.equal(await valueOf(prices.status), "SUCCEEDED");
  });

  it("is one of several in a component, which read each other", async () => {
    await pulumi.runtime.setMocks(mocks({ defaultDatasetId: "d1" }));
    const parent = new pulumi.ComponentResource("shop:index:Group", "group");
    const first = new TaskRun("first", { actorTaskId: "x" }, { parent });
    const input = { from: first.defaultDatasetId };
    const second = new TaskRun("second", { actorTaskId: "x", input }, { parent });
    const inputs = (second as unknown as { input: pulumi.Output<unknown> }).input;
    assert.deepEqual(await valueOf(inputs), { from: "d1" });
  });
});

describe("reading data under Pulumi's mocks", () => {
  it("gives what the mock answers for the function", async () => {
    const calls: unknown[] = [];
    await pulumi.runtime.setMocks(
      mocks({}, ({ token, inputs }) => {
        calls.push({ token, inputs: inputs as unknown });
        return token === "apify:index:datasetItems" ? { items: [{ price: 1 }] } : { value: 5 };
      }),
    );
    assert.deepEqual(await valueOf(datasetItems("d1", { limit: 2 })), [{ price: 1 }]);
    assert.equal(await valueOf(keyValueStoreRecord("k1", "OUTPUT")), 5);
    assert.deepEqual(calls, [
      { token: "apify:index:datasetItems", inputs: { datasetId: "d1", limit: 2 } },
      { token: "apify:index:keyValueStoreRecord", inputs: { storeId: "k1", key: "OUTPUT" } },
    ]);
  });

  it("gives nothing for a mocked TaskRun that has no data", async () => {
    await pulumi.runtime.setMocks(mocks());
    const prices = new TaskRun("prices", { actorTaskId: "x" });
    assert.deepEqual(await valueOf(datasetItems(prices.defaultDatasetId)), []);
    const record = keyValueStoreRecord(prices.defaultKeyValueStoreId, "OUTPUT");
    assert.equal(await valueOf(record), undefined);
  });
});
