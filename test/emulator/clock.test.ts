import assert from "node:assert/strict";
import { fakeClock, realClock } from "../../emulator";

describe("the fake clock", () => {
  it("stands still until it is advanced", () => {
    const clock = fakeClock(1000);
    assert.equal(clock.now(), 1000);
    clock.advance(500);
    assert.equal(clock.now(), 1500);
  });

  it("fires timers in the order in which they are due, at their own time", () => {
    const clock = fakeClock(0);
    const fired: [string, number][] = [];
    clock.setTimer(20, () => fired.push(["late", clock.now()]));
    clock.setTimer(10, () => fired.push(["early", clock.now()]));
    clock.setTimer(21, () => fired.push(["not yet", clock.now()]));
    clock.advance(20);
    assert.deepEqual(fired, [
      ["early", 10],
      ["late", 20],
    ]);
    assert.equal(clock.pendingTimers(), 1);
  });

  it("fires a timer that another timer sets, if it is due in the same step", () => {
    const clock = fakeClock(0);
    const fired: number[] = [];
    clock.setTimer(10, () => clock.setTimer(5, () => fired.push(clock.now())));
    clock.advance(15);
    assert.deepEqual(fired, [15]);
  });

  it("does not fire a cancelled timer", () => {
    const clock = fakeClock(0);
    const cancel = clock.setTimer(10, () => assert.fail("fired"));
    cancel();
    clock.advance(10);
  });
});

describe("the real clock", () => {
  it("tells the time", () => {
    assert.ok(Math.abs(realClock.now() - Date.now()) < 1000);
  });

  it("fires a timer of 0 ms soon", async () => {
    await new Promise<void>((resolve) => realClock.setTimer(0, resolve));
  });

  it("does not fire a timer longer than 24.8 days immediately, as Node's own timer would", async () => {
    const cancel = realClock.setTimer(2 ** 31, () => assert.fail("fired"));
    await new Promise<void>((resolve) => realClock.setTimer(5, resolve));
    cancel();
  });

  it("does not fire a cancelled timer", async () => {
    realClock.setTimer(0, () => assert.fail("fired"))();
    await new Promise<void>((resolve) => realClock.setTimer(1, resolve));
  });
});
