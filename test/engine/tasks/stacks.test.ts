import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  recordedRuns,
  startsOf,
  succeeds,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

const actorId = "janedoe/obedient";

describeEngine("engine: a task among stacks and accounts", { sandboxPer: "suite" }, (sandbox) => {
  it("has a name of its own in each stack of a program", async () => {
    const { emulator, project, tasks } = sandbox;
    project.program(`new apify.Task("scraper", { actorId: "${actorId}" });`);
    await succeeds(project.up());
    await succeeds(project.run(["stack", "init", "prod"]));
    await succeeds(project.up());
    const names = (await tasks.all()).map(({ name }) => name);
    assert.equal(new Set(names).size, 2);
    for (const name of names) assert.match(name, /^scraper-[0-9a-f]{7}$/);
    await expectDestroyed(emulator, project);
    assert.equal((await tasks.all()).length, 1);
    await succeeds(project.run(["stack", "select", "dev"]));
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
    assert.deepEqual(await tasks.all(), []);
  });

  it("is in the account that `account` names", async () => {
    const { emulator, openProject, tasks } = sandbox;
    const project = await openProject("accounts");
    const entry = ["config", "set", "--secret", "--path", "apify:accounts.john.token"];
    await succeeds(project.run([...entry, "apify_api_TokenOfJohnDoe"]));
    project.program(`
      const theirs = new apify.Task("theirs", {
        actorId: "janedoe/obedient", name: "theirs", account: "john",
      });
      exports.username = theirs.username;`);
    await succeeds(project.up());
    assert.deepEqual(await project.outputs(), { username: "johndoe" });
    assert.deepEqual(await tasks.all(), []);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });

  it("can be used by another stack, which reruns it when its input changes", async () => {
    const { emulator, openProject } = sandbox;
    const [producer, consumer] = [await openProject("producer"), await openProject("consumer")];
    const produce = async (price: number): Promise<void> => {
      const input = JSON.stringify({ items: [{ price }] });
      producer.program(`
        const scraper = new apify.Task("scraper", { actorId: "${actorId}", input: ${input} });
        exports.taskId = scraper.id;
        exports.fingerprint = scraper.fingerprint;`);
      await succeeds(producer.up());
    };
    consumer.program(`
      const producer = new pulumi.StackReference("organization/producer/dev");
      const prices = new apify.TaskRun("prices", {
        actorTaskId: producer.requireOutput("taskId"),
        triggers: [producer.requireOutput("fingerprint")],
      });
      exports.items = apify.datasetItems(prices.defaultDatasetId);`);
    for (const price of [1, 2]) {
      await produce(price);
      await succeeds(consumer.up());
      assert.deepEqual(await consumer.outputs(), { items: [{ price }] });
    }
    await expectSettled(emulator, consumer);
    await expectDestroyed(emulator, consumer);
    await expectDestroyed(emulator, producer);
  });
});

describeEngine("engine: tasks within a component", { sandboxPer: "suite" }, (sandbox) => {
  function declare(limit: number): void {
    sandbox.project.program(`
      class Scraper extends pulumi.ComponentResource {
        constructor(name) {
          super("shop:index:Scraper", name, {});
          const task = new apify.Task(name + "-task", {
            actorId: "${actorId}", input: { limit: ${limit} },
          }, { parent: this });
          new apify.TaskRun(name + "-tracked", {
            actorTaskId: task.id, trackTask: true,
          }, { parent: this });
          this.registerOutputs({});
        }
      }
      new Scraper("bread");
      new Scraper("milk");`);
  }

  it("are created, run, rerun by trackTask when they change, and deleted with it", async () => {
    const { emulator, project, tasks } = sandbox;
    declare(1);
    await succeeds(project.up());
    assert.equal((await tasks.all()).length, 2);
    const first = await recordedRuns(project);
    assert.equal(first.size, 2);
    await expectSettled(emulator, project);

    declare(2);
    await succeeds(project.up());
    for (const [name, id] of await recordedRuns(project))
      assert.notEqual(id, first.get(name), name);
    emulator.clearRequests();
    await expectSettled(emulator, project);
    assert.deepEqual(startsOf(emulator), []);
    await expectDestroyed(emulator, project);
    assert.deepEqual(await tasks.all(), []);
  });
});
