import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { inspect } from "node:util";
import { startEmulator, type Emulator } from "../../../emulator";
import { datasetItems, keyValueStoreRecord } from "../../../provider/program/functions";
import { programClient } from "../../../provider/program/programClient";
import { withoutMocks } from "../support/noMocks";

function outcomeOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

/** An output that is resolved when the test says so. */
function later<T>(): { output: pulumi.Output<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { output: pulumi.output(promise) as pulumi.Output<T>, resolve };
}

describe("reading data in a process that runs several stacks", () => {
  before(withoutMocks);

  let emulator: Emulator;
  let datasetId: string;
  before(async () => {
    emulator = await startEmulator({
      declaration: {
        users: [{ username: "janedoe", token: "jane-token" }],
        actors: [
          {
            username: "janedoe",
            name: "shop",
            run: ({ pushData }) => {
              pushData([{ price: 1 }]);
              return Promise.resolve();
            },
          },
        ],
        tasks: [{ username: "janedoe", name: "scrape", actor: "janedoe~shop" }],
      },
    });
    await fetch(`${emulator.url}/v2/actor-tasks/janedoe~scrape/runs`, {
      method: "POST",
      headers: { Authorization: "Bearer jane-token" },
    });
    const run = await emulator.whenRun(({ status }) => status === "SUCCEEDED");
    datasetId = run.defaultDatasetId;
  });
  after(() => emulator.close());
  beforeEach(() => {
    emulator.clearRequests();
  });

  const configure = (config: Readonly<Record<string, string>>): void => {
    pulumi.runtime.setAllConfig({ "apify:baseUrl": emulator.url, ...config });
  };
  /** What Apify answered: 401 to a token that it does not know. */
  const statuses = (): readonly (number | undefined)[] =>
    emulator.requests.map(({ status }) => status);

  it("uses the token of the stack that asks, one after the other", async () => {
    for (const token of ["jane-token", "old-token", "jane-token"]) {
      configure({ "apify:token": token });
      await outcomeOf(datasetItems(datasetId)).catch(() => undefined);
      await outcomeOf(keyValueStoreRecord("k", "OUTPUT")).catch(() => undefined);
    }
    // A record that is not there is asked for, and then its store.
    assert.deepEqual(statuses(), [200, 404, 404, 401, 401, 200, 404, 404]);
  });

  it("uses the token that was there when it asked, although the id comes later", async () => {
    const [janes, johns] = [later<string>(), later<string>()];
    configure({ "apify:token": "jane-token" });
    const items = datasetItems(janes.output);
    configure({ "apify:token": "old-token" });
    const others = datasetItems(johns.output).apply((it) => it.length);
    configure({});
    johns.resolve(datasetId);
    await assert.rejects(outcomeOf(others), /401/);
    janes.resolve(datasetId);
    assert.deepEqual(await outcomeOf(items), [{ price: 1 }]);
    assert.deepEqual(statuses(), [401, 200]);
  });

  it("uses the account, and the base URL, of the stack that asks", async () => {
    for (const token of ["jane-token", "old-token"]) {
      configure({ "apify:accounts": JSON.stringify({ partner: { token } }) });
      await outcomeOf(datasetItems(datasetId, {}, { account: "partner" })).catch(() => undefined);
    }
    configure({ "apify:token": "jane-token", "apify:baseUrl": `${emulator.url}/v2/` });
    assert.deepEqual(await outcomeOf(datasetItems(datasetId)), [{ price: 1 }]);
    assert.deepEqual(statuses(), [200, 401, 200]);
  });

  it("sees a token that was rotated in the environment", async () => {
    configure({});
    const before = process.env.APIFY_TOKEN;
    try {
      process.env.APIFY_TOKEN = "old-token";
      await assert.rejects(outcomeOf(datasetItems(datasetId)), /401/);
      process.env.APIFY_TOKEN = "jane-token";
      assert.deepEqual(await outcomeOf(datasetItems(datasetId)), [{ price: 1 }]);
    } finally {
      if (before === undefined) delete process.env.APIFY_TOKEN;
      else process.env.APIFY_TOKEN = before;
    }
  });

  it("does not fail for a missing token before something is to be read", async () => {
    configure({ "apify:accounts": "{}" });
    const client = programClient("nobody");
    assert.throws(client, /Account "nobody" is not /);
    const never = later<string>();
    datasetItems(never.output, {}, { account: "nobody" });
    await assert.rejects(
      outcomeOf(datasetItems(datasetId, {}, { account: "nobody" })),
      /Account "nobody" is not /,
    );
    assert.deepEqual(emulator.requests, []);
  });
});

describe("an error of reading data", () => {
  before(withoutMocks);

  it("is for what has no id, as an output that another stack does not have", async () => {
    pulumi.runtime.setAllConfig({ "apify:token": "t" });
    const missing = pulumi.output(undefined) as unknown as pulumi.Output<string>;
    await assert.rejects(
      outcomeOf(datasetItems(missing)),
      /`datasetItems` was called without the id of a dataset\..*`requireOutput`/,
    );
    const record = keyValueStoreRecord(missing, "OUTPUT");
    await assert.rejects(
      outcomeOf(record),
      /`keyValueStoreRecord` was called without the id of a key-value store/,
    );
  });

  it("has no stack, of this package or of Pulumi, for Node to print", async () => {
    pulumi.runtime.setAllConfig({});
    const items = datasetItems("x", {}, { account: "nobody" });
    await assert.rejects(outcomeOf(items.apply((it) => it)), (error: Error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.equal(error.stack, error.message);
      assert.ok(!inspect(error, { colors: true }).includes("    at "));
      return true;
    });
  });
});
