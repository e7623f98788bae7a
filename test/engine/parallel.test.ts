import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import type { Project } from "./support/project";

const count = 30;

describe("thirty TaskRuns of one task with one input", function () {
  this.timeout(180_000);

  let shop: Shop;
  let project: Project;

  before(async function () {
    shop = await startShop();
    project = await shop.project();
  });

  after(async function () {
    await shop.close();
  });

  it("are thirty runs, and each is in the state under its own name", async () => {
    project.program(`
      for (let number = 0; number < ${count}; number++) {
        new apify.TaskRun("run" + number, {
          actorTaskId: "janedoe~scrape",
          input: { items: [{ title: "the same" }] },
        });
      }`);
    await succeeds(project.up("--parallel", String(count)));
    const runs = shop.emulator.runs().map(({ id }) => id);
    const recorded = await project.taskRuns();
    assert.equal(runs.length, count);
    assert.deepEqual(recorded.map(({ id }) => id).sort(), [...runs].sort());
    assert.equal(new Set(recorded.map(({ name }) => name)).size, count);
  });

  it("stay as they are in a further `up` and in a refresh", async () => {
    await expectSettled(shop.emulator, project);
    assert.equal(shop.emulator.runs().length, count);
  });

  it("are gone after a destroy, which leaves their finished runs on Apify", async () => {
    shop.emulator.clearRequests();
    await expectDestroyed(shop.emulator, project);
    assert.deepEqual(shop.emulator.writes(), []);
    assert.equal(shop.emulator.runs().length, count);
  });
});

describe("thirty TaskRuns that nobody waits for", function () {
  this.timeout(180_000);

  let shop: Shop;

  before(async function () {
    shop = await startShop();
  });

  after(async function () {
    await shop.close();
  });

  it("are all aborted by a destroy while they are still going", async () => {
    const project = await shop.project();
    project.program(`
      for (let number = 0; number < ${count}; number++) {
        new apify.TaskRun("run" + number, { actorTaskId: "janedoe~by-hand", waitSecs: 0 });
      }`);
    await succeeds(project.up("--parallel", String(count)));
    assert.equal(shop.emulator.liveRuns().length, count);
    await expectDestroyed(shop.emulator, project);
    assert.deepEqual(
      shop.emulator.runs().map(({ status }) => status),
      Array<string>(count).fill("ABORTED"),
    );
  });
});
