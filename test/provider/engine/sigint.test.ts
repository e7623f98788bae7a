import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { createSigintHandler } from "../../../provider/engine/sigint";
import type { InterruptibleOperation, SigintHandler } from "../../../provider/engine/sigint";

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

describe("the handler of SIGINT", () => {
  let host: FakeProcess;
  let handler: SigintHandler;
  beforeEach(() => {
    host = new FakeProcess();
    handler = createSigintHandler(host, host.after);
  });

  const begin = (): InterruptibleOperation => handler.begin();

  it("listens to the signal only while an operation is under way", () => {
    assert.equal(host.listening, 0);
    const operation = begin();
    assert.equal(host.listening, 1);
    operation.end();
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

  it("listens once for all operations that are under way, until the last has ended", () => {
    const [first, second] = [begin(), begin()];
    assert.equal(host.listening, 1);
    first.end();
    assert.equal(host.listening, 1);
    second.end();
    assert.equal(host.listening, 0);
  });

  it("listens again for an operation that begins later", () => {
    begin().end();
    const operation = begin();
    assert.equal(host.listening, 1);
    operation.end();
    assert.equal(host.listening, 0);
  });

  it("does not end the process when nothing interrupted it", () => {
    const operation = begin();
    operation.end();
    assert.deepEqual(host.elapse(), []);
    assert.deepEqual(host.exits, []);
    assert.equal(operation.signal.aborted, false);
  });

  it("tells every operation, and ends the process once all have answered", () => {
    const [first, second] = [begin(), begin()];
    host.interrupt();
    assert.deepEqual([first.signal.aborted, second.signal.aborted], [true, true]);
    first.end();
    assert.deepEqual(host.elapse(), []);
    second.end();
    assert.deepEqual(host.exits, []);
    assert.deepEqual(host.elapse(), [200]);
    assert.deepEqual(host.exits, [130]);
    assert.equal(host.listening, 0);
  });

  it("takes a second signal for the same as the first", () => {
    const operation = begin();
    host.interrupt();
    host.interrupt();
    operation.end();
    host.elapse();
    assert.deepEqual(host.exits, [130]);
  });

  it("tells an operation that begins after the signal at once", () => {
    const first = begin();
    host.interrupt();
    const second = begin();
    assert.equal(second.signal.aborted, true);
    first.end();
    assert.deepEqual(host.elapse(), []);
    second.end();
    host.elapse();
    assert.deepEqual(host.exits, [130]);
  });

  it("lets an operation answer that begins while the process is about to end", () => {
    const first = begin();
    host.interrupt();
    first.end();
    const second = begin();
    assert.equal(second.signal.aborted, true);
    assert.deepEqual(host.elapse(), [200]);
    assert.deepEqual(host.exits, []);
    second.end();
    assert.deepEqual(host.elapse(), [200]);
    assert.deepEqual(host.exits, [130]);
  });
});
