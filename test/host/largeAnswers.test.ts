import assert from "node:assert/strict";
import { describeShells } from "./support/describeShells";
import { openWorld, type World } from "./support/world";
import type { ServerResponse } from "node:http";
import type { Host, Registration } from "../support/host";

describeShells(
  (process) => `the ${process}, when Apify's answers are odd`,
  (shell) => {
    let world: World;
    let host: Host;

    beforeEach(async () => {
      world = await openWorld(shell);
      host = await world.configuredHost(await world.engine());
    });

    afterEach(() => world.close());

    /** Expects that the run is created and recorded in little, and that nothing is left to do. */
    async function expectRecorded(prices: Registration): Promise<void> {
      const { inputs } = await host.check({}, prices);
      const created = await host.create({ ...prices, inputs });
      assert.equal(world.emulator.runs()[0]?.id, created.id);
      assert.ok(String(created.properties.runJson).length < 20_000);
      assert.equal((await host.diff(created, { ...prices, inputs })).changes, "none");
    }

    for (const levels of [5_000, 50_000]) {
      it(`records the run when they are nested ${levels} levels deep, the task's too`, async () => {
        const { emulator } = world;
        const deep = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
        const send = (response: ServerResponse, data: object, field: string): void => {
          const text = JSON.stringify({ data: { ...data, [field]: "DEEP" } });
          response.writeHead(200, { "Content-Type": "application/json" });
          response.end(text.replace('"DEEP"', deep));
        };
        emulator.use(({ method, pathname }, { response }) => {
          const runId = /^\/v2\/actor-runs\/(\w+)$/.exec(pathname)?.[1];
          if (method !== "GET") return "pass";
          if (runId !== undefined) {
            send(response, emulator.run(runId) ?? {}, "more");
            return "handled";
          }
          if (!/^\/v2\/actor-tasks\/[^/]+$/.test(pathname)) return "pass";
          const task = { id: "task1", userId: "user1", actId: "actor1", name: "scrape" };
          send(response, task, "input");
          return "handled";
        });
        await expectRecorded(
          world.resource("prices", { actorTaskId: "janedoe~scrape", trackTask: true }),
        );
      });
    }

    it("records the run when the description of it is huge", async () => {
      const { emulator } = world;
      emulator.use(({ method, pathname }, { response }) => {
        const runId = /^\/v2\/actor-runs\/(\w+)$/.exec(pathname)?.[1];
        if (method !== "GET" || runId === undefined) return "pass";
        const data = { ...emulator.run(runId), statusMessage: "x".repeat(8_000_000) };
        response.writeHead(200, { "Content-Type": "application/json" });
        response.end(JSON.stringify({ data }));
        return "handled";
      });
      await expectRecorded(world.resource("prices", { actorTaskId: "janedoe~scrape" }));
    });
  },
);
