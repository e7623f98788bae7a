import assert from "node:assert/strict";
import { amount } from "../../support/figures";
import { succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

const count = amount({ quick: 100, full: 500 });

/** Three tasks of two Actors. */
const tasks = ["scrape", "scrape-more", "by-hand"];

describeEngine(
  `an up over ${count} unchanged TaskRuns that track build and task`,
  { sandboxPer: "suite" },
  (sandbox) => {
    before(async () => {
      const { emulator, project } = sandbox;
      emulator.setLimits("janedoe", { maxMemoryMbytes: 1e9, maxConcurrentRuns: 1e4 });
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

    it("reads each task and each Actor once, and asks for nothing else", async () => {
      const { emulator, project } = sandbox;
      emulator.clearRequests();
      await succeeds(project.up("--expect-no-changes"));
      const requests = emulator.requests.map(({ method, pathname }) => `${method} ${pathname}`);
      const actors = new Set(emulator.runs().map(({ actId }) => actId));
      assert.deepEqual(
        [...requests].sort(),
        [
          ...tasks.map((task) => `GET /v2/actor-tasks/janedoe~${task}`),
          ...[...actors].map((id) => `GET /v2/actors/${id}`),
        ].sort(),
      );
      assert.ok(requests.length <= 6);
      assert.equal(emulator.runs().length, count);
    });
  },
);
