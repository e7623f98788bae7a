import assert from "node:assert/strict";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { withLock } from "../../scripts/pulumi-cli/lock";
import { deadPid } from "./support/deadPid";
import { temporaryFolder } from "./support/temporaryFolder";

describe("the lock on making a Pulumi CLI", () => {
  const folder = temporaryFolder();
  const lock = () => join(folder(), "cache", "lock");
  const anyOther = () => join(folder(), "lock");

  it("lets the second of two callers wait for the first, and tells it for whom", async () => {
    const events: string[] = [];
    const { promise: secondWaits, resolve: onSecondWaiting } = promiseWithResolver<string>();
    const first = withLock(lock(), async () => {
      events.push("first begins");
      void second();
      events.push(`second waits for ${await secondWaits}`);
      events.push("first ends");
    });
    let ofSecond: Promise<void> | undefined;
    const second = () =>
      (ofSecond = withLock(
        lock(),
        () => {
          events.push("second begins");
          return Promise.resolve();
        },
        {
          pollMs: 1,
          onWait: (holder) => {
            onSecondWaiting(holder);
            return () => events.push("second has waited");
          },
        },
      ));
    await first;
    await ofSecond;
    assert.deepEqual(events, [
      "first begins",
      `second waits for process ${process.pid}`,
      "first ends",
      "second has waited",
      "second begins",
    ]);
  });

  it("lets one caller in at a time when several find the same stale lock", async () => {
    await writeFile(anyOther(), JSON.stringify({ pid: deadPid(), host: hostname(), id: "x" }));
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await readdir(folder());
      inside--;
    };
    const callers = Array.from({ length: 5 }, () => withLock(anyOther(), work, { pollMs: 1 }));
    await Promise.all(callers);
    assert.equal(most, 1);
  });

  it("takes over from a process that has died", async () => {
    await writeFile(anyOther(), JSON.stringify({ pid: deadPid(), host: hostname(), id: "x" }));
    assert.equal(await withLock(anyOther(), () => Promise.resolve("done")), "done");
  });

  it("takes over from a living process id that has not renewed its lock", async () => {
    await writeFile(anyOther(), JSON.stringify({ pid: process.pid, host: hostname(), id: "x" }));
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(anyOther(), longAgo, longAgo);
    assert.equal(await withLock(anyOther(), () => Promise.resolve("done")), "done");
  });

  it("is let go when the work fails", async () => {
    const failing = withLock(anyOther(), () => Promise.reject(new Error("it broke")));
    await assert.rejects(failing, { message: "it broke" });
    assert.deepEqual(await readdir(folder()), []);
  });

  it("leaves a lock alone that another process took in the meantime", async () => {
    await withLock(anyOther(), () => writeFile(anyOther(), "another's"));
    assert.equal(await readFile(anyOther(), "utf8"), "another's");
  });
});

function promiseWithResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
