import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { ApifyNoResponseError } from "../../../provider/apify/errors";
import { message } from "../../../provider/apify/message";
import { followLog } from "../../../provider/run/followLog";
import { createFakeClock } from "../../support/fakeClock";
import type { LogQuery } from "../../../provider/apify/endpoints/runLog";
import type { FollowOptions } from "../../../provider/run/followLog";

const link = "https://console.example/runs/run1";
const place = { method: "GET", path: "/v2/actor-runs/run1/log" };
const stamp = "2026-01-01T00:00:00.123Z";

/** What one request for the log comes to; it may go on until the test ends it. */
type Reading = (query: LogQuery) => Promise<void>;

/** Gives a log, as a server does that does not keep the request open. */
function logOf(...lines: readonly string[]): Reading {
  return ({ fromLine = 0, onLine }) => {
    lines.slice(fromLine).forEach(onLine);
    return Promise.resolve();
  };
}

/** Gives lines and keeps the request open until it is cancelled. */
function open(...lines: readonly string[]): Reading {
  return ({ onLine, signal }) => {
    lines.forEach(onLine);
    return new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => {
        reject(new Error("cancelled"));
      });
    });
  };
}

const broken: Reading = () => Promise.reject(new Error("the log is out of order"));

/** Gives what was promised the time to happen. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await turn();
}

function play(
  readings: readonly [Reading, ...Reading[]],
  from: FollowOptions["from"] = "beginning",
) {
  const clock = createFakeClock();
  const shown: string[] = [];
  const queries: LogQuery[] = [];
  const log = followLog({
    client: {
      readRunLog: (runId, query) => {
        assert.equal(runId, "run1");
        const reading = readings[Math.min(queries.length, readings.length - 1)] ?? broken;
        queries.push(query);
        return reading(query);
      },
    },
    clock,
    runId: "run1",
    link,
    from,
    show: (line) => void shown.push(line),
  });
  return { clock, shown, queries, log };
}

describe("the log of a run that goes on", () => {
  it("is shown line by line, without time stamps", async () => {
    const { shown, queries, log } = play([open(`${stamp} page 1`, `${stamp} `, "page 2")]);
    await settle();
    assert.deepEqual(shown, ["> page 1", "> page 2"]);
    assert.deepEqual(
      queries.map(({ fromLine, followSecs }) => [fromLine, followSecs]),
      [[0, 600]],
    );
    log.stop();
  });

  it("goes on with the next line when a request has ended", async () => {
    const { clock, shown, queries, log } = play([logOf("a", "b"), logOf("a", "b", "c")]);
    await settle();
    assert.deepEqual(clock.pending(), [5000]);
    clock.advance(5000);
    await settle();
    assert.deepEqual(shown, ["> a", "> b", "> c"]);
    assert.deepEqual(
      queries.map(({ fromLine }) => fromLine),
      [0, 2],
    );
    log.stop();
  });

  it("is shown from now on when the wait for the run is resumed", async () => {
    const old = logOf("a", "b");
    const more = logOf("a", "b", "c", "d", "e");
    const { clock, shown, queries, log } = play(
      [old, more, logOf("a", "b", "c", "d", "e", "f")],
      "now",
    );
    await settle();
    assert.deepEqual(shown, ["> c", "> d", "> e"]);
    assert.equal(queries[0]?.followSecs, undefined, "what is there is counted, and not followed");
    clock.advance(5000);
    await settle();
    assert.deepEqual(shown, ["> c", "> d", "> e", "> f"]);
    log.stop();
  });

  it("is read to its end once the run has ended", async () => {
    const { clock, shown, log } = play([logOf("a"), logOf("a", "b")]);
    await settle();
    await log.finish();
    assert.deepEqual(shown, ["> a", "> b"]);
    assert.deepEqual(clock.pending(), []);
  });

  it("holds up the end of the wait for a second at the most", async () => {
    const { clock, shown, queries, log } = play([open("a")]);
    await settle();
    let isFinished = false;
    const finished = log.finish().then(() => (isFinished = true));
    clock.advance(999);
    await settle();
    assert.equal(isFinished, false);
    clock.advance(1);
    await finished;
    queries[0]?.onLine("too late");
    await settle();
    assert.deepEqual(shown, ["> a"]);
    assert.equal(queries.length, 1);
  });

  it("is not shown any further when it is stopped", async () => {
    const { clock, shown, queries, log } = play([open("a")]);
    await settle();
    log.stop();
    queries[0]?.onLine("too late");
    await settle();
    clock.advance(60_000);
    await settle();
    assert.deepEqual(shown, ["> a"]);
    assert.equal(queries.length, 1);
  });

  it("says at its end how many lines it left out", async () => {
    const { shown, log } = play([open(...Array.from({ length: 12 }, (_, line) => `${line}`))]);
    await settle();
    log.stop();
    await settle();
    assert.deepEqual(shown.slice(9), ["> 9", `… 2 lines omitted, see ${link}`]);
  });

  it("is given up after five failures in a row, and that is said", async () => {
    const { clock, shown, queries } = play([broken, broken, logOf("a"), broken]);
    for (let pauses = 0; pauses < 20; pauses++) {
      await settle();
      clock.advance(5000);
    }
    assert.equal(queries.length, 8);
    assert.deepEqual(shown, [
      "> a",
      `Stopped showing the log (the log is out of order). See ${link}`,
    ]);
  });

  it("ends without a complaint when it is stopped, also after four failures in a row", async () => {
    const { clock, shown, queries, log } = play([broken, broken, broken, broken, open()]);
    for (let pauses = 0; pauses < 4; pauses++) {
      await settle();
      clock.advance(5000);
    }
    await settle();
    assert.equal(queries.length, 5);
    log.stop();
    await settle();
    assert.deepEqual(shown, []);
  });

  it("goes on after a request that got no answer", async () => {
    const lost = new ApifyNoResponseError(place, "noResponse", "reset");
    const { clock, shown, log } = play([() => Promise.reject(lost), logOf("a")]);
    await settle();
    clock.advance(5000);
    await settle();
    assert.deepEqual(shown, ["> a"]);
    log.stop();
  });

  it("is not given up when requests break off that had worked for a while", async () => {
    const { clock, queries, log } = play([open()]);
    for (let requests = 1; requests <= 10; requests++) {
      await settle();
      assert.equal(queries.length, requests);
      clock.advance(60_000);
      queries.at(-1)?.signal?.dispatchEvent(new Event("abort"));
      await settle();
      clock.advance(5000);
    }
    log.stop();
  });

  it("is given up at once when it is too large to be read", async () => {
    const { clock, shown, queries } = play([
      () => Promise.reject(new ApifyNoResponseError(place, "unreadable", message`too large`)),
    ]);
    await settle();
    clock.advance(60_000);
    await settle();
    assert.equal(queries.length, 1);
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? "", /^Stopped showing the log \(.*too large/);
  });

  it("is not read any further once enough of it was shown", async () => {
    const { clock, shown, queries } = play([
      async ({ onLine, signal }) => {
        await turn();
        for (let line = 0; line < 5000 && signal?.aborted === false; line++) {
          onLine(`line ${line}`);
          clock.advance(1000);
        }
      },
    ]);
    await settle();
    clock.advance(5000);
    await settle();
    assert.equal(shown.length, 2001);
    assert.equal(queries.length, 1);
  });
});
