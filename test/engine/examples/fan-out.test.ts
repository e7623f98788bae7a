import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, startsOf, succeeds } from "../support/acceptance";
import { describeExample } from "../support/example";
import { mostAtOneTime } from "../support/mostAtOneTime";

const count = 40;
const roomFor = 8;

describeExample("fan-out", (example) => {
  before(() => {
    example.emulator.setLimits("janedoe", { maxMemoryMbytes: roomFor * 256 });
  });

  it("runs the task once for each input, also where the account has not room for all at once", async () => {
    await succeeds(example.documented("first"));
    const runs = example.emulator.runs();
    const inputs = runs.map(({ defaultKeyValueStoreId: id }) =>
      JSON.stringify(example.emulator.record(id, "INPUT")),
    );
    assert.equal(runs.length, count);
    assert.equal(new Set(inputs).size, count);
    assert.ok(mostAtOneTime(runs) <= roomFor);
    assert.ok(startsOf(example.emulator).some(({ status }) => status === 402));
  });

  it("finds each installed package in one of the shares", async () => {
    const names = example.emulator
      .runs()
      .flatMap((run) => example.emulator.dataset(run.defaultDatasetId))
      .map(({ name }) => String(name));
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.includes("axios"), names.join(", "));
    assert.equal((await example.project.outputs()).packages, names.length);
  });

  it("runs nothing again in a further deployment", () =>
    expectSettled(example.emulator, example.project));

  it("leaves no run going when it is destroyed", () =>
    expectDestroyed(example.emulator, example.project));
});
