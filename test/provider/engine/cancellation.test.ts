import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { createInterruption } from "../../../provider/engine/cancellation";
import type { Interruption } from "../../../provider/engine/cancellation";

/** An operation that a test ends. */
interface Operation {
  readonly signal: AbortSignal;
  readonly over: Promise<string>;
  end(): Promise<void>;
  fail(error: Error): void;
}

/** A process that can be interrupted and only notes that it is to exit, with a timer of the test's own. */
class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];
  private readonly timers: { readonly millis: number; readonly then: () => void }[] = [];

  exit(code: number): void {
    this.exits.push(code);
  }
  readonly after = (millis: number, then: () => void): void => {
    this.timers.push({ millis, then });
  };
  /** Sends the signal, as the engine does. */
  interrupt(): void {
    this.emit("SIGINT");
  }
  get listening(): number {
    return this.listenerCount("SIGINT");
  }
  /** Lets every timer fire, and gives their lengths. */
  elapse(): readonly number[] {
    return this.timers.splice(0).map(({ millis, then }) => {
      then();
      return millis;
    });
  }
}

describe("the interruption of operations", () => {
  let host: FakeProcess;
  let interruption: Interruption;
  beforeEach(() => {
    host = new FakeProcess();
    interruption = createInterruption(host, host.after);
  });

  function begin(): Operation {
    let resolve = (): void => undefined;
    let reject: (error: Error) => void = () => undefined;
    let given: AbortSignal | undefined;
    const over = interruption.during((signal) => {
      given = signal;
      return new Promise<string>((done, failed) => {
        resolve = () => {
          done("a result");
        };
        reject = failed;
      });
    });
    assert.ok(given);
    return {
      signal: given,
      over,
      end: async () => {
        resolve();
        await over;
      },
      fail: (error) => {
        reject(error);
      },
    };
  }

  it("listens to the signal only while an operation is under way", async () => {
    assert.equal(host.listening, 0);
    const operation = begin();
    assert.equal(host.listening, 1);
    await operation.end();
    assert.equal(host.listening, 0);
  });

  it("lets any number of requests wait for its signal without a warning of Node's", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on("warning", note);
    const { signal } = begin();
    for (let requests = 0; requests < 50; requests++) {
      signal.addEventListener("abort", () => undefined);
    }
    await turn();
    process.off("warning", note);
    assert.deepEqual(warnings, []);
  });

  it("listens once for all operations that are under way, until the last has ended", async () => {
    const [first, second] = [begin(), begin()];
    assert.equal(host.listening, 1);
    await first.end();
    assert.equal(host.listening, 1);
    await second.end();
    assert.equal(host.listening, 0);
  });

  it("listens again for an operation that begins later", async () => {
    await begin().end();
    const operation = begin();
    assert.equal(host.listening, 1);
    await operation.end();
    assert.equal(host.listening, 0);
  });

  it("gives what an operation gives", async () => {
    const operation = begin();
    await operation.end();
    assert.equal(await operation.over, "a result");
  });

  it("throws what an operation throws, and listens no longer", async () => {
    const operation = begin();
    const defect = new TypeError("a defect");
    operation.fail(defect);
    await assert.rejects(operation.over, defect);
    assert.equal(host.listening, 0);
  });

  it("does not listen for an operation that fails before it has begun to wait", async () => {
    const defect = new TypeError("a defect");
    const failing = interruption.during(() => {
      throw defect;
    });
    await assert.rejects(failing, defect);
    assert.equal(host.listening, 0);
  });

  it("does not end the process when nothing interrupted it", async () => {
    const operation = begin();
    await operation.end();
    assert.deepEqual(host.elapse(), []);
    assert.deepEqual(host.exits, []);
    assert.equal(operation.signal.aborted, false);
  });

  it("tells every operation, and ends the process once all have answered", async () => {
    const [first, second] = [begin(), begin()];
    host.interrupt();
    assert.deepEqual([first.signal.aborted, second.signal.aborted], [true, true]);
    await first.end();
    assert.deepEqual(host.elapse(), []);
    second.fail(new Error("interrupted"));
    await assert.rejects(second.over);
    assert.deepEqual(host.exits, []);
    assert.deepEqual(host.elapse(), [200]);
    assert.deepEqual(host.exits, [130]);
    assert.equal(host.listening, 0);
  });

  it("takes a second signal for the same as the first", async () => {
    const operation = begin();
    host.interrupt();
    host.interrupt();
    await operation.end();
    host.elapse();
    assert.deepEqual(host.exits, [130]);
  });

  it("tells an operation that begins after the signal at once", async () => {
    const first = begin();
    host.interrupt();
    const second = begin();
    assert.equal(second.signal.aborted, true);
    await first.end();
    assert.deepEqual(host.elapse(), []);
    await second.end();
    host.elapse();
    assert.deepEqual(host.exits, [130]);
  });

  it("lets an operation answer that begins while the process is about to end", async () => {
    const first = begin();
    host.interrupt();
    await first.end();
    const second = begin();
    assert.equal(second.signal.aborted, true);
    assert.deepEqual(host.elapse(), [200]);
    assert.deepEqual(host.exits, []);
    await second.end();
    assert.deepEqual(host.elapse(), [200]);
    assert.deepEqual(host.exits, [130]);
  });
});
