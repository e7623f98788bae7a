import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { failureOf } from "./support/failure";
import { stopAt, whenAsked } from "./support/stop";
import { openWorld, type World } from "./support/world";
import type { FakeEngine } from "../support/engine";
import type { Host, HostFailure, Properties } from "../support/host";

/** The engine kills a host that it has interrupted after this time. */
const patienceMillis = 5_000;

/** How a process ends that was interrupted at work and has answered. */
const endedByItself = { code: 130, signal: null };

describe("a host that is interrupted", () => {
  let world: World;
  let engine: FakeEngine;
  let host: Host;
  let args: Properties;

  beforeEach(async () => {
    world = await openWorld();
    engine = await world.engine();
    host = await world.configuredHost(engine);
    args = world.resource("prices", { actorTaskId: "janedoe~by-hand" });
  });

  afterEach(() => world.close());

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

  async function expectRunIsKept(failure: HostFailure): Promise<void> {
    const [run, ...others] = world.emulator.runs();
    assert.deepEqual(others, []);
    assert.ok(run);
    assert.equal(failure.partial?.id, run.id);
    assert.equal(failure.partial.properties.__provider, args.__provider);
    assert.match(
      failure.message,
      new RegExp(`^Run ${run.id} is still running; .* was interrupted\\.`),
    );
    assert.deepEqual(await inTime(host.ended), endedByItself);
  }

  it("while it waits for a run answers with the run, and ends", async () => {
    const polled = whenAsked(world.emulator, "poll");
    const failure = inTime(failureOf(host.create(args)));
    await polled;
    host.signal("SIGINT");
    await expectRunIsKept(await failure);
  });

  it("while it waits on for a run of an earlier deployment answers with the run, and ends", async () => {
    const { id, properties } = await host.create({ ...args, waitSecs: 0 });
    const polled = whenAsked(world.emulator, "poll");
    const failure = inTime(failureOf(host.update(id, properties, args)));
    await polled;
    host.signal("SIGINT");
    await expectRunIsKept(await failure);
  });

  it("while the start is under way answers with the run, once the start is answered", async () => {
    const start = stopAt(world.emulator, "start", { work: "done" });
    const failure = inTime(failureOf(host.create(args)));
    await start.reached;
    host.signal("SIGINT");
    start.release();
    await expectRunIsKept(await failure);
  });

  it("while it looks for a run starts none, and ends", async () => {
    const look = stopAt(world.emulator, "look");
    const failure = inTime(failureOf(host.create(args)));
    await look.reached;
    host.signal("SIGINT");
    const { message, partial } = await failure;
    assert.equal(message, "The deployment was interrupted; nothing was started.");
    assert.equal(partial, undefined);
    assert.deepEqual(await inTime(host.ended), endedByItself);
    assert.deepEqual(world.emulator.runs(), []);
  });

  it("answers for each of many resources", async () => {
    const creates = Array.from({ length: 20 }, (_, index) =>
      failureOf(host.create(world.resource(`prices${index}`, { ...args, input: { index } }))),
    );
    await world.emulator.whenRun(() => world.emulator.liveRuns().length === 20);
    host.signal("SIGINT");
    const failures = await inTime(Promise.all(creates));
    const runIds = world.emulator.liveRuns().map(({ id }) => id);
    assert.equal(runIds.length, 20);
    assert.deepEqual(failures.map(({ partial }) => partial?.id).sort(), runIds.sort());
    assert.deepEqual(await inTime(host.ended), endedByItself);
  });

  it("between two creates ends at once", async () => {
    await host.create({ ...args, waitSecs: 0 });
    assert.deepEqual(await host.end("SIGINT"), { code: null, signal: "SIGINT" });
  });
});

describe("a host whose engine is gone", () => {
  let world: World;

  beforeEach(async () => {
    world = await openWorld();
  });

  afterEach(() => world.close());

  it("ends although a run goes on, and the next one takes the run over", async () => {
    const engine = await world.engine();
    const orphan = await world.configuredHost(engine);
    const args = world.resource("prices", { actorTaskId: "janedoe~by-hand" });
    const polled = whenAsked(world.emulator, "poll");
    const broken = assert.rejects(orphan.create(args));
    await polled;
    engine.close();
    assert.deepEqual(await orphan.ended, { code: 1, signal: null });
    await broken;

    const nextEngine = await world.engine();
    const next = await world.configuredHost(nextEngine);
    const created = next.create(args);
    const [run, ...others] = world.emulator.liveRuns();
    assert.deepEqual(others, []);
    assert.ok(run);
    await nextEngine.untilLine(new RegExp(`^Run ${run.id} found by its run key`));
    world.emulator.finish(run.id);
    assert.equal((await created).id, run.id);
  });
});
