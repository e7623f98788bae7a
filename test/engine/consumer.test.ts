import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, fails, succeeds, writesOf } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import type { Orders } from "./support/sandbox";

function producerProgram(input: Orders, more = ""): string {
  return `
    const prices = new apify.TaskRun("prices", {
      actorTaskId: "janedoe~scrape",
      input: ${JSON.stringify(input)},
      ${more}
    });
    exports.status = prices.status;
    exports.datasetId = prices.defaultDatasetId;
    exports.storeId = prices.defaultKeyValueStoreId;`;
}

const consumerProgram = `
  const producer = new pulumi.StackReference("organization/producer/dev");
  const datasetId = producer.requireOutput("datasetId");
  const storeId = producer.requireOutput("storeId");
  exports.datasetId = datasetId;
  exports.items = apify.datasetItems(datasetId, { limit: 2, fields: ["price"] });
  exports.summary = apify.keyValueStoreRecord(storeId, "OUTPUT");
  exports.missing = apify
    .keyValueStoreRecord(storeId, "NOT-THERE")
    .apply((value) => (value === undefined ? "is undefined" : value));
  new apify.TaskRun("report", { actorTaskId: "janedoe~scrape-more", input: { datasetId } });`;

const first: Orders = {
  items: [
    { name: "bread", price: 1 },
    { name: "milk", price: 2 },
    { name: "salt", price: 3 },
  ],
  output: { count: 3 },
};
const second: Orders = { items: [{ name: "bread", price: 4 }], output: { count: 1 } };

describeEngine(
  "engine: a stack that uses the data of another",
  { sandboxPer: "suite" },
  (sandbox) => {
    it("reads the last good run's data, through failing reruns to the next good one", async () => {
      const { emulator, openProject } = sandbox;
      const producer = await openProject("producer");
      const consumer = await openProject("consumer");
      producer.program(producerProgram(first));
      await succeeds(producer.up());
      const { datasetId } = await producer.outputs();
      consumer.program(consumerProgram);
      await succeeds(consumer.up());
      const good = {
        datasetId,
        items: [{ price: 1 }, { price: 2 }],
        summary: { count: 3 },
        missing: "is undefined",
      };
      assert.deepEqual(await consumer.outputs(), good);

      for (const exitCode of [3, 3, 4]) {
        producer.program(producerProgram({ ...second, exitCode }));
        await fails(producer.up());
        await succeeds(consumer.up("--expect-no-changes"));
        assert.deepEqual(await consumer.outputs(), good);
      }
      assert.deepEqual(
        emulator.runs().flatMap(({ status, exitCode }) => (status === "FAILED" ? [exitCode] : [])),
        [3, 3, 4],
      );

      producer.program(producerProgram(second));
      await succeeds(producer.up());
      emulator.clearRequests();
      await succeeds(consumer.up());
      const { datasetId: newDatasetId } = await producer.outputs();
      assert.notEqual(newDatasetId, datasetId);
      assert.deepEqual(await consumer.outputs(), {
        datasetId: newDatasetId,
        items: [{ price: 4 }],
        summary: { count: 1 },
        missing: "is undefined",
      });
      // What the consumer makes of the data is made anew, once.
      assert.deepEqual(writesOf(emulator), ["POST /v2/actor-tasks/janedoe~scrape-more/runs 201"]);
      await expectSettled(emulator, consumer);
      await expectDestroyed(emulator, consumer);
      await expectDestroyed(emulator, producer);
    });

    it('with onFailure "continue" is told the status of the failed run, and the good data is not purged', async () => {
      const tolerant = 'onFailure: "continue", onDelete: "purge",';
      const { emulator, openProject } = sandbox;
      const producer = await openProject("tolerant");
      const consumer = await openProject("reader");
      consumer.program(`
        const producer = new pulumi.StackReference("organization/tolerant/dev");
        exports.status = producer.requireOutput("status");
        exports.items = apify.datasetItems(producer.requireOutput("datasetId"), { fields: ["price"] });`);
      const items = async (): Promise<unknown> => {
        await succeeds(consumer.up());
        return consumer.outputs();
      };
      producer.program(producerProgram(first, tolerant));
      await succeeds(producer.up());
      const { datasetId } = await producer.outputs();
      const good = await items();
      assert.deepEqual(good, {
        status: "SUCCEEDED",
        items: [{ price: 1 }, { price: 2 }, { price: 3 }],
      });

      const partly: Orders = { items: [{ price: 9 }], exitCode: 3 };
      producer.program(producerProgram(partly, tolerant));
      for (const attempt of ["one", "another"]) {
        await succeeds(producer.up());
        assert.deepEqual(await items(), { status: "FAILED", items: [{ price: 9 }] }, attempt);
        assert.deepEqual(emulator.dataset(String(datasetId)), first.items, attempt);
      }

      producer.program(producerProgram(first, tolerant));
      await succeeds(producer.up());
      assert.deepEqual(await items(), good);
      await expectSettled(emulator, producer);
    });

    const oneStack = `
      const prices = new apify.TaskRun("prices", {
        actorTaskId: "janedoe~scrape",
        input: ${JSON.stringify(first)},
      });
      exports.items = apify.datasetItems(prices.defaultDatasetId, { limit: 1 });
      exports.summary = apify.keyValueStoreRecord(prices.defaultKeyValueStoreId, "OUTPUT");`;

    const data = { items: [{ name: "bread", price: 1 }], summary: { count: 3 } };

    it("does not know data in a preview in which it does not know the run", async () => {
      const { emulator, project } = sandbox;
      emulator.clearRequests();
      project.program(oneStack);
      const preview = await succeeds(project.run(["preview"]));
      assert.match(preview, /items {2}: \[unknown\]/);
      assert.match(preview, /summary: \[unknown\]/);
      assert.deepEqual(emulator.writes(), []);
      await succeeds(project.up());
      assert.deepEqual(await project.outputs(), data);
      await expectSettled(emulator, project);
    });

    it("shows data openly although the token is a secret", async () => {
      const { emulator, openProject, token } = sandbox;
      const project = await openProject("configured", { APIFY_API_BASE_URL: emulator.url });
      await succeeds(project.run(["config", "set", "--secret", "apify:token", token]));
      project.program(oneStack);
      const output = await succeeds(project.up());
      assert.match(output, /name *: "bread"/);
      assert.doesNotMatch(output, /\[secret\]/);
      assert.deepEqual(await project.outputs(), data);
    });
  },
);
