import assert from "node:assert/strict";
import { failureOf } from "../support/calls";
import { describeShells } from "./support/describeShells";
import { expectArguments, expectOwnForm } from "./support/form";
import { openWorld, token, urnOf } from "./support/world";
import type { Properties } from "../support/calls";
import type { FakeEngine } from "../support/engine";
import type { Emulator } from "../../emulator";
import type { Host, Recorded, Registration } from "../support/host";
import type { World } from "./support/world";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describeShells(
  (process) => `the ${process}`,
  (shell) => {
    let world: World;
    let emulator: Emulator;
    let engine: FakeEngine;
    let host: Host;

    beforeEach(async () => {
      world = await openWorld(shell);
      ({ emulator } = world);
      engine = await world.engine();
      host = await world.configuredHost(engine);
    });

    afterEach(() => world.close());

    /** The TaskRun `prices`, with these arguments beside its task. */
    function prices(args: Properties = {}): Registration {
      return world.resource("prices", { actorTaskId: "janedoe~scrape", ...args });
    }

    /** The TaskRun as it is before anything but its id is known, such as by a `get`. */
    function foreign(id: string): Recorded {
      const { urn } = prices();
      const { inputs } = world.resource("prices", {});
      return { urn, id, inputs, properties: inputs };
    }

    /** Lets every read of a run end in a refusal, which is not tried again. */
    function refuse(method: string): () => void {
      return emulator.use((request, { response }) => {
        if (request.method !== method || !request.pathname.startsWith("/v2/actor-runs/")) {
          return "pass";
        }
        response.writeHead(403, { "Content-Type": "application/json" });
        response.end(
          JSON.stringify({ error: { type: "forbidden", message: `Not you, ${token}.` } }),
        );
        return "handled";
      });
    }

    /** Ends a process in which so many operations failed, each of which the dynamic host prints a line about. */
    async function assertQuiet(ending: Host, failures: number): Promise<void> {
      await ending.end("SIGINT");
      const printed = ending
        .stderr()
        .split("\n")
        .filter((line) => line !== "");
      assert.equal(printed.length, shell === "dynamic" ? failures : 0, ending.stderr());
      assert.doesNotMatch(ending.stderr(), /^\s+at /m);
      assert.ok(!ending.stderr().includes(token));
    }

    it("leads a resource through its life, in the order of the engine", async () => {
      const checked = await host.check({}, prices({ actorTaskId: "janedoe/scrape" }));
      assert.deepEqual(checked, { inputs: prices().inputs, failures: [] });

      const created = await host.create(prices());
      expectOwnForm(created.properties, prices());
      assert.equal(emulator.run(created.id)?.status, "SUCCEEDED");
      assert.deepEqual(await host.diff(created, prices()), { changes: "none", replaces: [] });

      const purged = prices({ onDelete: "purge" });
      const again = await host.check(created.inputs, purged);
      assert.deepEqual(again, { inputs: purged.inputs, failures: [] });
      assert.equal((await host.diff(created, purged)).changes, "some");
      const updated = await host.update(created, purged);
      assert.deepEqual(updated.properties, { ...created.properties, onDelete: "purge" });

      const read = await host.read(updated);
      assert.equal(read.id, created.id);
      assert.deepEqual(read.inputs, updated.inputs);
      assert.deepEqual(Object.keys(read.properties).sort(), Object.keys(updated.properties).sort());

      const destroying = await world.configuredHost(engine);
      await destroying.delete(read);
      assert.deepEqual(emulator.runs(), []);
      await assertQuiet(destroying, 0);
      await assertQuiet(host, 0);
    });

    it("shows in the row of the resource which run was started", async () => {
      const { id } = await host.create(prices());
      await engine.untilLines(2);
      const [starting, started] = engine.lines;
      const urn = urnOf(shell, "prices");
      assert.deepEqual(starting, { text: "starting task janedoe~scrape", urn, ephemeral: true });
      assert.match(started?.text ?? "", new RegExp(`^Run ${id} started: https://`));
      assert.deepEqual(
        { urn: started?.urn, ephemeral: started?.ephemeral },
        { urn, ephemeral: false },
      );
    });

    it("gives every one of twenty parallel first checks the configuration", async () => {
      const checks = Array.from({ length: 20 }, (_, index) =>
        host.check({}, prices({ input: { index }, maxItems: -1 })),
      );
      for (const { failures } of await Promise.all(checks)) {
        assert.deepEqual(failures, [
          {
            property: "",
            reason:
              "`maxItems` must be 1 or more items; omit it to use the task's own limit, if it has one",
          },
        ]);
      }
    });

    it("gives every one of twenty parallel first creates the configuration", async () => {
      const creates = Array.from({ length: 20 }, (_, index) =>
        host.create(prices({ input: { index } })),
      );
      const ids = (await Promise.all(creates)).map(({ id }) => id);
      assert.deepEqual(
        ids.sort(),
        emulator
          .runs()
          .map(({ id }) => id)
          .sort(),
      );
      assert.equal(new Set(ids).size, 20);
    });

    it("reports problems, and a missing token as one of them", async () => {
      const other = await world.host(engine);
      await other.configure({ "other:token": token });
      const { failures } = await other.check({}, prices({ memory: 5 }));
      const [misspelt, missing, ...others] = failures.map(({ reason }) => reason);
      assert.deepEqual(others, []);
      assert.match(misspelt ?? "", /^`memory` is not a known property/);
      assert.match(missing ?? "", /^No Apify API token is set\..*apify:token/);
    });

    it("takes what is not known yet, and replaces for it", async () => {
      const created = await host.create(prices());
      const news = prices({ input: { urls: [{ url: unknown }] }, memoryMbytes: unknown });
      const checked = await host.check(created.inputs, news);
      assert.deepEqual(checked, { inputs: news.inputs, failures: [] });
      assert.deepEqual(await host.diff(created, news), { changes: "some", replaces: ["input"] });
    });

    it("keeps a run whose wait broke, ready to be waited for again", async () => {
      const allow = refuse("GET");
      const news = prices({ actorTaskId: "janedoe~by-hand", onDelete: "keep" });
      const { message, recorded } = await failureOf(host.create(news));
      allow();
      const [run] = emulator.liveRuns();
      assert.ok(run !== undefined && recorded !== undefined);
      assert.match(message, new RegExp(`^Run ${run.id} is still running; stopped waiting: `));
      assert.equal(recorded.id, run.id);
      assert.deepEqual(recorded.reasons, [message]);
      expectArguments(recorded.properties, news);
      expectOwnForm(recorded.properties, news);
      const { runJson, links, expired } = recorded.properties;
      assert.equal(expired, false);
      assert.equal((JSON.parse(String(runJson)) as { id: string }).id, run.id);
      assert.ok(typeof links === "object");
      assert.ok(!message.includes(token));

      emulator.finish(run.id);
      const { properties } = await host.update({ ...news, ...recorded }, news);
      const { status } = JSON.parse(String(properties.runJson)) as { status: string };
      assert.equal(status, "SUCCEEDED");
      assert.equal(emulator.runs().length, 1);
    });

    it("keeps a run that outlives the time limit of its create", async () => {
      const news = world.resource("prices", { actorTaskId: "janedoe~by-hand" }, 0.01);
      const { message, recorded } = await failureOf(host.create(news));
      const [run] = emulator.liveRuns();
      assert.equal(recorded?.id, run?.id);
      assert.match(message, /is still running; stopped waiting/);
    });

    it("records nothing of a run that failed in create", async () => {
      const failure = await failureOf(host.create(prices({ input: { exitCode: 3 } })));
      assert.match(failure.message, /^Run \w+ ended with status FAILED/);
      assert.equal(failure.recorded, undefined);
    });

    it("records a run that failed in update", async () => {
      const byHand = (args: Properties = {}): Registration =>
        prices({ actorTaskId: "janedoe~by-hand", ...args });
      const created = await host.create(byHand({ waitSecs: 0 }));
      emulator.finish(created.id, { status: "FAILED", exitCode: 3 });
      const { recorded } = await failureOf(host.update(created, byHand()));
      assert.ok(recorded !== undefined);
      const { status } = JSON.parse(String(recorded.properties.runJson)) as { status: string };
      assert.equal(status, "FAILED");
      expectOwnForm(recorded.properties, byHand());
      const after = await host.diff({ ...created, ...recorded }, byHand());
      assert.deepEqual(after, { changes: "some", replaces: ["status"] });
    });

    it("prints no stack and no token when a read or a delete fails", async () => {
      const created = await host.create(prices());
      const next = await world.configuredHost(engine);
      refuse("GET");
      for (const operation of ["read", "delete"] as const) {
        const failure = await failureOf(next[operation](created));
        assert.match(failure.message, /^Apify answered 403 forbidden to GET/);
        assert.ok(!failure.message.includes(token));
      }
      await assertQuiet(next, 2);
    });

    it("prints no stack when a run to be read is not there", async () => {
      const failure = await failureOf(host.read(foreign("nothing")));
      assert.match(failure.message, /^Run nothing was not found on Apify/);
      await assertQuiet(host, 1);
    });

    it("reads a run by its id alone", async () => {
      const { id, properties } = await host.create(prices());
      const read = await host.read(foreign(id));
      assert.equal(read.properties.runJson, properties.runJson);
      expectOwnForm(read.properties, prices());
    });
  },
);
