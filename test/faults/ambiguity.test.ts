import assert from "node:assert/strict";
import { faultAnswers } from "../../emulator";
import {
  closeWorld,
  describeFaults,
  entryOf,
  oneTaskRun,
  openFaultyWorld,
} from "./support/describeFaults";
import { errorsOf, expectSettled, passedOver, succeeds } from "./support/acceptance";
import type { Fault } from "../../emulator";

const lostStarts: readonly Fault[] = [
  { kind: "reset", when: "beforeWork" },
  { kind: "reset", when: "afterWork" },
  { kind: "stall", when: "afterWork" },
  faultAnswers.serverError("none"),
];

/** What keeps the lists from being read after the first look. */
const blindness: readonly [string, Fault][] = [
  ["are reset", { kind: "reset", when: "beforeWork" }],
  ["stall", { kind: "stall", when: "afterWork" }],
  ["are cut", { kind: "cutBody" }],
  ["are not JSON", { kind: "notJson" }],
  ["are answered with 500", faultAnswers.serverError("none")],
  ["are answered with 429", faultAnswers.rateLimited("600")],
  ["are answered with a page of 403", faultAnswers.htmlPage(403, "none")],
  ["are redirected", faultAnswers.redirect("http://127.0.0.1:9/elsewhere")],
];

describeFaults("a lost start, when the lists that could show its run", () => {
  for (const [what, fault] of blindness) {
    it(`${what}, is not repeated: nobody knows then, and the error says how to find out`, async () => {
      for (const lost of lostStarts) {
        const world = await openFaultyWorld();
        const stack = world.stack();
        const { faults } = world.emulator;
        faults.inject({ endpoint: "startRun", fault: lost });
        faults.inject({ endpoint: "listTaskRuns", fault, skip: 1, times: Infinity });
        const began = world.time.emulatorClock.now();
        const errors = await errorsOf(world, stack.up(oneTaskRun));
        const millis = world.time.emulatorClock.now() - began;
        assert.match(errors.join(), /A run of task janedoe~quick may have been started/);
        assert.match(errors.join(), /Could not check whether the run exists: .*"run-key \w{32}"/s);
        assert.ok(millis <= 500_000, `${millis} ms`);
        assert.equal(world.emulator.writes().length, 1, "starts that were sent");

        faults.clear();
        await succeeds(world, stack.up(oneTaskRun));
        await expectSettled(world, stack, oneTaskRun, { runs: 1 + passedOver(world).size });
        await closeWorld(world);
      }
    });

    it(`${what} for a while only, is found`, async () => {
      for (const lost of lostStarts) {
        const world = await openFaultyWorld();
        const stack = world.stack();
        const { faults } = world.emulator;
        faults.inject({ endpoint: "startRun", fault: lost });
        faults.inject({ endpoint: "listTaskRuns", fault, skip: 1, times: 2 });
        await succeeds(world, stack.up(oneTaskRun));
        await expectSettled(world, stack, oneTaskRun, { runs: 1 });
        await closeWorld(world);
      }
    });
  }
});

describeFaults("a lost start of an intent that has had a run before", () => {
  for (const lost of lostStarts) {
    it(`is told from that run: ${JSON.stringify(lost).slice(0, 60)}`, async () => {
      for (const listedMeta of ["full", "origin"] as const) {
        const world = await openFaultyWorld({ settings: { listedMeta } });
        const stack = world.stack();
        await succeeds(world, stack.up(oneTaskRun));
        await succeeds(world, stack.destroy());
        world.emulator.faults.inject({ endpoint: "startRun", fault: lost });
        await succeeds(world, stack.up(oneTaskRun));
        const [, second] = world.emulator.runs();
        assert.equal(entryOf(stack)?.outputs.run.id, second?.id);
        await expectSettled(world, stack, oneTaskRun, { runs: 2 });
        await closeWorld(world);
      }
    });
  }
});
