import assert from "node:assert/strict";
import { startEmulator } from "../../emulator";
import { createApifyClient } from "../../provider/apify/client";
import { createVirtualTime } from "../support/virtualTime";
import { declaration } from "./support/emulator";
import type { Emulator, EmulatorOptions } from "../../emulator";
import type { ApifyClient } from "../../provider/apify/client";
import type { Clock } from "../../provider/apify/clock";
import type { VirtualTime } from "../support/virtualTime";

interface World {
  readonly time: VirtualTime;
  readonly emulator: Emulator;
  readonly clock: Clock;
  readonly client: ApifyClient;
  /** Starts a run that ends after this time. */
  readonly startRun: (millis: number) => Promise<string>;
  /** The time that passes during some work. */
  readonly elapsed: (work: () => Promise<unknown>) => Promise<number>;
}

const start = { actorTaskId: "janedoe~scrape", userAgentNote: "(test)" };
const opened = new Set<Emulator>();

async function startWorld(options: Partial<EmulatorOptions> = {}): Promise<World> {
  const time = createVirtualTime({ held: () => emulator.held() });
  const emulator = await startEmulator({ declaration, clock: time.emulatorClock, ...options });
  opened.add(emulator);
  const clock = time.providerClock();
  const client = createApifyClient({
    token: "jane-token",
    baseUrl: emulator.url,
    userAgent: "test",
    clock,
  });
  return {
    time,
    emulator,
    clock,
    client,
    startRun: async (millis) => {
      const started = await client.startTaskRun(start);
      assert.equal(started.outcome, "started");
      time.emulatorClock.setTimer(millis, () => {
        emulator.finish(started.runId);
      });
      return started.runId;
    },
    elapsed: async (work) => {
      const before = time.emulatorClock.now();
      await time.run(work());
      return time.emulatorClock.now() - before;
    },
  };
}

describe("virtual time", () => {
  afterEach(async () => {
    await Promise.all([...opened].map((emulator) => emulator.close()));
    opened.clear();
  });

  it("passes for a long poll only until the run ends", async () => {
    const { elapsed, startRun, client } = await startWorld();
    const millis = await elapsed(async () => {
      const id = await startRun(40_000);
      assert.equal((await client.getRun(id, { waitSecs: 60 })).status, "SUCCEEDED");
    });
    assert.equal(millis, 40_000);
  });

  it("passes for a long poll that the server ends", async () => {
    const { elapsed, startRun, client } = await startWorld();
    const millis = await elapsed(async () => {
      const id = await startRun(1_000_000);
      assert.equal((await client.getRun(id, { waitSecs: 60 })).status, "RUNNING");
    });
    assert.equal(millis, 60_000);
  });

  it("stands still while there is work to do", async () => {
    const { elapsed, startRun, client } = await startWorld();
    const millis = await elapsed(async () => {
      const id = await startRun(1_000);
      for (let reads = 0; reads < 10; reads++) await client.getRun(id);
    });
    assert.equal(millis, 0);
  });

  it("passes until a client gives up on a missing answer, and retries", async () => {
    const { elapsed, startRun, client, emulator } = await startWorld();
    emulator.faults.inject({ endpoint: "getRun", fault: { kind: "stall", when: "beforeWork" } });
    const millis = await elapsed(async () => client.getRun(await startRun(1_000_000)));
    assert.equal(millis, 30_000 + 375);
    assert.equal(emulator.held(), 0);
  });

  it("passes until a client gives up on an endless body", async () => {
    const { elapsed, startRun, client, emulator } = await startWorld();
    emulator.faults.inject({ endpoint: "getRun", fault: { kind: "stallBody" } });
    const millis = await elapsed(async () => client.getRun(await startRun(1_000_000)));
    assert.equal(millis, 30_000 + 375);
  });

  it("passes only for the pauses of a slow body", async () => {
    const { elapsed, startRun, client, emulator } = await startWorld();
    const fault = { kind: "slowBody", chunks: 5, pauseMillis: 1_000 } as const;
    emulator.faults.inject({ endpoint: "getRun", fault });
    assert.equal(await elapsed(async () => client.getRun(await startRun(1_000_000))), 4_000);
  });

  it("stands still while bodies are compressed and decompressed", async () => {
    const { elapsed, client, emulator } = await startWorld();
    const text = Array.from({ length: 200_000 }, (_, index) => index.toString(36)).join("");
    const millis = await elapsed(async () => {
      const input = { text };
      const started = await client.startTaskRun({ ...start, input });
      assert.equal(started.outcome, "started");
      const storeId = started.run?.defaultKeyValueStoreId ?? "";
      const record = await client.getRecord(storeId, "INPUT");
      assert.deepEqual(JSON.parse(record?.text ?? ""), { text });
    });
    assert.equal(millis, 0);
    assert.equal(emulator.requests.length, 2);
    assert.equal(emulator.requests[0]?.headers["content-encoding"], "gzip");
  });

  it("passes while an emulator refuses connections, until it accepts them again", async () => {
    const { elapsed, startRun, client, emulator, time } = await startWorld();
    const allow = await emulator.refuseConnections();
    const millis = await elapsed(async () => {
      time.emulatorClock.setTimer(10_000, () => void allow());
      await assert.rejects(startRun(0));
      assert.equal((await client.getTask("janedoe~scrape")).name, "scrape");
    });
    assert.ok(millis >= 10_000 && millis < 40_000, String(millis));
  });

  it("passes once for many concurrent waits", async () => {
    const { elapsed, startRun, client, emulator } = await startWorld();
    const fault = { kind: "stall", when: "afterWork" } as const;
    emulator.faults.inject({ endpoint: "getRun", fault, times: 7, skip: 5 });
    const lengths = Array.from({ length: 20 }, (_, index) => 1_000 * (index + 30));
    const millis = await elapsed(() =>
      Promise.all(
        lengths.map(async (length) => {
          const id = await startRun(length);
          const { status } = await client.getRun(id, { waitSecs: 60 });
          assert.equal(status, "SUCCEEDED");
        }),
      ),
    );
    // A stalled request is given up 30 s after the end of its long poll.
    assert.equal(millis, 90_000 + 375);
  });

  it("is the same in every repetition", async () => {
    const { time, startRun, client, emulator } = await startWorld();
    const fault = { kind: "reset", when: "afterWork" } as const;
    const courses = new Set<string>();
    for (let round = 0; round < 5; round++) {
      emulator.clearRequests();
      const began = time.emulatorClock.now();
      const stalled = emulator.faults.inject({ endpoint: "getRun", fault, skip: 1, times: 3 });
      await time.run(
        Promise.all(
          [70_000, 70_000].map(async (length) => {
            const id = await startRun(length);
            await client.getRun(id, { waitSecs: 60 });
            await client.getRun(id, { waitSecs: 60 });
          }),
        ),
      );
      stalled.remove();
      courses.add(JSON.stringify(emulator.requests.map(({ at }) => at - began)));
    }
    assert.equal(courses.size, 1, [...courses].join("\n"));
  });

  it("can be advanced by hand, and timers fire in order", async () => {
    const { time, clock } = await startWorld();
    const other = time.providerClock();
    const before = [clock.monotonicMillis(), other.monotonicMillis()] as const;
    assert.notEqual(before[0], before[1]);
    const happened: [string, number][] = [];
    const note = (name: string): void => {
      happened.push([name, clock.monotonicMillis() - before[0]]);
    };
    void clock.sleep(20).then(() =>
      other.sleep(5).then(() => {
        note("then");
      }),
    );
    time.emulatorClock.setTimer(10, () => {
      note("first");
    });
    void clock.sleep(26).then(() => {
      note("too late");
    });
    await time.advance(25);
    assert.deepEqual(happened, [
      ["first", 10],
      ["then", 25],
    ]);
    assert.equal(other.monotonicMillis() - before[1], 25);
  });

  it("ends a sleep immediately when its signal is aborted", async () => {
    const { elapsed, clock } = await startWorld();
    const stop = new AbortController();
    const millis = await elapsed(async () => {
      const sleeping = clock.sleep(1_000, stop.signal);
      stop.abort();
      await sleeping;
      await clock.sleep(1_000, stop.signal);
    });
    assert.equal(millis, 0);
  });

  it("rejects with the error of the work", async () => {
    const { time } = await startWorld();
    await assert.rejects(time.run(Promise.reject(new Error("broken"))), /broken/);
  });

  it("rejects if nothing is due and the work still waits", async () => {
    const { time } = await startWorld();
    const never = new Promise<void>(() => undefined);
    await assert.rejects(time.run(never), /does not end, but nothing is due; no request/);
  });

  it("has only one driver at a time", async () => {
    const { time } = await startWorld();
    await assert.rejects(time.run(time.advance(1)), /driven already/);
  });
});
