import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { failureOf } from "../support/calls";
import { shells, type Shell } from "../support/shell";
import { describeShells, processOf } from "./support/describeShells";
import { expectOwnForm } from "./support/form";
import { stopAt, whenAsked } from "./support/stop";
import { openWorld, type World } from "./support/world";
import type { CallFailure, Properties } from "../support/calls";
import type { FakeEngine } from "../support/engine";
import type { Host, Registration } from "../support/host";
import type { HostEnd } from "../support/hostProcess";

/** The engine kills a host that it has interrupted after this time. */
const patienceMillis = 5_000;

interface Interruption {
  readonly title: string;
  readonly interrupt: (host: Host) => Promise<void> | void;
  /** Resolves with how the process ends after its answers. */
  readonly ended: (host: Host) => Promise<HostEnd>;
  readonly end: HostEnd;
}

/** What ends the work of each shell: the dynamic host waits for its runs at the first ^C. */
const interruptions: Readonly<Record<Shell, Interruption>> = {
  dynamic: {
    title: `a ${processOf.dynamic} that gets the SIGINT of the second ^C`,
    interrupt: (host) => {
      host.signal("SIGINT");
    },
    ended: (host) => host.ended,
    end: { code: 130, signal: null },
  },
  native: {
    title: `a ${processOf.native} that gets the Cancel of the first ^C`,
    interrupt: (host) => host.cancel(),
    ended: (host) => host.end("SIGINT"),
    end: { code: null, signal: "SIGINT" },
  },
};

for (const shell of shells) {
  const { title, interrupt, ended, end } = interruptions[shell];

  describe(title, () => {
    let world: World;
    let engine: FakeEngine;
    let host: Host;

    beforeEach(async () => {
      world = await openWorld(shell);
      engine = await world.engine();
      host = await world.configuredHost(engine);
    });

    afterEach(() => world.close());

    function prices(args: Properties = {}): Registration {
      return world.resource("prices", { actorTaskId: "janedoe~by-hand", ...args });
    }

    /** What the engine would still get to see. */
    async function inTime<T>(promise: Promise<T>): Promise<T> {
      const late = new AbortController();
      const limit = sleep(patienceMillis, undefined, { signal: late.signal }).then(() =>
        assert.fail("the engine would have killed the process by now"),
      );
      try {
        return await Promise.race([promise, limit]);
      } finally {
        late.abort();
        limit.catch(() => undefined);
      }
    }

    async function expectRunIsKept({ message, recorded }: CallFailure): Promise<void> {
      const [run, ...others] = world.emulator.runs();
      assert.deepEqual(others, []);
      assert.ok(run);
      assert.equal(recorded?.id, run.id);
      expectOwnForm(recorded.properties, prices());
      assert.match(message, new RegExp(`^Run ${run.id} is still running; .* was interrupted\\.`));
      assert.deepEqual(await inTime(ended(host)), end);
    }

    it("while it waits for a run answers with the run, and ends", async () => {
      const polled = whenAsked(world.emulator, "poll");
      const failure = inTime(failureOf(host.create(prices())));
      await polled;
      await interrupt(host);
      await expectRunIsKept(await failure);
    });

    it("while it waits on for a run of an earlier deployment answers with the run, and ends", async () => {
      const created = await host.create(prices({ waitSecs: 0 }));
      const polled = whenAsked(world.emulator, "poll");
      const failure = inTime(failureOf(host.update(created, prices())));
      await polled;
      await interrupt(host);
      await expectRunIsKept(await failure);
    });

    it("while the start is under way answers with the run, once the start is answered", async () => {
      const start = stopAt(world.emulator, "start", { work: "done" });
      const failure = inTime(failureOf(host.create(prices())));
      await start.reached;
      await interrupt(host);
      start.release();
      await expectRunIsKept(await failure);
    });

    it("while it looks for a run starts none, and ends", async () => {
      const look = stopAt(world.emulator, "look");
      const failure = inTime(failureOf(host.create(prices())));
      await look.reached;
      await interrupt(host);
      const { message, recorded } = await failure;
      assert.equal(message, "The deployment was interrupted; nothing was started.");
      assert.equal(recorded, undefined);
      assert.deepEqual(await inTime(ended(host)), end);
      assert.deepEqual(world.emulator.runs(), []);
    });

    it("answers for each of many resources", async () => {
      const args = { actorTaskId: "janedoe~by-hand" };
      const creates = Array.from({ length: 20 }, (_, index) =>
        failureOf(host.create(world.resource(`prices${index}`, { ...args, input: { index } }))),
      );
      await world.emulator.whenRun(() => world.emulator.liveRuns().length === 20);
      await interrupt(host);
      const failures = await inTime(Promise.all(creates));
      const runIds = world.emulator.liveRuns().map(({ id }) => id);
      assert.equal(runIds.length, 20);
      assert.deepEqual(failures.map(({ recorded }) => recorded?.id).sort(), runIds.sort());
      assert.deepEqual(await inTime(ended(host)), end);
    });
  });
}

describe("a dynamic host that gets the Cancel of the first ^C", () => {
  it("waits on, and records the run when it has ended", async () => {
    const world = await openWorld("dynamic");
    try {
      const engine = await world.engine();
      const host = await world.configuredHost(engine);
      const polled = whenAsked(world.emulator, "poll");
      const creating = host.create(world.resource("prices", { actorTaskId: "janedoe~by-hand" }));
      await polled;
      await host.cancel();
      const { text } = await engine.untilLine(/^Still waiting for run \w+; press \^C again/);
      const [run] = world.emulator.liveRuns();
      assert.ok(run !== undefined && text.includes(run.id));
      world.emulator.finish(run.id);
      assert.equal((await creating).id, run.id);
    } finally {
      await world.close();
    }
  });
});

describeShells(
  (process) => `a ${process}`,
  (shell) => {
    let world: World;

    beforeEach(async () => {
      world = await openWorld(shell);
    });

    afterEach(() => world.close());

    const args = { actorTaskId: "janedoe~by-hand" };

    it("that gets the SIGINT of the end of a command ends at once", async () => {
      const host = await world.configuredHost(await world.engine());
      await host.create(world.resource("prices", { ...args, waitSecs: 0 }));
      assert.deepEqual(await host.end("SIGINT"), { code: null, signal: "SIGINT" });
    });

    it("whose engine is gone ends although a run goes on, and the next one takes the run over", async () => {
      const engine = await world.engine();
      const orphan = await world.configuredHost(engine);
      const prices = world.resource("prices", args);
      const polled = whenAsked(world.emulator, "poll");
      const broken = assert.rejects(orphan.create(prices));
      await polled;
      engine.close();
      assert.deepEqual(await orphan.ended, { code: 1, signal: null });
      await broken;

      const nextEngine = await world.engine();
      const next = await world.configuredHost(nextEngine);
      const created = next.create(prices);
      const [run, ...others] = world.emulator.liveRuns();
      assert.deepEqual(others, []);
      assert.ok(run);
      await nextEngine.untilLine(new RegExp(`^Run ${run.id} found by its run key`));
      world.emulator.finish(run.id);
      assert.equal((await created).id, run.id);
    });
  },
);
