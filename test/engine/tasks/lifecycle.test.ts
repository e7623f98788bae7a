import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, startsOf, succeeds, writesOf } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

const actor = "janedoe/obedient";

describeEngine("engine: a task and its run", { sandboxPer: "suite" }, (sandbox) => {
  function program(args: string): void {
    sandbox.project.program(`
      const scraper = new apify.Task("price-scraper", ${args});
      const prices = new apify.TaskRun("prices", {
        actorTaskId: scraper.id, triggers: [scraper.fingerprint],
      });
      exports.taskId = scraper.id;
      exports.name = scraper.name;
      exports.fingerprint = scraper.fingerprint;
      exports.runId = prices.runId;`);
  }

  let outputs: Readonly<Record<string, unknown>>;

  it("are created together", async () => {
    const { emulator, project } = sandbox;
    program(`{ actorId: "${actor}", input: { items: [{ price: 1 }] }, options: { memoryMbytes: 512 } }`);
    const preview = await succeeds(project.run(["preview"]));
    const output = await succeeds(project.up());
    outputs = await project.outputs();
    await expectSettled(emulator, project);
  });

  it("do not run again for another title", async () => {
    const { emulator, project } = sandbox;
    program(`{ actorId: "${actor}", title: "Prices", input: { items: [{ price: 1 }] }, options: { memoryMbytes: 512 } }`);
    emulator.clearRequests();
    assert.deepEqual(startsOf(emulator), []);
    assert.deepEqual(await project.outputs(), outputs);
    await expectSettled(emulator, project);
  });

  it("run again for another input", async () => {
    const { emulator, project } = sandbox;
    program(`{ actorId: "${actor}", title: "Prices", input: { items: [{ price: 2 }] }, options: { memoryMbytes: 512 } }`);
    emulator.clearRequests();
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });
});
