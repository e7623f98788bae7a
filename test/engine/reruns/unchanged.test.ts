import assert from "node:assert/strict";
import { amount } from "../../support/figures";
import { succeeds } from "../support/acceptance";
import { startShop, type Shop } from "../support/shop";
import type { Project } from "../support/project";

const count = amount({ quick: 100, full: 500 });

/** Three tasks of two Actors. */
const tasks = ["scrape", "scrape-more", "by-hand"];

describe(`an up over ${count} unchanged TaskRuns that track build and task`, function () {
  this.timeout(600_000);
  let shop: Shop;
  let project: Project;

  before(async () => {
    shop = await startShop();
    shop.emulator.setLimits("janedoe", { maxMemoryMbytes: 1e9, maxConcurrentRuns: 1e4 });
    project = await shop.project();
    project.program(`
      const tasks = ${JSON.stringify(tasks)};
      for (let number = 0; number < ${count}; number++) {
        new apify.TaskRun("run" + number, {
          actorTaskId: "janedoe~" + tasks[number % tasks.length],
          trackBuild: true,
          trackTask: true,
          waitSecs: 0,
        });
      }`);
    await succeeds(project.up("--parallel", "100"));
  });

  after(() => shop.close());

  it("reads each task and each Actor once, and asks for nothing else", async () => {
    shop.emulator.clearRequests();
    await succeeds(project.up("--expect-no-changes"));
    const requests = shop.emulator.requests.map(({ method, pathname }) => `${method} ${pathname}`);
    const actors = new Set(shop.emulator.runs().map(({ actId }) => actId));
    assert.deepEqual(
      [...requests].sort(),
      [
        ...tasks.map((task) => `GET /v2/actor-tasks/janedoe~${task}`),
        ...[...actors].map((id) => `GET /v2/actors/${id}`),
      ].sort(),
    );
    assert.ok(requests.length <= 6);
    assert.equal(shop.emulator.runs().length, count);
  });
});
