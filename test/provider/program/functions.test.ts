import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import { startEmulator } from "../../../emulator";
import { datasetItems, keyValueStoreRecord } from "../../../provider/program/functions";
import { withoutMocks } from "../support/noMocks";
import type { Emulator, Run } from "../../../emulator";

/** An id as it is in the preview of a new resource. */
function notKnownYet(): pulumi.Output<string> {
  const { unknown } = createRequire(__filename)("@pulumi/pulumi/output") as { unknown: string };
  return pulumi.output(unknown);
}

describe("reading data in a program", () => {
  let emulator: Emulator;
  let run: Run;
  before(async () => {
    withoutMocks();
    emulator = await startEmulator({
      declaration: {
        users: [{ username: "janedoe", token: "jane-token" }],
        actors: [
          {
            username: "janedoe",
            name: "shop",
            run: ({ pushData, setValue }) => {
              pushData([
                { title: "one", price: 1 },
                { title: "two", price: 2 },
              ]);
              setValue("OUTPUT", { total: 3 });
              setValue("NOTE", "some text");
              return Promise.resolve();
            },
          },
        ],
        tasks: [{ username: "janedoe", name: "scrape", actor: "janedoe~shop" }],
      },
    });
    pulumi.runtime.setAllConfig({
      "apify:token": "jane-token",
      "apify:baseUrl": emulator.url,
      "apify:accounts": JSON.stringify({ revoked: { token: "old-token" } }),
    });
    const response = await fetch(`${emulator.url}/v2/actor-tasks/janedoe~scrape/runs`, {
      method: "POST",
      headers: { Authorization: "Bearer jane-token" },
    });
    assert.equal(response.status, 201);
    run = await emulator.whenRun(({ status }) => status === "SUCCEEDED");
  });
  after(() => emulator.close());

  function outcomeOf<T>(output: pulumi.Output<T>): Promise<T> {
    return (output as unknown as { promise(): Promise<T> }).promise();
  }

  it("gives the items of a dataset", async () => {
    const items = datasetItems<{ title: string }>(run.defaultDatasetId);
    assert.deepEqual(await outcomeOf(items), [
      { title: "one", price: 1 },
      { title: "two", price: 2 },
    ]);
  });

  it("gives those items and fields that were asked for", async () => {
    const dataset = pulumi.output(run.defaultDatasetId);
    const items = datasetItems(dataset, { limit: 1, desc: true, fields: ["title"] });
    assert.deepEqual(await outcomeOf(items), [{ title: "two" }]);
  });

  it("says what it waits for while Apify does not answer, and for how long", async () => {
    const lines: string[] = [];
    const { log } = console;
    console.log = (line: string) => lines.push(line);
    try {
      for (const endpoint of ["getDatasetItems", "getRecord"] as const) {
        emulator.faults.inject({ endpoint, fault: { kind: "reset", when: "beforeWork" } });
      }
      await outcomeOf(datasetItems(run.defaultDatasetId));
      await outcomeOf(keyValueStoreRecord(run.defaultKeyValueStoreId, "OUTPUT"));
    } finally {
      console.log = log;
      emulator.faults.clear();
    }
    assert.equal(lines.length, 2);
    for (const line of lines) assert.match(line, /waiting for Apify: .+; trying again for up to/);
  });

  it("gives a record that is JSON as its value", async () => {
    const record = keyValueStoreRecord(run.defaultKeyValueStoreId, "OUTPUT");
    assert.deepEqual(await outcomeOf(record), { total: 3 });
  });

  it("fails for a record that is said to be JSON and is not, and names it", async () => {
    const store = run.defaultKeyValueStoreId;
    const stop = emulator.use((_request, { response }) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end("{");
      return "handled";
    });
    const failing = outcomeOf(keyValueStoreRecord(store, "OUTPUT"));
    await assert.rejects(failing, (error: Error) => {
      assert.ok(pulumi.RunError.isInstance(error), error.stack);
      assert.ok(error.message.startsWith(`Record "OUTPUT" of key-value store ${store} has`));
      return true;
    });
    stop();
  });

  it("gives any other record as its text", async () => {
    const key = pulumi.output("NOTE");
    const record = keyValueStoreRecord(run.defaultKeyValueStoreId, key);
    assert.equal(await outcomeOf(record), "some text");
  });

  it("gives undefined for a record that is not there", async () => {
    assert.equal(await outcomeOf(keyValueStoreRecord(run.defaultKeyValueStoreId, "NO")), undefined);
  });

  it("fails for a dataset that is not there, with no stack for the user", async () => {
    const failing = outcomeOf(datasetItems("nothing"));
    await assert.rejects(failing, (error: Error) => {
      assert.ok(pulumi.RunError.isInstance(error), error.stack);
      assert.match(error.message, /^Apify answered 404 record-not-found to GET/);
      assert.match(error.message, /set `onExpired: "rerun"` on the TaskRun.*the option `ifGone`/);
      assert.ok(!error.message.includes("jane-token"));
      return true;
    });
  });

  it("gives what the program says for data that is gone", async () => {
    const rest: { title: string }[] = [{ title: "none" }];
    const items = datasetItems<{ title: string }>("nothing", {}, { ifGone: rest });
    assert.deepEqual(await outcomeOf(items), rest);
    assert.equal(await outcomeOf(keyValueStoreRecord("nothing", "OUTPUT", { ifGone: 7 })), 7);
    const record = keyValueStoreRecord<string>("nothing", "OUTPUT", { ifGone: undefined });
    assert.equal(await outcomeOf(record), undefined);
    await assert.rejects(
      outcomeOf(keyValueStoreRecord("nothing", "OUTPUT")),
      /the option `ifGone`/,
    );
  });

  it("fails for what is refused, whatever the program says for data that is gone", async () => {
    const options = { account: "revoked", ifGone: [] };
    const failing = outcomeOf(datasetItems(run.defaultDatasetId, {}, options));
    await assert.rejects(failing, /Apify answered 401 /);
  });

  it("is done with the named account", async () => {
    const account = "revoked";
    for (const output of [
      datasetItems(run.defaultDatasetId, {}, { account }),
      keyValueStoreRecord(run.defaultKeyValueStoreId, "OUTPUT", { account }),
    ]) {
      await assert.rejects(outcomeOf<unknown>(output), /Apify answered 401 /);
    }
  });

  it("fails for an account that is not configured, with no stack for the user", async () => {
    const failing = outcomeOf(datasetItems(run.defaultDatasetId, {}, { account: "nobody" }));
    await assert.rejects(failing, (error: Error) => {
      assert.ok(pulumi.RunError.isInstance(error), error.stack);
      assert.match(
        error.message,
        /^Account "nobody" is not in apify:accounts, which has revoked\./,
      );
      assert.ok(!error.message.includes("old-token"), error.message);
      return true;
    });
  });

  it("asks nothing while the id is not known", async () => {
    emulator.clearRequests();
    const items = datasetItems(notKnownYet());
    const record = keyValueStoreRecord("x", notKnownYet());
    for (const output of [items, record]) {
      assert.equal(await (output as unknown as { isKnown: Promise<boolean> }).isKnown, false);
    }
    assert.deepEqual(emulator.requests, []);
  });
});
